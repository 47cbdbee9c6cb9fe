"""Bars show the metrics; pairs are counted world by world."""

from __future__ import annotations

import numpy as np
import pytest

from sim.errors import RequestError
from sim.report.data import pairs, unpaired
from sim.report.fourway import fourway
from sim.report.outcomes import outcomes
from sim.report.run import Run, open_runs
from sim.report.words import percent
from tests.report.conftest import WITHOUT, Live


def test_bars_are_the_headlines_that_happen_or_not_with_their_intervals(one: list[Run]) -> None:
    (figure,) = outcomes(one)
    assert [row["measure"] for row in figure.table] == ["war_any", "war_strait", "honoured_pact"]
    for row in figure.table:
        metric = one[0].metrics[str(row["measure"])]
        assert (row["value"], row["low"], row["high"]) == (metric.value, metric.low, metric.high)
        assert row["worlds"] == metric.worlds


def test_the_bars_drawn_are_those_of_the_table(two: list[Run]) -> None:
    (figure,) = outcomes(two)
    drawn = figure.spec["layer"][0]["data"]["values"]
    values = {(row["run"], row["measure"]): row["value"] for row in drawn}
    assert values == {(row["run"], row["measure"]): row["value"] for row in figure.table}


def test_pairs_are_counted_four_ways() -> None:
    first = np.array([True, True, False, False, True])
    second = np.array([True, False, True, False, False])
    found = pairs(first, second)
    assert (found.both, found.provoked, found.deterred, found.neither) == (1, 2, 1, 1)
    assert found.total == 5


def test_the_four_counts_are_those_of_the_planted_worlds(two: list[Run]) -> None:
    """With the pact every third world has a war, without it every fourth, both every twelfth."""
    (figure,) = fourway(two)
    row = figure.table[0]
    counts = {name: row[name] for name in ("both", "provoked", "deterred", "neither", "pairs")}
    assert counts == {"both": 8, "provoked": 25, "deterred": 17, "neither": 50, "pairs": 100}
    assert figure.says.startswith(
        "Of 100 pairs of worlds, a new war breaks out somewhere: in both 8, only in The strait 25, "
        "only in No pact 17, in neither 50."
    )


def test_the_other_way_round_what_was_provoked_is_deterred(two: list[Run]) -> None:
    (there,), (back,) = fourway(two), fourway(two[::-1])
    for row, turned in zip(there.table, back.table, strict=True):
        assert (row["provoked"], row["deterred"]) == (turned["deterred"], turned["provoked"])
        assert (row["both"], row["neither"]) == (turned["both"], turned["neither"])


def test_what_can_only_happen_in_some_worlds_is_not_paired(two: list[Run]) -> None:
    (figure,) = fourway(two)
    assert "honoured_pact" not in {row["measure"] for row in figure.table}


def test_one_run_has_no_pairs(one: list[Run]) -> None:
    with pytest.raises(RequestError, match="needs two results folders"):
        list(fourway(one))


@pytest.mark.parametrize(
    ("setting", "fault"),
    [
        ("seed=8", "they differ in seed: 7 and 8"),
        ("worlds=50", "they differ in worlds: 100 and 50"),
    ],
)
def test_worlds_that_are_no_twins_are_not_paired(setting: str, fault: str, live: Live) -> None:
    runs = open_runs([live(), live(*WITHOUT, setting)])
    assert unpaired(*runs) == fault
    with pytest.raises(RequestError, match=fault):
        list(fourway(runs))


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0, "0 %"),
        (0.001, "0.1 %"),
        (0.345, "34 %"),
        (0.0995, "10 %"),
        (0.999, "99.9 %"),
        (1, "100 %"),
    ],
)
def test_shares_near_none_and_all_keep_a_decimal(share: float, said: str) -> None:
    assert percent(share) == said
