"""Robustness and regret of two policies in futures made by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sim.analysis.futures.robustness import tabulate_robustness
from sim.errors import RequestError

FUTURES = pd.DataFrame(
    {"scenario": [0, 1, 2, 0, 1, 2], "policy": ["firm"] * 3 + ["mild"] * 3, "model": "m"}
)
WAR = {"war": np.array([0.1, 0.4, 0.2, 0.2, 0.2, 0.2])}
"""Where the firm policy loses, it loses much."""


def rows(**more: float) -> pd.DataFrame:
    """Return the table of war, the lower the better, by policy."""
    return tabulate_robustness(FUTURES, WAR, {"war": "low"}, more).set_index("policy")


def test_regret_is_what_a_policy_loses_against_the_best_of_each_future() -> None:
    table = rows()
    assert table["regret_max"].tolist() == pytest.approx([0.2, 0.1])
    assert table["regret_mean"].tolist() == pytest.approx([0.2 / 3, 0.1 / 3])
    assert table["regret_90"].tolist() == pytest.approx([0.16, 0.08])
    assert table["share_best"].tolist() == pytest.approx([2 / 3, 2 / 3])


def test_the_worst_case_is_the_worst_of_the_chosen_end() -> None:
    table = rows()
    assert table[["best", "mean", "worst"]].loc["firm"].tolist() == pytest.approx(
        [0.1, 0.7 / 3, 0.4]
    )
    high = tabulate_robustness(FUTURES, WAR, {"war": "high"}).set_index("policy")
    assert high[["best", "worst", "regret_max"]].loc["mild"].tolist() == pytest.approx(
        [0.2, 0.2, 0.2]
    )


def test_good_enough_is_a_share_of_futures() -> None:
    assert rows(war=0.2)["share_good"].tolist() == pytest.approx([2 / 3, 1])
    assert rows()["share_good"].isna().all()


def test_a_future_in_which_a_policy_has_no_value_counts_for_none() -> None:
    partly = {"war": np.array([0.1, np.nan, 0.2, 0.2, 0.2, 0.2])}
    table = tabulate_robustness(FUTURES, partly, {"war": "low"})
    assert table["futures"].tolist() == [2, 2]
    assert table["regret_max"].tolist() == pytest.approx([0, 0.1])
    nowhere = {"war": np.full(6, np.nan)}
    assert tabulate_robustness(FUTURES, nowhere, {"war": "low"})["futures"].tolist() == [0, 0]


def test_one_future_has_no_spread() -> None:
    one = FUTURES[FUTURES["scenario"] == 0]
    table = tabulate_robustness(one, {"war": np.array([0.1, 0.2])}, {"war": "low"})
    assert table["sd"].isna().all()


@pytest.mark.parametrize(
    ("kept", "better", "message"),
    [
        (slice(None), {"peace": "low"}, "peace: is no outcome\n    allowed: war"),
        (slice(None), {"war": "less"}, "better: war is 'less'\n    allowed: low, high"),
        (slice(0, 5), {"war": "low"}, "war: not every policy was tried in every future"),
    ],
)
def test_what_cannot_be_compared_is_said(kept: slice, better: dict[str, str], message: str) -> None:
    outcomes = {"war": WAR["war"][kept]}
    with pytest.raises(RequestError) as caught:
        tabulate_robustness(FUTURES[kept], outcomes, better)  # type: ignore[arg-type]
    assert str(caught.value).startswith(message)
