"""Figures are drawn beside other work, and are the same as those drawn where they stand."""

from __future__ import annotations

from threading import current_thread

import altair as alt
import pytest

from sim.report.figures.figure import Figure, layer_charts, make_chart
from sim.report.page.drawings import Drawings, draw_beside


@pytest.fixture
def figure() -> Figure:
    """A figure of two points."""
    points = make_chart([{"x": 0, "y": 1}, {"x": 1, "y": 2}]).mark_point()
    chart = layer_charts([points.encode(x=alt.X("x:Q"), y=alt.Y("y:Q"))], 40)
    return Figure("points", "Points", "They rise.", "Two of them.", chart, [{"x": 0, "y": 1}])


@pytest.fixture
def threads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the threads that draw, in order."""
    names: list[str] = []

    def render_svg(self: Figure, *, standalone: bool = True, width: int | None = None) -> str:
        names.append(current_thread().name)
        return f"<svg>{self.name} {standalone} {width}</svg>"

    monkeypatch.setattr(Figure, "render_svg", render_svg)
    return names


def test_a_figure_drawn_beside_other_work_is_the_same(figure: Figure) -> None:
    with draw_beside() as drawings:
        drawings.begin([figure])
        drawn = drawings.wide(figure), drawings.narrow(figure)
    at_once = Drawings()
    assert drawn == (at_once.wide(figure), at_once.narrow(figure))
    assert drawn[0] != drawn[1]


def test_what_was_begun_is_drawn_once_by_another_thread(figure: Figure, threads: list[str]) -> None:
    with draw_beside() as drawings:
        drawings.begin([figure])
        wide, again = drawings.wide(figure), drawings.wide(figure)
        assert drawings.narrow(figure) != wide == again == "<svg>points False None</svg>"
    assert len(threads) == 2
    assert current_thread().name not in threads


def test_what_was_not_begun_is_drawn_where_it_stands(figure: Figure, threads: list[str]) -> None:
    with draw_beside() as drawings:
        drawings.narrow(figure)
    assert threads == [current_thread().name]
