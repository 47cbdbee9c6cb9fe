"""Bar charts in which the label of each measure stands above its bars, over the full width.

Labels beside the bars would leave no room for the bars on a phone.
"""

from __future__ import annotations

from typing import cast

import altair as alt

from sim.report.figures.figure import FigureRow, make_chart

_BAR_HEIGHT = 20
_LINE_HEIGHT = 17
_GAP = 14


def build_bar_axis(rows: list[FigureRow], bars_per_measure: int) -> alt.Y:
    """Return the axis of `measure`; rows bring their heading as a list of `lines`."""
    head = _compute_heading_height(rows)
    padding = head / (head + _BAR_HEIGHT * bars_per_measure)
    return alt.Y("measure:N", sort=None, axis=None).scale(
        paddingInner=padding, paddingOuter=padding / 2, align=1
    )


def compute_bars_height(rows: list[FigureRow], bars_per_measure: int) -> int:
    """Return the height of the chart."""
    return len({row["measure"] for row in rows}) * (
        _compute_heading_height(rows) + _BAR_HEIGHT * bars_per_measure
    )


def draw_bar_headings(rows: list[FigureRow]) -> list[alt.Chart]:
    """Return the headings, each directly above its bars whatever its number of lines.

    The `rest` of a row, if any, is printed in regular type between the heading and the bars.
    """
    first = {row["measure"]: row for row in reversed(rows)}
    heads = [first[name] for name in dict.fromkeys(row["measure"] for row in rows)]
    axis = alt.Y("measure:N", sort=None, axis=None, bandPosition=0)
    rest = _count_rest_lines(rows)
    bold = [
        make_chart([head for head in heads if _count_lines(head) == count])
        .mark_text(
            align="left",
            baseline="bottom",
            dy=-3 - _LINE_HEIGHT * (count - 1 + rest),
            fontWeight="bold",
        )
        .encode(x=alt.value(0), y=axis, text="lines:N")
        for count in sorted({_count_lines(head) for head in heads})
    ]
    plain = make_chart(heads).mark_text(align="left", baseline="bottom", dy=-3)
    return [*bold, *([plain.encode(x=alt.value(0), y=axis, text="rest:N")] if rest else [])]


def _count_rest_lines(rows: list[FigureRow]) -> int:
    """Return the number of regular lines below each heading: one or none."""
    return int(any("rest" in row for row in rows))


def _compute_heading_height(rows: list[FigureRow]) -> int:
    return _GAP + _LINE_HEIGHT * (max(_count_lines(row) for row in rows) + _count_rest_lines(rows))


def _count_lines(row: FigureRow) -> int:
    return len(cast(list[str], row["lines"]))
