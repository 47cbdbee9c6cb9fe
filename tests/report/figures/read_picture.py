"""What a picture shows, read back from the picture itself."""

from __future__ import annotations

import re
from itertools import pairwise
from xml.etree import ElementTree

from sim.report.figures.figure import Figure

_SVG = "{http://www.w3.org/2000/svg}"
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")


def extremes(figure: Figure, colour: str) -> tuple[float, float]:
    """Return the lowest and highest value that a band of a colour reaches, by the chart's axis."""
    return extremes_drawn(figure.render_svg(), colour)


def extremes_drawn(svg: str, colour: str) -> tuple[float, float]:
    """Return the same of a drawing."""
    root = ElementTree.fromstring(svg)
    (band,) = [
        path for path in root.iter(f"{_SVG}path") if path.get("fill", "").lower() == colour.lower()
    ]
    heights = [float(y) for y in re.findall(r"[ML][-.\d]+,([-.\d]+)", band.get("d", ""))]
    value = _axis(root)
    return value(max(heights)), value(min(heights))


class _Scale:
    """The straight line from pixels to values, through two ticks of the axis."""

    def __init__(self, ticks: list[tuple[float, float]]) -> None:
        (self._y, self._value), (y, value) = ticks[0], ticks[-1]
        self._slope = (value - self._value) / (y - self._y)

    def __call__(self, y: float) -> float:
        return self._value + self._slope * (y - self._y)


def _axis(root: ElementTree.Element) -> _Scale:
    """Read the labels of the axis on the left: those that stand right-aligned beside it."""
    ticks = [
        (_across(text)[1], float((text.text or "").replace("−", "-")))
        for text in root.iter(f"{_SVG}text")
        if text.get("text-anchor") == "end" and _is_number(text.text or "")
    ]
    assert all(above[0] > below[0] for above, below in pairwise(ticks))
    return _Scale([(y - _BASELINE, value) for y, value in ticks])


_BASELINE = 4
"""Pixels from a tick down to the baseline of its label."""


def _across(text: ElementTree.Element) -> list[float]:
    return [float(part) for part in _NUMBER.findall(text.get("transform", ""))]


def _is_number(text: str) -> bool:
    return bool(_NUMBER.fullmatch(text.replace("−", "-")))
