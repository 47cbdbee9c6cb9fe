"""Shortens the drawings of charts for the page, to the digits that a screen can show."""

from __future__ import annotations

import re

_COORDINATES = re.compile(r' (?:d|transform|x2|y2)="[^"]*"')
_LONG_NUMBER = re.compile(r"-?\d+\.\d{3,}(?:e-?\d+)?")
_INVISIBLE_LINE = re.compile(r'<line [^>]*\bopacity="0"/>')
_PIXEL_DECIMALS = 1
"""Decimals of a pixel."""


def compact_svg(svg: str) -> str:
    """Return a drawing with coordinates to a tenth of a pixel and without invisible lines.

    Such lines serve interactive charts only. Text is unchanged.
    """
    return _COORDINATES.sub(
        lambda attribute: _LONG_NUMBER.sub(_round_number, attribute[0]),
        _INVISIBLE_LINE.sub("", svg),
    )


def _round_number(number: re.Match[str]) -> str:
    return f"{round(float(number[0]), _PIXEL_DECIMALS) + 0.0:.10g}"
