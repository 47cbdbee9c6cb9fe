"""The tornado: which assumptions move a measure most, from the table of `sim sensitivity`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import altair as alt

from sim.errors import RequestError
from sim.report.figures.figure import Figure, Row, chart, sized
from sim.report.figures.input_tables import given_table
from sim.report.figures.labelled_bars import headings, shelf, shelf_height
from sim.report.figures.options import ANY, Wish
from sim.report.figures.theme import BLACK, MIDDLE, WIDTH, Spec, lines
from sim.report.run_view import Run
from sim.report.words import amount

USUAL = "sensitivity.csv"
TEXTS = ("measure", "key", "meaning", "unit", "method")
NUMBERS = ("low", "high", "points", "worlds")
MOST = 12
"""Assumptions in the picture; the table has all."""


class Way(NamedTuple):
    """One method: the columns that tell how far a number moves a measure, and what they mean."""

    bar: str
    mark: str
    axis: str
    note: str


WAYS = {
    "sobol": Way(
        "total",
        "first_order",
        "share of the spread",
        "Bars: share of the spread over points that would be gone if the number were known, with "
        "95 % intervals. Diamonds: share that it explains by itself.",
    ),
    "morris": Way(
        "mu_star",
        "mu",
        "change of the measure",
        "Bars: how far the measure moves when the number is moved over its range, mean size, with "
        "95 % intervals. Diamonds: the same with its sign.",
    ),
}


def tornado(runs: Sequence[Run], wish: Wish = ANY) -> Iterator[Figure]:
    """Yield a tornado for each measure of the table of sensitivities.

    Raises:
        RequestError: there is no such table, or it is not as it should be.
    """
    asked, run = wish.sensitivity, runs[0]
    found, file = given_table(run, asked, USUAL, texts=TEXTS, numbers=NUMBERS)
    way = _way({str(row["method"]) for row in found}, file)
    columns = (*NUMBERS, way.bar, f"{way.bar}_low", f"{way.bar}_high", way.mark)
    found, _ = given_table(run, asked, USUAL, texts=TEXTS, numbers=columns, maybe=("seed",))
    for measure in dict.fromkeys(str(row["measure"]) for row in found):
        yield _figure(run, [row for row in found if row["measure"] == measure], way)


def _way(methods: set[str], file: Path) -> Way:
    if len(methods) == 1 and (way := WAYS.get(next(iter(methods)))):
        return way
    told = f"{file}: method is one of {', '.join(WAYS)}, the same in every row"
    raise RequestError(f"{told} (given: {', '.join(sorted(methods))})")


def _figure(run: Run, found: list[Row], way: Way) -> Figure:
    rows = sorted(found, key=lambda row: _number(row, way.bar), reverse=True)
    first = rows[0]
    measure = str(first["measure"])
    told = run.reading.measures.get(measure)
    points, worlds = (f"{_number(first, name):,.0f}" for name in ("points", "worlds"))
    return Figure(
        name=f"tornado-{measure}",
        title=f"What moves it most: {told.label if told else measure}",
        says=(
            f"Of {len(rows)} assumptions this one moves it most: \u201c{_called(first)}\u201d, "
            f"{amount(_number(first, way.bar))} ({amount(_number(first, f'{way.bar}_low'))} to "
            f"{amount(_number(first, f'{way.bar}_high'))}), {way.axis}."
        ),
        note=f"{way.note} {points} points of {worlds} worlds each, {_seed(first)}.",
        chart=_chart(rows[:MOST], way),
        table=rows,
    )


def _number(row: Row, name: str) -> float:
    return float(str(row[name]))


def _called(row: Row) -> str:
    """Return what an assumption says, without the stop at its end, or its key."""
    return str(row["meaning"] or row["key"]).removesuffix(".")


def _seed(row: Row) -> str:
    return f"seed {row['seed']}" if row["seed"] else "whose seed the table does not tell"


def _drawn(row: Row, way: Way) -> Row:
    return {
        "measure": row["key"],
        "lines": lines(_called(row), 58),
        "moves": row[way.bar],
        "low": row[f"{way.bar}_low"],
        "high": row[f"{way.bar}_high"],
        "mark": row[way.mark],
        "range": f"{_number(row, 'low'):g} to {_number(row, 'high'):g} {row['unit']}",
    }


def _chart(rows: list[Row], way: Way) -> Spec:
    drawn = [_drawn(row, way) for row in rows]
    base = chart(drawn).encode(y=shelf(drawn, 1))
    moves = alt.X("moves:Q", axis=alt.Axis(title=way.axis, tickCount=5))
    tips = [alt.Tooltip(f"{name}:N") for name in ("measure", "range")]
    tips += [alt.Tooltip(f"{name}:Q", format=".3~g") for name in ("moves", "low", "high", "mark")]
    return sized(
        [
            base.mark_bar(color=MIDDLE).encode(x=moves, tooltip=tips),
            base.mark_rule(strokeWidth=1.5).encode(x="low:Q", x2="high:Q"),
            base.mark_point(shape="diamond", filled=True, color=BLACK, size=70).encode(x="mark:Q"),
            *headings(drawn),
        ],
        shelf_height(drawn, 1),
        WIDTH,
    )
