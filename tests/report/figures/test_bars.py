"""Bars show the metrics; pairs are counted world by world."""

from __future__ import annotations

import pytest

from sim.errors import RequestError
from sim.report.figures import outcomes
from sim.report.figures.aggregates import pair_runs
from sim.report.figures.figure import FigureRow
from sim.report.figures.four_way import plot_four_way
from sim.report.figures.outcomes import plot_outcomes
from sim.report.run_view import Run, open_runs
from sim.report.words import format_percent
from tests.report.conftest import WITHOUT, Simulate


def test_bars_are_the_headlines_that_happen_or_not_with_their_intervals(
    single_run: list[Run],
) -> None:
    (figure,) = plot_outcomes(single_run)
    assert [row["measure"] for row in figure.table] == ["war_any", "war_strait", "honoured_pact"]
    for row in figure.table:
        metric = single_run[0].results.metrics[str(row["measure"])]
        assert (row["value"], row["low"], row["high"]) == (metric.value, metric.low, metric.high)
        assert row["worlds"] == metric.worlds


def test_bars_of_two_runs_leave_out_what_only_one_can_have(run_pair: list[Run]) -> None:
    (figure,) = plot_outcomes(run_pair)
    assert {row["measure"] for row in figure.table} == {"war_any", "war_strait"}
    assert "Left out, by construction: " in figure.note
    (paired,) = plot_four_way(run_pair)
    assert {row["measure"] for row in paired.table} == {"war_any", "war_strait"}


def test_the_dots_drawn_are_those_of_the_table_the_most_frequent_first(
    run_pair: list[Run],
) -> None:
    (figure,) = plot_outcomes(run_pair)
    drawn = figure.spec["data"]["values"]
    values = {(row["run"], row["measure"]): row["value"] for row in drawn}
    assert values == {(row["run"], row["measure"]): row["value"] for row in figure.table}
    largest = [max(values[run.name, row["measure"]] for run in run_pair) for row in drawn]
    assert largest == sorted(largest, reverse=True)


def test_rare_outcomes_are_drawn_once_more_enlarged() -> None:
    shares = {"common": (0.6, 0.5, 0.7), "rare": (0.01, 0.0, 0.04)}
    rows: list[FigureRow] = [
        {"run": "it", "measure": name, "label": name, "value": value, "low": low, "high": high}
        for name, (value, low, high) in shares.items()
    ]
    full, enlarged = outcomes._build_chart(rows, ["it"])["vconcat"]
    scales = [
        panel["layer"][1]["encoding"]["x"]["scale"]["domain"][1] for panel in (full, enlarged)
    ]
    assert scales == [1.0, 0.05]
    assert [row["label"] for row in enlarged["data"]["values"]] == ["rare"]


def test_the_four_counts_are_those_of_the_planted_worlds(run_pair: list[Run]) -> None:
    """With the pact every third world has a war, without it every fourth, both every twelfth."""
    (figure,) = plot_four_way(run_pair)
    row = figure.table[0]
    counts = {name: row[name] for name in ("both", "added", "averted", "neither", "pairs")}
    assert counts == {"both": 8, "added": 25, "averted": 17, "neither": 50, "pairs": 100}
    assert figure.finding.startswith(
        "Of 100 pairs of worlds, a new war breaks out somewhere: in both 8, only in The strait 25, "
        "only in No pact 17, in neither 50"
    )


def test_only_outcomes_that_differ_are_drawn_and_the_title_says_how(run_pair: list[Run]) -> None:
    (figure,) = plot_four_way(run_pair)
    assert figure.title == (
        "New war anywhere: of 100 pairs, added in 25 and averted in 17 by The strait"
    )
    assert {row["measure"] for row in figure.spec["layer"][0]["data"]["values"]} == {
        "war_any",
        "war_strait",
    }


def test_the_run_with_the_treaty_is_the_one_with_whichever_is_named_first(
    run_pair: list[Run],
) -> None:
    (there,), (back,) = plot_four_way(run_pair), plot_four_way(run_pair[::-1])
    assert there.table == back.table


def test_what_can_only_happen_in_some_worlds_is_not_paired(run_pair: list[Run]) -> None:
    (figure,) = plot_four_way(run_pair)
    assert "honoured_pact" not in {row["measure"] for row in figure.table}


def test_one_run_has_no_pairs(single_run: list[Run]) -> None:
    with pytest.raises(RequestError, match="needs two results folders"):
        list(plot_four_way(single_run))


@pytest.mark.parametrize(
    ("setting", "fault"),
    [
        ("seed=8", "their seeds differ: 8 and 7"),
        ("worlds=50", "they do not have the same worlds: 50 and 100"),
    ],
)
def test_worlds_that_are_no_twins_are_not_paired(
    setting: str, fault: str, simulate: Simulate
) -> None:
    runs = open_runs([simulate(), simulate(*WITHOUT, setting)])
    assert [run_pair.unpaired_reason for run_pair in pair_runs(runs)] == [fault]
    with pytest.raises(RequestError) as caught:
        list(plot_four_way(runs))
    assert str(caught.value) == f"the worlds of No pact and The strait are not paired: {fault}"


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0, "0%"),
        (0.001, "0.1%"),
        (0.345, "34%"),
        (0.0995, "10%"),
        (0.999, "99.9%"),
        (1, "100%"),
    ],
)
def test_shares_near_none_and_all_keep_a_decimal(share: float, text: str) -> None:
    assert format_percent(share) == text
