"""Numbers and lists as messages on conditions show them."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil, log10
from textwrap import fill

ENOUGH_WORLDS = 200
"""The effective number of worlds below which shares are too uncertain to be read."""


def round_up(worlds: float) -> int:
    """Return a number of worlds, rounded up to two digits."""
    step = 10 ** max(int(log10(worlds)) - 1, 0)
    return int(ceil(worlds / step) * step)


def wrap_listing(heading: str, names: Iterable[str]) -> str:
    """Return names after a heading, as indented lines of at most 80 columns."""
    return fill(
        f"{heading}: {', '.join(names)}", 80, initial_indent=" " * 4, subsequent_indent=" " * 8
    )
