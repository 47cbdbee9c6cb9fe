"""The layers of a fan chart: bands, histories behind them, and the labels beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import altair as alt
import numpy as np
from numpy.typing import NDArray

from sim.report.figures.figure import FigureRow, make_chart, read_number
from sim.report.figures.months.dates import build_month_axis
from sim.report.figures.theme import DARK_BLUE, GREY, MIDDLE_BLUE, PALE_BLUE
from sim.report.run_view import Run

HEIGHT = 230
"""Height of a chart over months in pixels."""
Shape = Literal["step-after", "linear"]
_LABEL_PIXELS = 17
"""Distance between two labels, one below the other."""


def build_base(rows: list[FigureRow], run: Run) -> alt.Chart:
    """Return a chart of these rows over the months of a run, from its first day."""
    month = alt.X("month:Q", axis=build_month_axis(run)).scale(domain=[0, run.months], nice=False)
    return make_chart(rows).encode(x=month)


def build_value_scale(column: str, domain: tuple[float, float], *, whole: bool = False) -> alt.Y:
    """Return the axis of values between two ends; `whole` numbers have ticks at whole ones."""
    axis = alt.Axis(title=None, tickCount=5, tickMinStep=1) if whole else None
    return alt.Y(f"{column}:Q", axis=axis or alt.Axis(title=None, tickCount=5)).scale(
        domain=list(domain), nice=False
    )


def draw_band(base: alt.Chart, ends: tuple[str, str], scale: alt.Y, shape: Shape) -> alt.Chart:
    """Return a band between two columns: pale for nine in ten worlds, darker for half of them."""
    colour = PALE_BLUE if ends[0] == "p05" else MIDDLE_BLUE
    return base.mark_area(color=colour, interpolate=shape).encode(y=scale, y2=f"{ends[1]}:Q")


def draw_line(base: alt.Chart, scale: alt.Y, shape: Shape) -> alt.Chart:
    """Return the line that a chart is about."""
    return base.mark_line(color=DARK_BLUE, interpolate=shape, strokeWidth=2.5).encode(y=scale)


def draw_histories(
    values: NDArray[np.float64], run: Run, domain: tuple[float, float], shape: Shape
) -> alt.Chart:
    """Return some worlds of (world, month), each as a thin line, as far as they fit."""
    names = [f"w{world}" for world in range(len(values))]
    rows: list[FigureRow] = [
        {"month": month}
        | {
            name: float(value)
            for name, value in zip(names, column, strict=True)
            if domain[0] <= value <= domain[1]
        }
        for month, column in enumerate(values.T, start=1)
    ]
    line = (
        build_base(rows, run)
        .transform_fold([*names], as_=["world", "value"])
        .mark_line(color=GREY, strokeWidth=0.6, opacity=0.45, interpolate=shape)
    )
    return line.encode(y=build_value_scale("value", domain), detail="world:N")


def draw_labels(
    labels: Mapping[str, float], month: int, run: Run, domain: tuple[float, float]
) -> alt.Chart:
    """Return names beside the ends of lines, moved apart where they would overlap."""
    least = _LABEL_PIXELS * (domain[1] - domain[0]) / HEIGHT
    heights = spread_apart(list(labels.values()), least, domain)
    rows: list[FigureRow] = [
        {"month": month, "value": height, "name": name}
        for name, height in zip(labels, heights, strict=True)
    ]
    text = build_base(rows, run).mark_text(align="left", dx=6)
    return text.encode(y=build_value_scale("value", domain), text="name:N")


def spread_apart(
    heights: Sequence[float], least: float, domain: tuple[float, float]
) -> list[float]:
    """Return heights in the same order, at least so far apart, within the domain if they fit."""
    order = np.argsort(heights, kind="stable")
    placed = np.asarray(heights, dtype=np.float64)[order]
    for place in range(1, len(placed)):
        placed[place] = max(placed[place], placed[place - 1] + least)
    for place in range(len(placed) - 1, -1, -1):
        above = placed[place + 1] - least if place + 1 < len(placed) else domain[1]
        placed[place] = min(placed[place], above)
    spread = np.empty_like(placed)
    spread[order] = placed
    return [float(height) for height in spread]


def find_domain(
    rows: Sequence[FigureRow], columns: Sequence[str], *, with_zero: bool = False
) -> tuple[float, float]:
    """Return the lowest and the highest number of some columns, with a little room above."""
    numbers = [read_number(row, column) for row in rows for column in columns]
    low, high = min(numbers), max(numbers)
    low, high = (min(low, 0.0), max(high, 0.0)) if with_zero else (low, high)
    room = 0.04 * (high - low) or 1.0
    return low - (room if low < 0 or not with_zero else 0), high + room
