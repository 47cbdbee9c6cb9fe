"""Colours and looks: safe for the colour-blind, readable in grey, alike in every picture.

The colours are those of Okabe and Ito (2008). Wherever colour tells things apart, a dash, a shape,
a place or a word does so as well.
"""

from __future__ import annotations

from textwrap import wrap
from typing import Any

BLACK = "#000000"
GREY = "#595959"
ORANGE = "#E69F00"
SKY = "#56B4E9"
GREEN = "#009E73"
YELLOW = "#F0E442"
BLUE = "#0072B2"
VERMILLION = "#D55E00"
PURPLE = "#CC79A7"

DARK_BLUE = "#00406B"
"""A deeper blue than theirs, so that what lies on it can be seen in grey."""

RUN_COLOURS = (DARK_BLUE, VERMILLION, GREEN, BLACK)
RUN_DASHES = ([1, 0], [7, 3], [2, 2], [9, 3, 2, 3])
"""One for each run of a picture."""
RUN_FILLS = (DARK_BLUE, "#F6D3BB", "#66C5AB", "#FFFFFF")
"""What fills the bars of each run: dark, pale, middle and hollow, so that a grey print keeps them
apart. The outlines are those of `RUN_COLOURS`."""
PALE_BLUE, MIDDLE_BLUE = "#CFE3F0", "#7FB6D9"
"""The bands of 90 and of 50 per cent, below a dark median: apart in grey as well."""

CHART_WIDTH = 340
"""Of a chart without its axis: readable on a phone held upright."""
_LINE_LETTERS = 60
_FONT = "Liberation Sans, Arial, Helvetica, sans-serif"

ChartSpec = dict[str, Any]


def apply_theme(spec: ChartSpec) -> ChartSpec:
    """Return a chart in the looks of the house."""
    return spec | {"config": _CONFIG, "background": "white", "padding": 6}


def add_title(spec: ChartSpec, title: str, note: str) -> ChartSpec:
    """Return a chart with its title above and its small print, for a picture that stands alone."""
    head = {"text": wrap_text(title, 52), "subtitle": wrap_text(note, 66), "anchor": "start"}
    return spec | {"title": head | {"frame": "bounds", "offset": 10, "subtitlePadding": 5}}


def wrap_text(text: str, width: int = _LINE_LETTERS) -> list[str]:
    """Return a text broken into lines: charts do not break theirs."""
    return wrap(text, width) or [""]


_CONFIG: ChartSpec = {
    "font": _FONT,
    # A title is text of a scenario; what stands in it is shown and never taken for a number's sign.
    "title": {
        "fontSize": 14,
        "subtitleFontSize": 10.5,
        "subtitleColor": GREY,
        "subtitleLineHeight": 13,
    },
    "axis": {
        "labelFontSize": 11,
        "titleFontSize": 11,
        "titleFontWeight": "normal",
        "gridColor": "#E4E4E4",
        "domainColor": GREY,
        "tickColor": GREY,
    },
    "legend": {
        "orient": "top",
        "direction": "vertical",
        "title": None,
        "labelFontSize": 11,
        "labelLimit": 320,
        "symbolStrokeWidth": 2.5,
        "symbolSize": 320,
        "offset": 4,
    },
    "text": {"fontSize": 11, "lineHeight": 13},
    "view": {"stroke": None},
    "aria": False,  # the figure on the page says in words what is seen; marks would say it twice
}
