"""Draws the figures of a page while the rest of the page is worked out.

A figure is drawn outside Python, which goes on meanwhile; to start the program that draws takes
longer than any drawing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager

from markupsafe import Markup

from sim.report.figures.figure import Figure
from sim.report.figures.theme import NARROW_WIDTH
from sim.report.page.compact import compact_svg
from sim.steps import announce

DRAWING = "Drawing figures"
"""The step of drawing one figure."""


class Drawings:
    """Drawings of figures, each as wide as a column of text and as narrow as a phone."""

    def __init__(self, executor: Executor | None = None) -> None:
        """Draw by an executor what is begun, and in this thread whatever is not."""
        self._executor = executor
        self._begun: dict[tuple[str, int | None], Future[Markup]] = {}

    def begin(self, figures: Iterable[Figure]) -> None:
        """Begin to draw figures, whose names differ, in the order given."""
        if executor := self._executor:
            self._begun |= {
                (figure.name, width): executor.submit(_draw, figure, width)
                for figure in figures
                for width in (None, NARROW_WIDTH)
            }

    def wide(self, figure: Figure) -> Markup:
        """Return a figure as it is."""
        announce(DRAWING)
        return self._take(figure, None)

    def narrow(self, figure: Figure) -> Markup:
        """Return a figure for a phone held upright."""
        return self._take(figure, NARROW_WIDTH)

    def _take(self, figure: Figure, width: int | None) -> Markup:
        begun = self._begun.get((figure.name, width))
        return begun.result() if begun else _draw(figure, width)


@contextmanager
def draw_beside() -> Iterator[Drawings]:
    """Yield drawings that another thread makes; those left are given up when the body ends."""
    executor = ThreadPoolExecutor(max_workers=1)
    try:
        yield Drawings(executor)
    finally:
        executor.shutdown(cancel_futures=True)


def _draw(figure: Figure, width: int | None) -> Markup:
    return Markup(compact_svg(figure.render_svg(standalone=False, width=width)))
