"""A fan shows the quantiles over worlds, month by month, and nothing else."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sim.errors import RequestError
from sim.model.measures.needs import Rule
from sim.report.figures.aggregates import FAN_QUANTILES, compute_month_quantiles, pair_runs
from sim.report.figures.distributions import spread_values
from sim.report.figures.figure import Figure, read_number
from sim.report.figures.month_columns import MonthColumn, list_month_columns
from sim.report.figures.months.any_share import build_share_figure, is_mostly_zero
from sim.report.figures.months.dates import build_month_axis
from sim.report.figures.months.differences import (
    compare_columns,
    describe_unclear,
    find_column_rule,
)
from sim.report.figures.months.fan_layers import spread_apart
from sim.report.figures.months.fans import plot_fans
from sim.report.figures.months.level_shares import build_level_figure, has_few_levels
from sim.report.figures.theme import MIDDLE_BLUE, PALE_BLUE
from sim.report.run_view import Run, open_runs
from tests.report.conftest import WITHOUT, Simulate
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
    outer, inner, histories, line, labels, *_marks = figure.spec["layer"]
    assert all(layer["data"]["values"] == figure.table for layer in (outer, inner, line))
    assert len(histories["transform"][0]["fold"]) == 20
    names = [row["name"] for row in labels["data"]["values"]]
    assert names == ["nine in ten", "half of worlds", "median"]
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


def test_what_falls_with_the_pact_is_drawn_below_zero(run_pair: list[Run]) -> None:
    """Weariness without the pact is twice that with it, so that the difference is negative."""
    figure = named(run_pair, "difference-weariness_strait")
    lowest, highest = extremes(figure, MIDDLE_BLUE)
    assert lowest == pytest.approx(min(read_number(row, "low") for row in figure.table), abs=1e-2)
    assert lowest < -1.2 < highest < 0


def test_where_two_runs_lie_on_each_other_nothing_is_drawn(run_pair: list[Run]) -> None:
    assert [figure.name for figure in plot_fans(run_pair)] == ["difference-weariness_strait"]
    (pair,) = pair_runs(run_pair)
    assert describe_unclear(list(compare_columns(pair))) == (
        "The same in every pair: ground won, while war lasts (the Strait)."
    )


def test_runs_without_any_difference_are_said_to_have_none(
    single_run: list[Run], simulate: Simulate
) -> None:
    runs = open_runs([single_run[0].results.folder, simulate(title="The same again")])
    with pytest.raises(RequestError, match="month by month, nothing differs clearly between"):
        list(plot_fans(runs))


def test_the_difference_is_that_of_twins_with_its_mean_and_interval(run_pair: list[Run]) -> None:
    figure = named(run_pair, "difference-weariness_strait")
    ours, theirs = (run.read_month_column("weariness_strait") for run in run_pair)
    for level, expected in (
        ("median", np.median(ours - theirs, axis=0)),
        ("mean", (ours - theirs).mean(axis=0)),
    ):
        assert [row[level] for row in figure.table] == pytest.approx(expected.tolist())
    assert figure.title == (
        "Weariness of war (the Strait): lower in The strait, by 1.2 at most, in Jun 2026"
    )
    assert "1.0% of pairs never differ" in figure.finding


def test_runs_that_are_no_pairs_are_medians_with_their_names_beside_them(
    pact: Path, simulate: Simulate
) -> None:
    runs = open_runs([pact, simulate(*WITHOUT, "worlds=50")])
    figure = named(runs, "fan-weariness_strait")
    line, labels = figure.spec["layer"]
    assert line["mark"]["type"] == "line"
    assert {row["name"] for row in labels["data"]["values"]} == {"The strait", "No pact"}


def test_a_fan_says_what_the_typical_world_does_how_many_worlds_and_which_seed(
    single_run: list[Run],
) -> None:
    assert named(single_run, "fan-front_strait").note == (
        "Line: median. Dark band: middle 50% of worlds; light band: middle 90%; thin lines: the "
        "histories of the first worlds. 90 to 100 of 100 worlds, seed 7."
    )
    figure = named(single_run, "fan-weariness_strait")
    assert figure.title == (
        "Weariness of war (the Strait): up from 0.049 to 1.2 in the typical world"
    )
    assert figure.finding == (
        "In Jun 2026 the middle half of worlds lies between 0.59 and 1.8, nine in ten between "
        "0.12 and 2.3 (0 to 1)."
    )


def test_the_axis_has_the_first_day_and_every_january(single_run: list[Run]) -> None:
    axis = build_month_axis(single_run[0]).to_dict()
    assert axis["values"] == [0, 7, 19]
    assert axis["labelExpr"] == "{'0': 'Jun 2024', '7': '2025', '19': '2026'}[datum.value]"


def test_a_short_run_has_its_first_and_its_last_month(simulate: Simulate) -> None:
    (run,) = open_runs([simulate("months=3")])
    assert build_month_axis(run).to_dict()["values"] == [0, 3]


@given(st.lists(st.floats(0, 10), min_size=1, max_size=6))
def test_labels_keep_their_order_and_their_distance(heights: list[float]) -> None:
    spread = spread_apart(heights, 1.0, (0.0, 10.0))
    order = np.argsort(heights, kind="stable")
    assert (np.diff(np.array(spread)[order]) >= 1 - 1e-9).all()
    assert max(spread) <= 10 + 1e-9


def test_what_is_zero_in_most_worlds_is_a_share_of_worlds(single_run: list[Run]) -> None:
    values = np.zeros((100, 24))
    values[:30, 5:] = np.arange(1, 31)[:, None]
    assert is_mostly_zero(spread_values(values))
    assert not is_mostly_zero(spread_values(np.zeros((100, 24))))
    assert not is_mostly_zero(spread_values(values + 1))
    column = MonthColumn("present_arms", "soldiers present", "thousand")
    figure = build_share_figure(single_run[0], column, spread_values(values))
    assert figure.title == "Soldiers present: any in at most 30% of worlds at a time, in Dec 2024"
    assert "half of the worlds have 16 or more (thousand)" in figure.finding
    assert [row["share"] for row in figure.table] == [0.0] * 5 + [0.3] * 19
    assert figure.render_svg().startswith("<svg")


def test_a_few_levels_that_are_climbed_are_shares_of_worlds(single_run: list[Run]) -> None:
    values = np.ones((100, 24))
    values[:40, 10:] = 2
    values[:10, 20:] = 3
    assert has_few_levels(spread_values(values))
    assert not has_few_levels(spread_values(values[:, ::-1])), "worlds fall back"
    figure = build_level_figure(
        single_run[0], MonthColumn("tier", "tier", "tier"), spread_values(values)
    )
    assert figure.title == "Tier: by Jun 2026, at least 2 in 40% and 3 in 10% of worlds"
    labels = figure.spec["layer"][1]["data"]["values"]
    assert [row["name"] for row in labels] == ["2 or higher", "3"]
    assert figure.render_svg().startswith("<svg")


def test_soldiers_present_differ_by_construction_where_their_gate_binds_on_one_side() -> None:
    constructed = {"troops_arms_2023": Rule.SOLDIERS}
    present, debt = (
        MonthColumn(name, "a column", "any") for name in ("present_arms_2023", "debt_arms_2023")
    )
    assert find_column_rule(present, constructed) is Rule.SOLDIERS
    assert find_column_rule(debt, constructed) is None
    assert find_column_rule(present, {}) is None
