"""Renders cells of a stress test: who comes how often, mostly with what, and what differs."""

from __future__ import annotations

from sim.analysis.stress.construction import find_rule
from sim.analysis.stress.findings import excludes_zero
from sim.analysis.stress.matrix import ANY, LEVELS, SIDES, Cell, StressComparison, StressMatrix
from sim.analysis.stress.openings import CrisisOpening

_WIDTH = 7
"""Letters of a cell; with more, the space between its two parts is left out."""
_RARE = 0.01
"""A share of worlds below which help is not printed beside that for the other side."""
_PATTERNS = dict(zip(SIDES, ("{}", "({})"), strict=True))
"""How help for either side is written."""


def format_help(matrix: StressMatrix, opening: CrisisOpening, actor: str) -> str:
    """Return how often an actor comes to either side, such as 81w, (72m) or 34w(4).

    The letter says with what it comes most often: materiel, troops or open war.
    """
    shares = {side: matrix.aid(opening, actor, side).value for side in SIDES}
    larger = max(shares, key=lambda side: shares[side])
    texts = [
        _PATTERNS[side].format(
            f"{format_percent(share)}{_find_level(matrix, opening, actor, side, side == larger)}"
        )
        for side, share in shares.items()
        if share >= _RARE
    ]
    return _join(texts) or ("<1" if any(shares.values()) else "·")


def format_help_difference(comparison: StressComparison, opening: CrisisOpening, actor: str) -> str:
    """Return by how much an actor's help for either side differs; a dot where it does not."""
    texts = (
        _PATTERNS[side].format(text)
        for side in SIDES
        if (text := _format_largest(comparison, opening, actor, side))
    )
    return _join(list(texts)) or "·"


def format_percent(share: float) -> str:
    """Return a share as a whole percentage without its sign."""
    return f"{100 * share:.0f}" if share >= 0.005 or share == 0 else "<1"


def _find_level(
    matrix: StressMatrix, opening: CrisisOpening, actor: str, side: str, marked: bool
) -> str:
    """Return the first letter of the level of aid that is commonest, if it is to be marked."""
    levels = {level: matrix.aid(opening, actor, side, level).value for level in LEVELS[1:]}
    return max(levels, key=lambda level: levels[level])[0] if marked else ""


def _format_largest(
    comparison: StressComparison, opening: CrisisOpening, actor: str, side: str
) -> str:
    """Return the difference of any aid or of open war, whichever is larger, if it is not zero."""
    cells = [Cell(str(opening), "aid", actor, side, level) for level in (ANY, "war")]
    differences = {cell: comparison.difference(cell) for cell in cells}
    moved = [cell for cell in cells if excludes_zero(differences[cell])]
    if not moved:
        return ""
    largest = max(moved, key=lambda cell: abs(differences[cell].value))
    marks = f"{'w' if largest.level != ANY else ''}{'c' if find_rule(comparison, largest) else ''}"
    return f"{_format_points(differences[largest].value)}{marks}"


def _format_points(difference: float) -> str:
    points = 100 * difference
    return f"{points:+.0f}" if abs(points) >= 0.95 else f"{points:+.1f}"


def _join(texts: list[str]) -> str:
    spaced = " ".join(texts)
    return spaced if len(spaced) <= _WIDTH else "".join(texts)
