"""Answers the question a scenario asks: with the answer that is there, or by living its worlds."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sim.errors import RequestError, ResultsError, SimulationError
from sim.experiment.blocks import Block, BlockSizer, Failure, OnProgress
from sim.experiment.execution.task import Simulator, simulate_worlds
from sim.experiment.limits import SECONDS_PER_WORLD_MONTH, check_size
from sim.experiment.patched import require_unpatched_engine
from sim.experiment.storage.fingerprint import RunKey, run_key
from sim.experiment.storage.results import (
    Results,
    open_matching_results,
    open_run_results,
    open_sweep_results,
)
from sim.scenario.load import LoadedScenario

if TYPE_CHECKING:
    from sim.experiment.execution.scheduler import ExecutionSummary, ExecutorConfig
    from sim.experiment.storage.block_files import FinishedRun, WorldTables
    from sim.experiment.storage.checkpoint import Checkpoint


@dataclass(frozen=True)
class RunOutcome:
    """The results of a run or sweep.

    Attributes:
        results: the folder.
        reused: whether they were there already.
        note: a line that the user should know of, or nothing.
    """

    results: Results
    reused: bool
    note: str = ""


@dataclass(frozen=True)
class RunOptions:
    """How the answer is wanted; only `force` decides whether worlds are lived anew.

    Attributes:
        workers: processes to live with; None leaves it to the size of the work.
        scheduler: address of a Dask scheduler whose workers live the worlds.
        force: live the worlds even if the answer is there, and put the new one in its place.
        block_size: how many worlds a block has; None leaves it to how long they take.
        on_progress: is told how many worlds have been lived so far.
        command: the command as it was given, for the manifest.
        simulate: lives a block of worlds.
    """

    workers: int | None = None
    scheduler: str | None = None
    force: bool = False
    block_size: int | None = None
    on_progress: OnProgress = lambda _: None
    command: tuple[str, ...] = ()
    simulate: Simulator = simulate_worlds

    @property
    def executor_config(self) -> ExecutorConfig:
        """Who lives the worlds."""
        from sim.experiment.execution.scheduler import ExecutorConfig  # noqa: PLC0415

        return ExecutorConfig(self.workers, self.scheduler, self.block_size, self.simulate)

    def block_sizer(self, months: int) -> BlockSizer:
        """How long a world of so many months takes: as measured, or unknown of another engine."""
        known = SECONDS_PER_WORLD_MONTH * months if self.simulate is simulate_worlds else 0.0
        return BlockSizer(self.block_size, known)


def run_scenario(
    loaded: LoadedScenario,
    out: Path,
    options: RunOptions = RunOptions(),
    *,
    finished_runs: Sequence[WorldTables] = (),
) -> RunOutcome:
    """Answer a scenario's question in a folder below `out`.

    Worlds that stand in a finished run given as `finished_runs` are not lived again.

    Raises:
        RequestError: more is asked than one run may do.
        ResultsError: the folder cannot be written, or holds something else.
        LivingError: no world could be lived.
        WorkerError: the workers are gone; what they had finished is kept.
    """
    check_size(loaded.scenario.worlds, loaded.scenario.months)
    asked = run_key(loaded)

    def make(checkpoint: Checkpoint, folder: Path, exists: bool) -> ExecutionSummary:
        from sim.experiment.execution.scheduler import Job, execute  # noqa: PLC0415  Parquet takes a while
        from sim.experiment.storage.manifest import Execution  # noqa: PLC0415
        from sim.experiment.storage.writer import write_results  # noqa: PLC0415

        begun = Execution(options.command)
        known = max((piece.block.end for piece in finished_runs), default=0)
        lot = Job(asked.point_id, loaded.scenario.model_dump_json, loaded.scenario.worlds, known)
        pace = options.block_sizer(loaded.scenario.months)
        toll = execute([lot], checkpoint, options.executor_config, options.on_progress, pace)
        require_some_simulated(
            toll.failures,
            any_simulated=bool(finished_runs or checkpoint.block_files(asked.point_id)),
        )
        made = replace(begun, failures=toll.failures)
        write_results(
            asked, loaded, folder, checkpoint, made, finished_runs=finished_runs, overwrite=exists
        )
        return toll

    return reuse_or_create(asked, out, options, make)


CreateResults = Callable[["Checkpoint", Path, bool], "ExecutionSummary"]
"""Lives worlds, keeps them and writes the folder; is told whether something stands there."""


def reuse_or_create(
    key: RunKey, out: Path, options: RunOptions, create: CreateResults, *, kind: str = "run"
) -> RunOutcome:
    """Answer a question with what is there, or have the answer made.

    Worlds that were kept when the same question was asked before, and not answered, are not lived
    again.

    Raises:
        RequestError: a function of the engine was replaced in memory.
    """
    from sim.experiment.storage.checkpoint import discard_checkpoint, open_checkpoint  # noqa: PLC0415  Parquet takes a while to load

    require_unpatched_engine()
    folder = out / key.folder_name
    standing = os.path.lexists(folder)
    if standing and not options.force and (found := open_matching_results(folder, key, kind)):
        discard_checkpoint(folder)
        return RunOutcome(found, reused=True)
    with open_checkpoint(folder, key.digest, fresh=options.force) as keep:
        toll = create(keep, folder, standing)
        if not toll.failures:
            keep.discard()
    opened = open_run_results if kind == "run" else open_sweep_results
    return RunOutcome(
        opened(folder, allow_partial=True), reused=False, note=_note_unused_workers(options, toll)
    )


def require_some_simulated(failures: Sequence[Failure], *, any_simulated: bool) -> None:
    """See to it that there is something to write.

    Raises:
        LivingError: no world could be lived; the message says why the first could not.
    """
    if not any_simulated:
        others = len(failures) - 1
        more = f"\n    nor could {others:,} other block{'s' * (others > 1)}" if others else ""
        raise SimulationError(f"{failures[0]}{more}")


def _find_finished_run(loaded: LoadedScenario, out: Path) -> Results | None:
    """Return the finished run of a scenario with the most worlds, whatever their number."""
    stem, found = run_key(loaded).digest_without_worlds, []
    for folder in out.glob(f"{loaded.name}-*"):
        try:
            there = open_run_results(folder)
        except ResultsError:
            continue
        if there.manifest.get("stem") == stem:
            found.append(there)
    return max(found, key=lambda there: int(there.manifest["worlds"]), default=None)


def extend_finished_run(
    loaded: LoadedScenario, more_worlds: int, out: Path
) -> tuple[LoadedScenario, FinishedRun]:
    """Return a scenario with more worlds than its largest finished run has, and that run.

    Raises:
        RequestError: there is none.
    """
    from sim.experiment.storage.block_files import FinishedRun  # noqa: PLC0415  Parquet takes a while to load

    if there := _find_finished_run(loaded, out):
        worlds = int(there.manifest["worlds"])
        scenario = loaded.scenario.model_copy(update={"worlds": worlds + more_worlds})
        return replace(loaded, scenario=scenario), FinishedRun(there.folder, Block(0, worlds))
    raise RequestError(
        f"--more-worlds: {out} holds no finished run of this scenario with these months, this seed "
        "and this engine\n    leave the option out to begin one"
    )


def _note_unused_workers(options: RunOptions, summary: ExecutionSummary) -> str:
    if summary.simulated and summary.workers == 1 and (options.workers or 1) > 1:
        return "So few worlds are lived sooner by one process than others would take to start."
    return ""
