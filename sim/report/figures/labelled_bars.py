"""Bars on shelves: each measure's words stand above its bars, with the whole width to themselves.

Beside the bars, words of this length would leave no room for them on a phone.
"""

from __future__ import annotations

from typing import cast

import altair as alt

from sim.report.figures.figure import Row, chart

_BAR = 17
_LINE = 13
_GAP = 14


def shelf(drawn: list[Row], bars: int) -> alt.Y:
    """Return the axis of `measure`; rows bring their heading as a list of `lines`."""
    head = _head(drawn)
    padding = head / (head + _BAR * bars)
    return alt.Y("measure:N", sort=None, axis=None).scale(
        paddingInner=padding, paddingOuter=padding / 2, align=1
    )


def shelf_height(drawn: list[Row], bars: int) -> int:
    """Return how high the shelves are together."""
    return len({row["measure"] for row in drawn}) * (_head(drawn) + _BAR * bars)


def headings(drawn: list[Row]) -> list[alt.Chart]:
    """Return the headings, each directly above its bars however many lines it has.

    Where a row has a `rest`, it stands in plain letters between the heading and the bars.
    """
    first = {row["measure"]: row for row in reversed(drawn)}
    heads = [first[name] for name in dict.fromkeys(row["measure"] for row in drawn)]
    every = alt.Y("measure:N", sort=None, axis=None, bandPosition=0)
    rest = _rest(drawn)
    bold = [
        chart([head for head in heads if _lines(head) == count])
        .mark_text(
            align="left",
            baseline="bottom",
            dy=-3 - _LINE * (count - 1 + rest),
            fontWeight="bold",
        )
        .encode(x=alt.value(0), y=every, text="lines:N")
        for count in sorted({_lines(head) for head in heads})
    ]
    plain = chart(heads).mark_text(align="left", baseline="bottom", dy=-3)
    return [*bold, *([plain.encode(x=alt.value(0), y=every, text="rest:N")] if rest else [])]


def _rest(drawn: list[Row]) -> int:
    """Return how many plain lines there are below each heading: one or none."""
    return int(any("rest" in row for row in drawn))


def _head(drawn: list[Row]) -> int:
    return _GAP + _LINE * (max(_lines(row) for row in drawn) + _rest(drawn))


def _lines(row: Row) -> int:
    return len(cast(list[str], row["lines"]))
