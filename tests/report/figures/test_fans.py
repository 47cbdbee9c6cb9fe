"""A fan shows the quantiles over worlds, month by month, and nothing else."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sim.model.measures.needs import Rule
from sim.report.figures.aggregates import FAN_QUANTILES, compute_month_quantiles
from sim.report.figures.fans import _find_rule, plot_fans
from sim.report.figures.figure import Figure
from sim.report.figures.month_columns import MonthColumn, list_month_columns
from sim.report.figures.theme import MIDDLE_BLUE, PALE_BLUE
from sim.report.run_view import Run
from tests.report.figures.read_picture import extremes

MONTHLY = arrays(
    float, st.tuples(st.integers(1, 30), st.integers(1, 5)), elements=st.floats(-1e3, 1e3)
)


def named(runs: list[Run], name: str) -> Figure:
    return next(figure for figure in plot_fans(runs) if figure.name == name)


def quantiles(run: Run, column: str, level: str) -> list[float]:
    """Return a quantile of each month, worked out anew from the table."""
    levels: list[float] = np.nanquantile(
        run.read_month_column(column), FAN_QUANTILES[level], axis=0
    ).tolist()
    return levels


@given(MONTHLY)
def test_the_levels_of_a_month_are_in_order_and_within_its_worlds(
    values: np.ndarray[tuple[int, int], np.dtype[np.float64]],
) -> None:
    for spread, month in zip(compute_month_quantiles(values), values.T, strict=True):
        levels = [getattr(spread, level) for level in FAN_QUANTILES]
        assert levels == sorted(levels)
        assert month.min() <= levels[0]
        assert levels[-1] <= month.max()


def test_a_month_without_worlds_has_no_spread_and_one_with_few_says_how_few() -> None:
    nothing = float("nan")
    values = np.array([[1.0, nothing, nothing], [3.0, 5.0, nothing]])
    assert [
        (month.month, month.worlds, month.median) for month in compute_month_quantiles(values)
    ] == [
        (1, 2, 2),
        (2, 1, 5),
    ]


def test_every_column_a_scenario_can_draw_stands_in_its_months(single_run: list[Run]) -> None:
    assert [column.name for column in list_month_columns(single_run[0].scenario)] == [
        "front_strait",
        "weariness_strait",
    ]
    assert [figure.name for figure in plot_fans(single_run)] == [
        "fan-front_strait",
        "fan-weariness_strait",
    ]


@pytest.mark.parametrize("column", ["front_strait", "weariness_strait"])
def test_the_table_of_a_fan_holds_the_quantiles(column: str, single_run: list[Run]) -> None:
    table = named(single_run, f"fan-{column}").table
    for level in FAN_QUANTILES:
        assert [row[level] for row in table] == pytest.approx(
            quantiles(single_run[0], column, level)
        )


def test_the_fan_is_drawn_from_its_table_with_edges_that_are_its_levels(
    single_run: list[Run],
) -> None:
    figure = named(single_run, "fan-front_strait")
    assert figure.spec["data"]["values"] == figure.table
    outer, inner, line, _ = figure.spec["layer"]
    edges = [
        (layer["encoding"]["y"]["field"], layer["encoding"]["y2"]["field"])
        for layer in (outer, inner)
    ]
    assert edges == [("p05", "p95"), ("p25", "p75")]
    assert line["encoding"]["y"]["field"] == "median"


@pytest.mark.parametrize(
    ("colour", "low", "high"), [(PALE_BLUE, "p05", "p95"), (MIDDLE_BLUE, "p25", "p75")]
)
@pytest.mark.parametrize("column", ["front_strait", "weariness_strait"])
def test_the_bands_of_the_figure_reach_just_as_far_as_the_quantiles(
    column: str, colour: str, low: str, high: str, single_run: list[Run]
) -> None:
    reached = extremes(named(single_run, f"fan-{column}"), colour)
    expected = (
        min(quantiles(single_run[0], column, low)),
        max(quantiles(single_run[0], column, high)),
    )
    assert reached == pytest.approx(expected, abs=1e-3 * expected[1])


def test_a_band_below_zero_is_drawn_below_zero(run_pair: list[Run]) -> None:
    """Weariness without the pact is twice that with it, so that the difference is negative."""
    figure = named(run_pair, "difference-weariness_strait")
    lowest, highest = extremes(figure, PALE_BLUE)
    gap = -run_pair[0].read_month_column("weariness_strait")
    assert lowest == pytest.approx(np.quantile(gap, 0.05, axis=0).min(), abs=1e-3)
    assert highest == pytest.approx(np.quantile(gap, 0.95, axis=0).max(), abs=1e-3)
    assert lowest < -2


def test_where_all_twins_are_alike_there_is_no_difference_to_draw(run_pair: list[Run]) -> None:
    names = [figure.name for figure in plot_fans(run_pair)]
    assert "fan-front_strait" in names
    assert "difference-front_strait" not in names


def test_the_difference_is_that_of_twins(run_pair: list[Run]) -> None:
    table = named(run_pair, "difference-weariness_strait").table
    ours, theirs = (run.read_month_column("weariness_strait") for run in run_pair)
    expected = np.median(ours - theirs, axis=0).tolist()
    assert [row["median"] for row in table] == pytest.approx(expected)


def test_two_runs_are_medians_with_outlines_and_no_filled_bands(run_pair: list[Run]) -> None:
    figure = named(run_pair, "fan-weariness_strait")
    assert [layer["mark"]["type"] for layer in figure.spec["layer"]] == ["line"] * 3 + ["rule"]
    assert {row["run"] for row in figure.table} == {"The strait", "No pact"}


def test_a_fan_says_how_many_worlds_which_bands_and_which_seed(single_run: list[Run]) -> None:
    assert named(single_run, "fan-front_strait").note == (
        "Line: median. Dark band: middle 50% of worlds; light band: middle 90%. "
        "90 to 100 of 100 worlds, seed 7."
    )
    assert named(single_run, "fan-weariness_strait").finding == (
        "From a median of 0.0495 after month 1 to 1.19 after month 24, when 90% of worlds "
        "lie between 0.119 and 2.26 (0 to 1)."
    )


def test_soldiers_present_differ_by_construction_where_their_gate_binds_on_one_side() -> None:
    constructed = {"troops_arms_2023": Rule.SOLDIERS}
    present, debt = (
        MonthColumn(name, "a column", "any") for name in ("present_arms_2023", "debt_arms_2023")
    )
    assert _find_rule(present, constructed) is Rule.SOLDIERS
    assert _find_rule(debt, constructed) is None
    assert _find_rule(present, {}) is None
