"""Bars show the metrics; pairs are counted world by world."""

from __future__ import annotations

from itertools import pairwise

import pytest

from sim.errors import RequestError
from sim.report.figures.aggregates import pair_runs
from sim.report.figures.four_way import plot_four_way
from sim.report.figures.outcomes import plot_outcomes
from sim.report.figures.theme import RUN_FILLS
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


def test_the_bars_drawn_are_those_of_the_table(run_pair: list[Run]) -> None:
    (figure,) = plot_outcomes(run_pair)
    drawn = figure.spec["layer"][0]["data"]["values"]
    values = {(row["run"], row["measure"]): row["value"] for row in drawn}
    assert values == {(row["run"], row["measure"]): row["value"] for row in figure.table}


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


def test_the_bars_of_runs_differ_in_grey_by_a_fifth_of_its_range_at_least() -> None:
    """The lightest two, pale and hollow, differ by less, and have outlines in other colours."""
    lightness = sorted(0.299 * r + 0.587 * g + 0.114 * b for r, g, b in map(_rgb, RUN_FILLS))
    assert all(above - below > 0.2 * 255 for below, above in pairwise(lightness[:-1]))


def _rgb(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour.removeprefix("#")))
