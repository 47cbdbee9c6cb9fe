"""Icon arrays: a dot for each world, sorted by what happened in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor

from markupsafe import Markup

MAX_DOTS = 1000
"""Dots in an array; with more worlds each dot stands for several."""
_PITCH, _DOT = 12.5, 9
"""Pixels from dot to dot, and across a dot, at full width."""
_COLUMNS, _FEW_COLUMNS = 64, 32
_FEW = 500
"""Dots from which an array has the larger number of columns."""


@dataclass(frozen=True)
class DotGroup:
    """Worlds with the same outcome.

    Attributes:
        label: what happened in them.
        worlds: how many there are.
        look: the class of their dots: `one`, `two`, `three` or `none`.
    """

    label: str
    worlds: int
    look: str


@dataclass(frozen=True)
class IconArray:
    """An icon array with its legend.

    Attributes:
        groups: the groups that have a world, in the order of the dots.
        drawing: the array as SVG without text.
        scale: what a dot stands for, in a sentence.
        description: the array in words, for those who cannot see it.
    """

    groups: tuple[DotGroup, ...]
    drawing: Markup
    scale: str
    description: str


def build_icon_array(groups: Sequence[DotGroup]) -> IconArray:
    """Return the array of some groups, which together are all worlds; empty ones are left out."""
    present = tuple(group for group in groups if group.worlds)
    total = sum(group.worlds for group in present)
    dots = share_out([group.worlds for group in present], min(total, MAX_DOTS))
    scale = (
        "Each dot is a simulated world."
        if total <= MAX_DOTS
        else f"Each dot stands for {total / MAX_DOTS:g} simulated worlds."
    )
    words = "; ".join(f"{group.label}: {group.worlds:,}" for group in present)
    return IconArray(present, _draw(present, dots), scale, f"Of {total:,} worlds, {words}.")


def share_out(counts: Sequence[int], places: int) -> list[int]:
    """Return how many of some places each count gets, by largest remainders."""
    total = sum(counts) or 1
    exact = [count * places / total for count in counts]
    given = [floor(share) for share in exact]
    order = sorted(range(len(counts)), key=lambda place: given[place] - exact[place])
    for place in order[: places - sum(given)]:
        given[place] += 1
    return given


def _draw(groups: Sequence[DotGroup], dots: Sequence[int]) -> Markup:
    columns = _COLUMNS if sum(dots) >= _FEW else _FEW_COLUMNS
    rows = max(1, ceil(sum(dots) / columns))
    width, height = columns * _PITCH, rows * _PITCH
    paths = []
    first = 0
    for group, count in zip(groups, dots, strict=True):
        places = (divmod(place, columns) for place in range(first, first + count))
        points = "".join(
            f"M{(column + 0.5) * _PITCH:.1f} {(row + 0.5) * _PITCH:.1f}h0" for row, column in places
        )
        paths.append(Markup('<path class="dot {}" d="{}"/>').format(group.look, points))
        first += count
    return Markup(
        '<svg viewBox="0 0 {:g} {:g}" stroke-width="{}" stroke-linecap="round" fill="none">{}</svg>'
    ).format(width, height, _DOT, Markup("").join(paths))
