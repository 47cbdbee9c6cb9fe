"""The findings of a stress test, as sentences: the finding first, then its size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sim.analysis.stress.construction import is_left_alone
from sim.analysis.stress.matrix import ANY, SIDES, Cell, StressMatrix
from sim.analysis.stress.names import describe_crisis
from sim.analysis.stress.openings import CrisisKind
from sim.statistics.intervals import Interval

_NEVER = 0.005
"""A share below which something is said to happen hardly ever."""


class Found(NamedTuple):
    """A cell and its share or difference."""

    cell: Cell
    interval: Interval


def summarise_matrix(matrix: StressMatrix) -> list[str]:
    """Return what stands out in one matrix."""
    return [
        *_summarise_spread(matrix),
        *_summarise_helpers(matrix),
        *_summarise_promises(matrix),
        *_summarise_endings(matrix),
        *_summarise_disputes(matrix),
    ]


def excludes_zero(interval: Interval) -> bool:
    """Whether an interval lies on one side of zero."""
    return interval.low > 0 or interval.high < 0


def format_share(interval: Interval) -> str:
    """Return a share with its interval, as per cent."""
    value, low, high = (round(100 * each) for each in interval)
    return f"{value}% ({low} to {high})"


def format_points(interval: Interval) -> str:
    """Return a difference of shares with its interval, in percentage points."""
    value, low, high = (100 * each for each in interval)
    digits = 0 if abs(value) >= 9.5 else 1
    return f"{value:+.{digits}f} pp, {low:.{digits}f} to {high:.{digits}f}"


def _summarise_spread(matrix: StressMatrix) -> Iterator[str]:
    found = _measure(
        matrix, (cell for cell in _crisis_cells(matrix) if cell.outcome == "third_party")
    )
    if not found:
        return
    most, least = found[0], found[-1]
    if most.interval.value <= _NEVER:
        yield "No third party enters the war in any of them."
        return
    sentence = f"A third party enters the war in {_place(matrix, most)}"
    if len(found) > 1:
        sentence += f", most often, and in {_place(matrix, least)}, least often"
    yield f"{sentence}."


def _summarise_helpers(matrix: StressMatrix) -> Iterator[str]:
    for side, receiver in zip(SIDES, ("an attacked state", "an attacker"), strict=True):
        cells = (
            cell
            for cell in _crisis_cells(matrix)
            if (cell.outcome, cell.side, cell.level) == ("aid", side, ANY)
        )
        found = _measure(matrix, cells)
        if found and found[0].interval.value > _NEVER:
            yield (
                f"The likeliest help for {receiver}: {_actor(matrix, found[0])}, in "
                f"{_place(matrix, found[0])}."
            )


def _summarise_promises(matrix: StressMatrix) -> Iterator[str]:
    for outcome, words in (
        ("abandoned", "refused aid that was promised to it"),
        ("entrapped", "entrapped by its promise"),
    ):
        found = _measure(matrix, (c for c in _crisis_cells(matrix) if c.outcome == outcome))
        if found and found[0].interval.value > _NEVER:
            yield (
                f"Most often {words}: {_actor(matrix, found[0])}, in {_place(matrix, found[0])}."
            )
        elif found:
            yield f"Nobody is {words}."


def _summarise_endings(matrix: StressMatrix) -> Iterator[str]:
    cells = (c for c in _crisis_cells(matrix) if (c.outcome, c.level) == ("ending", "at_war"))
    shares = [round(100 * each.interval.value) for each in _measure(matrix, cells)]
    if shares:
        span = (
            f"{min(shares)}%" if min(shares) == max(shares) else f"{min(shares)} to {max(shares)}%"
        )
        yield f"After {matrix.months} months {span} of worlds are still at war."


def _summarise_disputes(matrix: StressMatrix) -> Iterator[str]:
    """Yield how often a dispute that opens short of war becomes one."""
    for opening in matrix.openings:
        if opening.kind is CrisisKind.FORCE:
            share = format_share(matrix.interval(Cell(str(opening), "war")))
            clause = describe_crisis(opening, matrix.scenario)
            yield f"War breaks out in {share} where {clause}."


def _crisis_cells(matrix: StressMatrix) -> Iterator[Cell]:
    """Yield the cells of the attacks outright; if there are none, of all crises that are opened."""
    opened = [opening for opening in matrix.openings if not is_left_alone(opening)]
    outright = [o for o in opened if o.kind in (CrisisKind.WAR, CrisisKind.COUP)]
    names = set(map(str, outright or opened))
    yield from (cell for cell in matrix.cells() if cell.opening in names)


def _measure(matrix: StressMatrix, cells: Iterable[Cell]) -> list[Found]:
    """Return cells with their shares, largest first."""
    found = [Found(cell, matrix.interval(cell)) for cell in cells]
    return sorted(found, key=lambda each: -each.interval.value)


def _place(matrix: StressMatrix, found: Found) -> str:
    """Return a share of worlds and its crisis."""
    return f"{format_share(found.interval)} where {_crisis(matrix, found)}"


def _crisis(matrix: StressMatrix, found: Found) -> str:
    return describe_crisis(matrix.opening(found.cell.opening), matrix.scenario)


def _actor(matrix: StressMatrix, found: Found) -> str:
    return matrix.scenario.actors[found.cell.actor].name
