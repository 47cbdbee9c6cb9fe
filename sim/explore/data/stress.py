"""Who comes to whom: the stress matrices of the sides, as counts of worlds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.analysis.stress.construction import find_rule
from sim.analysis.stress.crisis_worlds import CrisisWorlds
from sim.analysis.stress.matrix import (
    ANY,
    ENDINGS,
    LEVELS,
    SIDES,
    Cell,
    StressMatrix,
    compare_stress,
)
from sim.analysis.stress.names import describe_crisis
from sim.analysis.stress.openings import CrisisOpening
from sim.analysis.stress.request import choose_openings
from sim.analysis.stress.simulate import DEFAULT_MONTHS, simulate_matrices
from sim.explore.progress import TrackWorlds, track_nothing
from sim.explore.sides import Pair, Sides
from sim.scenario.schema.scenario import Scenario

DEFAULT_WORLDS = 250
"""Worlds of each crisis: the interval of a share is at most thirteen percentage points wide."""
_ACTOR_OUTCOMES = ("aid_due", "aid_refused", "abandoned", "entrapped")
_CRISIS_OUTCOMES = ("third_party", "alone", "elsewhere", "war")
_COMPARED = (ANY, "war")
"""The levels of aid whose pairs are counted."""


def describe_stress(
    sides: Sides,
    worlds: int = DEFAULT_WORLDS,
    workers: int | None = None,
    track: TrackWorlds = track_nothing,
) -> dict[str, Any] | None:
    """Return who comes to whom in the crises that all sides allow; None where there is none.

    Crises open on the first day, so that a side whose worlds share a past has none.

    Args:
        sides: the runs.
        worlds: worlds of each crisis.
        workers: number of processes.
        track: reports progress.

    Raises:
        SimulationError: some worlds could not be simulated.
        WorkerError: a worker process was lost.
    """
    openings = choose_openings(sides.scenarios)
    if not openings or not worlds or any(scenario.past for scenario in sides.scenarios):
        return None
    total = worlds * len(openings) * len(sides.scenarios)
    with track(total, "Opening crises") as on_progress:
        matrices = simulate_matrices(
            sides.scenarios, openings, worlds, workers=workers, on_progress=on_progress
        )
    return {
        "worlds": worlds,
        "months": DEFAULT_MONTHS,
        "actors": [{"code": c, "name": a.name} for c, a in sides.first.actors.items()],
        "levels": list(LEVELS),
        "crisis_sides": list(SIDES),
        "endings": list(ENDINGS),
        "openings": [_describe_opening(opening, sides.first) for opening in openings],
        "sides": [_count_matrix(matrix) for matrix in matrices],
        "pairs": [_compare(matrices, pair) for pair in sides.pairs],
    }


def _describe_opening(opening: CrisisOpening, scenario: Scenario) -> dict[str, Any]:
    return {
        "name": str(opening),
        "rivalry": opening.rivalry,
        "kind": opening.kind.value,
        "attacker": opening.attacker,
        "attacked": opening.attacked,
        "label": describe_crisis(opening, scenario),
    }


def _count_matrix(matrix: StressMatrix) -> dict[str, Any]:
    """Return the worlds of each cell of a matrix, in lists by opening."""
    return {
        "aid": [_count_aid(outcome) for outcome in matrix.outcomes],
        **{
            name: [getattr(outcome, name).sum(axis=1).tolist() for outcome in matrix.outcomes]
            for name in _ACTOR_OUTCOMES
        },
        **{
            name: [_count(matrix, Cell(str(opening), name)) for opening in matrix.openings]
            for name in _CRISIS_OUTCOMES
        },
        "ending": [
            [_count(matrix, Cell(str(opening), "ending", level=name)) for name in ENDINGS]
            for opening in matrix.openings
        ],
    }


def _count_aid(outcome: CrisisWorlds) -> list[Any]:
    """Return the worlds in which each actor comes with each level, (side, actor, level)."""
    counts: NDArray[np.int64] = np.stack(
        [(outcome.level == level).sum(axis=2) for level in range(len(LEVELS))], axis=2
    )
    listed: list[Any] = counts.tolist()
    return listed


def _count(matrix: StressMatrix, cell: Cell) -> int:
    return int(np.count_nonzero(matrix.values(cell)))


def _compare(matrices: Sequence[StressMatrix], pair: Pair) -> dict[str, Any]:
    """Return in how many pairs aid comes with one side only, and where that is so by construction.

    `aid` has, by opening, crisis side and actor, four counts: any aid only with and only without,
    open war only with and only without.
    """
    comparison = compare_stress(matrices[pair.with_], matrices[pair.without])
    with_, without = comparison.with_, comparison.without
    return {
        "aid": [
            [
                [
                    [
                        count
                        for level in _COMPARED
                        for count in _count_discordant(
                            with_, without, Cell(str(opening), "aid", actor, side, level)
                        )
                    ]
                    for actor in with_.actors
                ]
                for side in SIDES
            ]
            for opening in with_.openings
        ],
        "rules": [
            find_rule(comparison, Cell(str(opening), "aid", with_.actors[0], SIDES[0], ANY))
            for opening in with_.openings
        ],
    }


def _count_discordant(with_: StressMatrix, without: StressMatrix, cell: Cell) -> tuple[int, int]:
    """Return the pairs in which only the first world has it, and only the second."""
    first, second = with_.values(cell), without.values(cell)
    return int((first & ~second).sum()), int((~first & second).sum())
