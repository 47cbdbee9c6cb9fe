"""Shortens the numbers of charts for the page, to the digits that a screen can show."""

from __future__ import annotations

import re
from typing import Any

_COORDINATES = re.compile(r' (?:d|transform|x2|y2)="[^"]*"')
_LONG_NUMBER = re.compile(r"-?\d+\.\d{3,}(?:e-?\d+)?")
_INVISIBLE_LINE = re.compile(r'<line [^>]*\bopacity="0"/>')
_PIXEL_DECIMALS = 2
"""Decimals of a pixel."""
_SIGNIFICANT_DIGITS = 6
"""Significant digits of the numbers in a chart; its table has four."""


def compact_svg(svg: str) -> str:
    """Return a drawing with coordinates to a hundredth of a pixel and without invisible lines.

    Such lines serve interactive charts only. Text is unchanged.
    """
    return _COORDINATES.sub(
        lambda attribute: _LONG_NUMBER.sub(_round_number, attribute[0]),
        _INVISIBLE_LINE.sub("", svg),
    )


def compact_spec(part: Any) -> Any:
    """Return a chart, or a part of one, with numbers to six significant digits."""
    match part:
        case dict():
            return {name: compact_spec(value) for name, value in part.items()}
        case list() | tuple():
            return [compact_spec(value) for value in part]
        case float():
            return float(f"{part:.{_SIGNIFICANT_DIGITS}g}")
        case _:
            return part


def _round_number(number: re.Match[str]) -> str:
    return f"{round(float(number[0]), _PIXEL_DECIMALS) + 0.0:.10g}"
