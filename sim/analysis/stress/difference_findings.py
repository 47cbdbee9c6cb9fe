"""The findings of a comparison of stress tests: what differs most, and what does not."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from sim.analysis.stress.construction import find_rule, is_left_alone
from sim.analysis.stress.findings import Found, excludes_zero, format_points
from sim.analysis.stress.matrix import ANY, Cell, StressComparison
from sim.analysis.stress.names import describe_crisis


def summarise_comparison(comparison: StressComparison) -> list[str]:
    """Return what differs between two matrices, largest first, and what does not."""
    moved = list_moved(comparison)
    sentences = [_count_moved_crises(comparison, moved)]
    for outcome, words in _DIFFERENCES.items():
        found = [each for each in moved if words.selects(each.cell)]
        sentences.append(_describe_largest(comparison, found, outcome))
    return sentences


def list_moved(comparison: StressComparison) -> list[Found]:
    """Return the cells that differ, with an interval without zero, other than by construction."""
    found = (Found(cell, comparison.difference(cell)) for cell in comparison.cells())
    return [
        each
        for each in found
        if excludes_zero(each.interval) and not find_rule(comparison, each.cell)
    ]


class _Difference(NamedTuple):
    """One line of the findings of a comparison: which cells it is about, and its words."""

    selects: Callable[[Cell], bool]
    found: str
    nothing: str


_HELP = {ANY: "aid of any level", "war": "open war"}
"""The help that the findings name, by its level."""


def _selects_help(side: str) -> Callable[[Cell], bool]:
    return lambda cell: (cell.outcome, cell.side) == ("aid", side) and cell.level in _HELP


_DIFFERENCES = {
    "attacked": _Difference(
        _selects_help("attacked"),
        "Help for the attacked changes in {count}, most {help} by {actor} where {crisis}",
        "Help for attacked states does not change.",
    ),
    "attacker": _Difference(
        _selects_help("attacker"),
        "Help for the attacker changes in {count}, most {help} by {actor} where {crisis}",
        "Help for attackers does not change.",
    ),
    "spread": _Difference(
        lambda cell: cell.outcome == "third_party",
        "Third-party intervention changes in {count}, most where {crisis}",
        "Third-party intervention does not change.",
    ),
    "ending": _Difference(
        lambda cell: (cell.outcome, cell.level) == ("ending", "at_war"),
        "The share still at war changes in {count}, most where {crisis}",
        "The share still at war does not change.",
    ),
}


def _count_moved_crises(comparison: StressComparison, moved: list[Found]) -> str:
    titles = [matrix.scenario.title for matrix in (comparison.with_, comparison.without)]
    crises = [o for o in comparison.with_.openings if not is_left_alone(o)]
    changed = {each.cell.opening for each in moved if each.cell.outcome == "aid"}
    count = f"{len(changed)} of {len(crises)} crises"
    return f"{titles[0]} against {titles[1]}: help differs in {count}."


def _describe_largest(comparison: StressComparison, found: list[Found], outcome: str) -> str:
    """Return the largest difference of an outcome, or that there is none."""
    words = _DIFFERENCES[outcome]
    if not found:
        return words.nothing
    largest = max(found, key=lambda each: abs(each.interval.value))
    matrix = comparison.with_
    crises = len({each.cell.opening for each in found})
    with_, without = (
        round(100 * side.interval(largest.cell).value) for side in (matrix, comparison.without)
    )
    sentence = words.found.format(
        count=f"{crises} {'crisis' if crises == 1 else 'crises'}",
        help=_HELP.get(largest.cell.level, ""),
        actor=_name_actor(comparison, largest.cell),
        crisis=describe_crisis(matrix.opening(largest.cell.opening), matrix.scenario),
    )
    return f"{sentence}: {with_}% instead of {without}% ({format_points(largest.interval)})."


def _name_actor(comparison: StressComparison, cell: Cell) -> str:
    return comparison.with_.scenario.actors[cell.actor].name if cell.actor else ""
