"""Simulates the stress matrices of some scenarios, on all processors where that saves time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, fields

import numpy as np

from sim.analysis.stress.crisis_worlds import CrisisWorlds, simulate_crises
from sim.analysis.stress.matrix import StressMatrix
from sim.analysis.stress.openings import CrisisOpening, require_openings
from sim.errors import RequestError, SimulationError
from sim.experiment.blocks import DEFAULT_BLOCK_SIZE, Block, BlockSizer, Failure, OnProgress
from sim.experiment.execution.scheduler import ExecutorConfig, Workload, execute, sort_by_world
from sim.experiment.execution.task import Task
from sim.experiment.limits import SECONDS_PER_WORLD_MONTH, check_size
from sim.scenario.checks.past import refuse_past
from sim.scenario.schema.scenario import Scenario

DEFAULT_WORLDS = 500
"""Worlds of each opening: the interval of a share is at most nine percentage points wide."""
DEFAULT_MONTHS = 12
"""Months that a crisis is followed."""
_CRISIS_COST = 1.8
"""How many times as long a month takes as in an ordinary run: every world has a crisis to decide
on. Worker processes are started at once where they save time."""


@dataclass(frozen=True)
class _Piece:
    """Some openings in some worlds of one scenario, simulated in one block; can be pickled."""

    scenario: int
    openings: tuple[CrisisOpening, ...]
    first: int
    count: int
    months: int

    @property
    def size(self) -> int:
        """The number of worlds in the block."""
        return self.count * len(self.openings)

    def __call__(self, scenario: Scenario, _: int, __: int) -> list[CrisisWorlds]:
        """Return what came of each opening."""
        return simulate_crises(scenario, self.openings, self.first, self.count, self.months)


def simulate_stress(
    scenario: Scenario,
    openings: Sequence[CrisisOpening],
    worlds: int = DEFAULT_WORLDS,
    *,
    months: int = DEFAULT_MONTHS,
    workers: int | None = None,
    on_progress: OnProgress = lambda _: None,
) -> StressMatrix:
    """Open every crisis in month 1 of worlds 0 to `worlds` - 1, and return what came of it.

    Args:
        scenario: the scenario.
        openings: the openings, from `list_openings` or `parse_opening`.
        worlds: worlds of each opening; those of one number have the same random draws.
        months: months simulated.
        workers: number of processes; None uses as many as there are processors where that saves
            time. Results do not depend on it.
        on_progress: called with the number of worlds simulated so far.

    Raises:
        RequestError: the scenario does not allow an opening or has a past, or there are too many
            worlds.
        SimulationError: some worlds could not be simulated.
        WorkerError: a worker process was lost.
    """
    return simulate_matrices(
        [scenario], openings, worlds, months=months, workers=workers, on_progress=on_progress
    )[0]


def simulate_matrices(
    scenarios: Sequence[Scenario],
    openings: Sequence[CrisisOpening],
    worlds: int = DEFAULT_WORLDS,
    *,
    months: int = DEFAULT_MONTHS,
    workers: int | None = None,
    on_progress: OnProgress = lambda _: None,
) -> list[StressMatrix]:
    """Return the stress matrix of each scenario; arguments and errors as in `simulate_stress`."""
    unique = tuple(dict.fromkeys(openings))
    if not unique:
        raise RequestError("there is no crisis to open: the scenarios share no rivalry")
    if worlds < 1 or months < 1:
        raise RequestError(f"{worlds} worlds, {months} months: at least one of each is needed")
    for scenario in scenarios:
        refuse_past(scenario, "a stress test")
        require_openings(unique, scenario)
    check_size(len(scenarios) * len(unique) * worlds, months)
    pieces = [
        piece
        for index in range(len(scenarios))
        for piece in _cut_pieces(index, unique, worlds, months)
    ]
    chunks: dict[tuple[int, CrisisOpening], list[CrisisWorlds]] = {}
    results = _simulate_pieces(scenarios, pieces, workers, on_progress)
    for piece, outcomes in zip(pieces, results, strict=True):
        for opening, outcome in zip(piece.openings, outcomes, strict=True):
            chunks.setdefault((piece.scenario, opening), []).append(outcome)
    return [
        StressMatrix(
            scenario,
            unique,
            worlds,
            months,
            tuple(_join(chunks[index, opening]) for opening in unique),
        )
        for index, scenario in enumerate(scenarios)
    ]


def _cut_pieces(
    scenario: int, openings: tuple[CrisisOpening, ...], worlds: int, months: int
) -> Iterator[_Piece]:
    """Yield blocks of about the usual size, each of some openings in the same worlds."""
    group_size = max(1, DEFAULT_BLOCK_SIZE // worlds)
    groups = np.array_split(np.arange(len(openings)), -(-len(openings) // group_size))
    for first in range(0, worlds, DEFAULT_BLOCK_SIZE):
        count = min(DEFAULT_BLOCK_SIZE, worlds - first)
        for group in groups:
            chosen = tuple(openings[index] for index in group)
            yield _Piece(scenario, chosen, first, count, months)


def _simulate_pieces(
    scenarios: Sequence[Scenario],
    pieces: list[_Piece],
    workers: int | None,
    on_progress: OnProgress,
) -> Iterator[list[CrisisWorlds]]:
    """Yield the results of the pieces in their order."""
    texts = [scenario.model_dump_json() for scenario in scenarios]
    ends = np.cumsum([piece.size for piece in pieces]).tolist()
    tasks = [
        Task("", texts[piece.scenario], Block(end - piece.size, piece.size), piece)
        for piece, end in zip(pieces, ends, strict=True)
    ]
    seconds = _CRISIS_COST * SECONDS_PER_WORLD_MONTH * pieces[0].months
    sizer = BlockSizer(pieces[0].size, seconds)
    workload = Workload(ends[-1], iter(tasks), sizer)
    with closing(execute(workload, ExecutorConfig(workers))) as outcomes:
        for outcome in sort_by_world(outcomes):
            if isinstance(outcome.result, Failure):
                raise SimulationError(str(outcome.result))
            on_progress(outcome.task.block.end)
            yield outcome.result.output


def _join(chunks: list[CrisisWorlds]) -> CrisisWorlds:
    """Return the worlds of all chunks as one."""
    if len(chunks) == 1:
        return chunks[0]
    names = [field.name for field in fields(CrisisWorlds)]
    return CrisisWorlds(
        **{
            name: np.concatenate([getattr(chunk, name) for chunk in chunks], axis=-1)
            for name in names
        }
    )
