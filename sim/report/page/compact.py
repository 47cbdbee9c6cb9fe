"""What the page holds of a picture, with no more digits than a screen or a reader can use."""

from __future__ import annotations

import re
from typing import Any

_PLACES = re.compile(r' (?:d|transform|x2|y2)="[^"]*"')
_LONG = re.compile(r"-?\d+\.\d{3,}(?:e-?\d+)?")
_UNSEEN = re.compile(r'<line [^>]*\bopacity="0"/>')
_PIXELS = 2
"""Decimals of a pixel."""
_FIGURES = 6
"""Figures of a number that a chart is drawn from; the table beside it has four."""


def slim_svg(svg: str) -> str:
    """Return a drawing with its places to a hundredth of a pixel, and without unseen lines.

    Such lines answer to the pointer, which a drawing does not. Its words are left as they are.
    """
    return _PLACES.sub(lambda places: _LONG.sub(_short, places[0]), _UNSEEN.sub("", svg))


def slim_spec(part: Any) -> Any:
    """Return a chart, or a part of one, with its numbers to six figures."""
    match part:
        case dict():
            return {name: slim_spec(value) for name, value in part.items()}
        case list() | tuple():
            return [slim_spec(value) for value in part]
        case float():
            return float(f"{part:.{_FIGURES}g}")
        case _:
            return part


def _short(number: re.Match[str]) -> str:
    return f"{round(float(number[0]), _PIXELS) + 0.0:.10g}"
