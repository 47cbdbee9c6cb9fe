"""The page leaves out digits that nobody can see, and nothing else."""

from __future__ import annotations

import pytest

from sim.report.figures.figure import Figure
from sim.report.figures.theme import PALE_BLUE
from sim.report.page.compact import compact_svg
from sim.report.run_view import Run
from tests.report.figures.months.test_fans import named, quantiles
from tests.report.figures.read_picture import extremes_drawn


def fan(run: list[Run]) -> Figure:
    return named(run, "fan-front_strait")


def test_places_are_to_a_tenth_of_a_pixel_and_words_as_they_were() -> None:
    drawn = '<path d="M0.123456,-7.0000001L1e-7,3.5"/><text transform="x">0.123456</text>'
    assert compact_svg(drawn) == ('<path d="M0.1,-7L1e-7,3.5"/><text transform="x">0.123456</text>')
    assert compact_svg('<line y2="-0.00000012345"/>') == '<line y2="0"/>'


def test_lines_that_cannot_be_seen_are_left_out_and_no_others() -> None:
    assert compact_svg('<line x2="0" opacity="0"/><line opacity="0.9"/>') == '<line opacity="0.9"/>'


def test_a_band_reaches_as_far_as_before(single_run: list[Run]) -> None:
    figure = fan(single_run)
    lowest, highest = extremes_drawn(compact_svg(figure.render_svg()), PALE_BLUE)
    assert lowest == pytest.approx(min(quantiles(single_run[0], "front_strait", "p05")), abs=1e-2)
    assert highest == pytest.approx(max(quantiles(single_run[0], "front_strait", "p95")), abs=1e-2)


def test_a_chart_is_smaller_for_it(single_run: list[Run]) -> None:
    figure = fan(single_run)
    assert len(compact_svg(figure.render_svg())) < len(figure.render_svg())
