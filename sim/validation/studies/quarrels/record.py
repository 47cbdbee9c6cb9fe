"""The record of militarised disputes between each two actors, in two periods."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sim.errors import Problem, ScenarioError
from sim.scenario.files.messages import find_nearest_name
from sim.statistics.arrays import FloatArray
from sim.validation.csv_tables import TableLine, read_table_lines

ActorPair = tuple[str, str]
Period = tuple[int, int]

RUNGS = ("threat", "display", "force")
"""The highest hostility of the side that began, lowest first; war counts as force."""
_FILE = Path("record") / "disputes.csv"
_COUNTS = (
    "began", "by_threat", "by_display", "by_force", "reciprocated", "fatal", "war", "per_year",
)  # fmt: skip
_COLUMNS = ("lo", "hi", "who", "towards", *_COUNTS)


@dataclass(frozen=True)
class DisputeRecord:
    """Disputes of all pairs with at least one, in an earlier and a later period.

    Attributes:
        pairs: codes of the two actors, in alphabetical order.
        periods: first and last year of each period.
        years: years in which both actors existed, (pair, period). An actor that no line of a
            period names did not exist in it.
        begun: disputes begun by each side, (pair, period, side).
        reciprocated: disputes met with a military reply, (pair, period).
        highest: disputes by the highest hostility of the side that began, (pair, period, rung);
            those in which it took no military step are left out.
    """

    pairs: tuple[ActorPair, ...]
    periods: tuple[Period, Period]
    years: FloatArray
    begun: FloatArray
    reciprocated: FloatArray
    highest: FloatArray

    def find_pair(self, pair: Collection[str]) -> int:
        """Return the row of a pair, in whichever order it is named.

        Raises:
            KeyError: the record has no dispute of the pair.
        """
        code = tuple(sorted(pair))
        if code not in self.pairs:
            raise KeyError(f"the record has no dispute of {' and '.join(code)}")
        return self.pairs.index((code[0], code[1]))


def read_disputes(scenarios: Path, actors: Collection[str]) -> DisputeRecord:
    """Return the record shipped with the scenarios.

    Args:
        scenarios: the folder of scenarios.
        actors: codes of the actors known.

    Raises:
        ScenarioError: the table is missing or invalid, names an unknown actor, or has shares that
            exceed their whole.
    """
    file = scenarios / _FILE
    lines = read_table_lines(file, _COLUMNS)
    for line in lines:
        _check_line(line, actors)
    periods = sorted({_period(line) for line in lines})
    if len(periods) != 2:
        what = f"covers {len(periods)} periods"
        raise ScenarioError([Problem(file, None, "lo", what, "two: an earlier and a later one")])
    return _tabulate(lines, (periods[0], periods[1]))


def _check_line(line: TableLine, actors: Collection[str]) -> None:
    for column in ("who", "towards"):
        name = line.cells[column]
        if name not in actors:
            nearest = find_nearest_name(name, actors)
            raise line.error_in(
                column, f"{name!r} is not a known actor", ", ".join(actors), nearest
            )
    if line.cells["who"] == line.cells["towards"]:
        raise line.error_in("towards", "names the actor that began")
    begun = _count(line, "began")
    if sum(_count(line, f"by_{rung}") for rung in RUNGS) > begun:
        columns = ", ".join(f"by_{rung}" for rung in RUNGS)
        raise line.error_in("began", f"is less than {columns} together")
    if _count(line, "reciprocated") > begun:
        raise line.error_in("reciprocated", "exceeds the disputes begun", f"{begun:g} or less")


def _count(line: TableLine, column: str) -> float:
    number = line.number_in(column)
    if number is None or number < 0 or number != int(number):
        raise line.error_in(column, f"{line.cells[column]!r} is not a count", "a whole number")
    return number


def _period(line: TableLine) -> Period:
    return int(_count(line, "lo")), int(_count(line, "hi"))


def _tabulate(lines: Iterable[TableLine], periods: tuple[Period, Period]) -> DisputeRecord:
    rows = {(_period(line), line.cells["who"], line.cells["towards"]): line for line in lines}
    pairs = sorted({tuple(sorted((who, towards))) for _, who, towards in rows})
    present = {(period, actor) for period, *both in rows for actor in both}
    shape = (len(pairs), len(periods))
    years, reciprocated = np.zeros(shape), np.zeros(shape)
    begun, highest = np.zeros((*shape, 2)), np.zeros((*shape, len(RUNGS)))
    for row, pair in enumerate(pairs):
        for column, period in enumerate(periods):
            existed = all((period, actor) in present for actor in pair)
            years[row, column] = existed * (period[1] - period[0] + 1)
            for side in (0, 1):
                line = rows.get((period, pair[side], pair[1 - side]))
                if line is None:
                    continue
                begun[row, column, side] = _count(line, "began")
                reciprocated[row, column] += _count(line, "reciprocated")
                highest[row, column] += [_count(line, f"by_{rung}") for rung in RUNGS]
    named = tuple((pair[0], pair[1]) for pair in pairs)
    return DisputeRecord(named, periods, years, begun, reciprocated, highest)
