"""Colours and styles: safe for the colour-blind, readable in grey, the same in every figure.

The colours are those of Okabe and Ito (2008). Wherever colour distinguishes things, a dash, a
shape, a position or a word does so as well.
"""

from __future__ import annotations

from textwrap import wrap
from typing import Any

BLACK = "#000000"
GREY = "#595959"
ORANGE = "#E69F00"
SKY = "#56B4E9"
GREEN = "#009E73"
_YELLOW = "#F0E442"
BLUE = "#0072B2"
VERMILLION = "#D55E00"
PURPLE = "#CC79A7"

DARK_BLUE = "#00406B"
"""A deeper blue than theirs, so that marks on it are visible in grey."""

RUN_COLOURS = (DARK_BLUE, VERMILLION, GREEN, BLACK)
RUN_DASHES = ([1, 0], [7, 3], [2, 2], [9, 3, 2, 3])
"""One for each run of a figure."""
PALE_BLUE, MIDDLE_BLUE = "#CFE3F0", "#7FB6D9"
"""The bands of 90% and of 50% below a dark median, distinct in grey as well."""

CHART_WIDTH = 660
"""Width of a chart without its axis: that of a column of text."""
NARROW_WIDTH = 230
"""Width of the same chart on a phone held upright, and for two charts on a printed line."""
FONT_SIZE = 14
"""Pixels of letters in a chart."""
_LINE_LETTERS = 80
_PADDING = {"left": 6, "top": 6, "bottom": 6, "right": 24}
"""Room on the right for a browser whose letters are wider than those measured."""
_FONT = "Liberation Sans, Arial, Helvetica, sans-serif"

ChartSpec = dict[str, Any]


def apply_theme(spec: ChartSpec) -> ChartSpec:
    """Return a chart in the common style."""
    return spec | {"config": _CONFIG, "background": "white", "padding": _PADDING}


def add_title(spec: ChartSpec, title: str, note: str) -> ChartSpec:
    """Return a chart with its title and small print, for a figure that stands alone."""
    head = {"text": wrap_text(title, 66), "subtitle": wrap_text(note, 92), "anchor": "start"}
    return spec | {"title": head | {"frame": "bounds", "offset": 14, "subtitlePadding": 6}}


def wrap_text(text: str, width: int = _LINE_LETTERS) -> list[str]:
    """Return a text as lines, since charts do not wrap text."""
    return wrap(text, width) or [""]


_CONFIG: ChartSpec = {
    "font": _FONT,
    # A title is text of a scenario and is shown as it is.
    "title": {
        "fontSize": 17,
        "subtitleFontSize": 12.5,
        "subtitleColor": GREY,
        "subtitleLineHeight": 16,
    },
    "axis": {
        "labelFontSize": FONT_SIZE,
        "titleFontSize": FONT_SIZE,
        "titleFontWeight": "normal",
        "gridColor": "#E4E4E4",
        "domainColor": GREY,
        "tickColor": GREY,
    },
    "legend": {
        "orient": "top",
        "direction": "vertical",
        "title": None,
        "labelFontSize": FONT_SIZE,
        "labelLimit": 420,
        "symbolStrokeWidth": 2.5,
        "symbolSize": 320,
        "offset": 4,
    },
    "text": {"fontSize": FONT_SIZE, "lineHeight": 17},
    "view": {"stroke": None},
    "aria": False,  # the figure on the page describes the chart in words; marks would repeat it
}
