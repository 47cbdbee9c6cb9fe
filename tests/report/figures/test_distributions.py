"""Figures over months, drawn from counts where the months themselves are not stored."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sim.analysis.data.frames import Frames
from sim.analysis.data.resolve import open_source
from sim.analysis.stories.select_world import SelectionRule, select_world
from sim.errors import MissingTableError
from sim.experiment.layout import StoredTables
from sim.experiment.run import RunOptions, run_scenario
from sim.report.figures.aggregates import FAN_QUANTILES, pair_runs
from sim.report.figures.distributions import spread_values
from sim.report.figures.gallery import plot_everything, plot_named
from sim.report.figures.months.fans import plot_fans
from sim.report.figures.options import FigureOptions
from sim.report.page.sections import list_sections
from sim.report.run_view import Run, open_runs
from tests.report import formula_engine
from tests.report.conftest import WITHOUT
from tests.scenario.folder import Folder

LEFT_OUT = "which --tables worlds left out"


@pytest.fixture(scope="module")
def lean(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The small scenario with its pact and without, whose months were only counted."""
    folder = Folder.at(tmp_path_factory.mktemp("scenario"))
    options = RunOptions(tables=StoredTables.WORLDS)
    with pytest.MonkeyPatch.context() as patch:
        formula_engine.put(patch)
        return [
            run_scenario(folder.load(*settings), folder.path / "results", options).results.folder
            for settings in ((), WITHOUT)
        ]


@given(
    arrays(
        float,
        st.tuples(st.integers(1, 20), st.integers(1, 3)),
        elements=st.floats(-1e3, 1e3) | st.integers(0, 3).map(float),
    )
)
def test_quantiles_of_counts_are_those_of_the_values(
    values: np.ndarray[tuple[int, int], np.dtype[np.float64]],
) -> None:
    shares = [0.0, *FAN_QUANTILES.values(), 1.0]
    for month, column in zip(spread_values(values).months, values.T, strict=True):
        assert month.quantiles(shares) == np.quantile(column, shares).tolist()


@pytest.mark.parametrize("name", ["fan-front_strait", "fan-weariness_strait"])
def test_a_fan_of_counts_is_that_of_the_months_within_their_rounding(
    name: str, lean: list[Path], single_run: list[Run]
) -> None:
    [counted], [whole] = (plot_named(runs, [name]) for runs in (open_runs(lean[:1]), single_run))
    assert counted.title.partition(":")[0] == whole.title.partition(":")[0]
    for mine, theirs in zip(counted.table, whole.table, strict=True):
        assert (mine["month"], mine["worlds"]) == (theirs["month"], theirs["worlds"])
        for level in FAN_QUANTILES:
            assert mine[level] == pytest.approx(theirs[level], rel=0.004)
    histories = [figure.spec["layer"][2]["data"]["values"] for figure in (counted, whole)]
    assert len(histories[0]) == len(histories[1]) == len(whole.table)


def test_a_page_has_fans_and_says_what_else_is_missing(lean: list[Path]) -> None:
    runs = open_runs(lean[:1])
    sections, _ = list_sections(runs, [], FigureOptions())
    assert "fan" in {section.kind for section in sections}
    gallery = plot_everything(runs)
    assert f"holds no table of events, {LEFT_OUT}" in gallery.left_out["timeline"]


def test_pairs_are_not_compared_by_month_without_the_months(lean: list[Path]) -> None:
    runs = open_runs(lean)
    pairs = pair_runs(runs)
    with pytest.raises(MissingTableError, match=f"holds no table of months, {LEFT_OUT}"):
        list(plot_fans(runs, pairs))
    sections, left_out = list_sections(runs, pairs, FigureOptions())
    assert "fan" not in {section.kind for section in sections}
    assert any("Month by month: " in line and LEFT_OUT in line for line in left_out)


def test_readers_of_events_say_that_they_are_missing(lean: list[Path]) -> None:
    source = open_source(lean[0])
    with pytest.raises(MissingTableError, match=f"holds no table of events, {LEFT_OUT}"):
        select_world(source, SelectionRule.FIRST_HONOURED)
    assert source.results is not None
    with pytest.raises(MissingTableError, match=f"holds no table of months, {LEFT_OUT}"):
        _ = Frames(source.results).months
