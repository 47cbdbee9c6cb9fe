"""The tornado: which assumptions move a measure most, each taken to its ends alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import altair as alt

from sim.report.figure import Figure, Row, chart, sized
from sim.report.given import given_table
from sim.report.run import Run
from sim.report.shelves import headings, shelf, shelf_height
from sim.report.theme import BLUE, ORANGE, WIDTH, Spec, lines
from sim.report.wish import ANY, Wish

USUAL = "sensitivity.csv"
TEXTS = ("measure", "key", "meaning", "unit")
NUMBERS = ("low", "high", "at_low", "at_high", "base", "worlds", "seed")
MOST = 12
"""Assumptions in the picture; the table has all."""
_NOTE = (
    "Each assumption alone at the low and at the high end of its range, all else as in the base "
    "({base:.3g}). {worlds} worlds each, seed {seed}."
)


def tornado(runs: Sequence[Run], wish: Wish = ANY) -> Iterator[Figure]:
    """Yield a tornado for each measure of the table of sensitivities.

    Raises:
        RequestError: there is no such table, or it is not as it should be.
    """
    found, _ = given_table(runs[0], wish.sensitivity, USUAL, texts=TEXTS, numbers=NUMBERS)
    for measure in dict.fromkeys(str(row["measure"]) for row in found):
        rows = sorted((row for row in found if row["measure"] == measure), key=_reach, reverse=True)
        yield _figure(runs[0], measure, rows)


def _reach(row: Row) -> float:
    return abs(_at(row, "at_high") - _at(row, "at_low"))


def _at(row: Row, name: str) -> float:
    return float(str(row[name]))


def _figure(run: Run, measure: str, rows: list[Row]) -> Figure:
    told = run.reading.measures.get(measure)
    label = told.label if told else measure
    first = rows[0]
    counts = sorted({_at(row, "worlds") for row in rows})
    worlds = " to ".join(f"{count:,.0f}" for count in dict.fromkeys((counts[0], counts[-1])))
    return Figure(
        name=f"tornado-{measure}",
        title=f"What moves it most: {label}",
        says=(
            f"Of {len(rows)} assumptions {first['meaning'] or first['key']} moves it most: "
            f"{_at(first, 'at_low'):.3g} at the low end of its range, "
            f"{_at(first, 'at_high'):.3g} at the high end, {_at(first, 'base'):.3g} in the base."
        ),
        note=_NOTE.format(base=_at(first, "base"), worlds=worlds, seed=f"{_at(first, 'seed'):.0f}"),
        chart=_chart(rows[:MOST]),
        table=rows,
    )


def _bars(row: Row) -> Iterator[Row]:
    head = str(row["meaning"] or row["key"])
    for end in ("low", "high"):
        yield {
            "measure": row["key"],
            "lines": lines(head, 58),
            "end": f"{end} end of its range",
            "from": _at(row, "base"),
            "to": _at(row, f"at_{end}"),
            "assumed": f"{_at(row, end):g} {row['unit']}",
        }


def _chart(rows: list[Row]) -> Spec:
    drawn = [bar for row in rows for bar in _bars(row)]
    ends = ["low end of its range", "high end of its range"]
    colour = alt.Color("end:N", sort=None, legend=alt.Legend(symbolType="square")).scale(
        domain=ends, range=[ORANGE, BLUE]
    )
    base = chart(drawn).encode(y=shelf(drawn, 2), yOffset=alt.YOffset("end:N", sort=ends))
    value = alt.X("from:Q", axis=alt.Axis(title="value of the measure")).scale(zero=False)
    tips = [alt.Tooltip(f"{name}:N") for name in ("end", "assumed")] + [alt.Tooltip("to:Q")]
    return sized(
        [
            base.mark_bar(opacity=0.85).encode(x=value, x2="to:Q", color=colour, tooltip=tips),
            chart(drawn[:1]).mark_rule(strokeDash=[4, 3]).encode(x=value),
            *headings(drawn),
        ],
        shelf_height(drawn, 2),
        WIDTH,
    )
