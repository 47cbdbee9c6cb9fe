"""At its default settings the real scenario has the orders of magnitude that were reported.

A thousand worlds each; what is measured stands beside each test. Where the model and the record
part, the test is marked as failing, with the number and a guess at the reason: the range is not
widened to fit.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.model.entities.rivalry import WAR
from sim.model.recording.history import History
from sim.model.simulate import simulate
from tests.model.institutions.month_by_month import watched
from tests.model.institutions.timing import NEVER, first
from tests.worlds import changed, real

pytestmark = pytest.mark.slow

WORLDS = 1000


@cache
def pact() -> History:
    return simulate(real("pact"), 0, WORLDS)


@cache
def no_pact() -> History:
    return simulate(real("no_pact"), 0, WORLDS)


# -- munitions --------------------------------------------------------------------------------


def test_a_few_hundred_thousand_rounds_a_month_are_delivered_at_first() -> None:
    """Reported: .2 to .8 million. Measured: median .27, 90 per cent of worlds .11 to .53."""
    low, median, high = np.percentile(_monthly("delivered_arms_2023")[:, 0], (5, 50, 95))
    assert 0.15 <= median <= 0.8
    assert low > 0.05
    assert 0.4 < high < 0.8


def test_estimates_of_them_lie_as_far_apart_as_published_ones() -> None:
    """Reported: two families a factor of three apart. Measured: .08 to .70 million."""
    low, high = np.percentile(_monthly("seen_arms_2023")[:, 0], (5, 95))
    assert high / low > 3


def test_deliveries_fall_while_the_war_lasts() -> None:
    """Measured: after 18 months .66 of the first three, and less in nine worlds of ten."""
    left = _left_of_deliveries(18)
    assert np.median(left) < 0.8
    assert (left < 1).mean() > 0.8


@pytest.mark.xfail(
    strict=True,
    reason="halved in .22 of worlds after 18 months and in .36 after 24: old stock runs out, but "
    "new output of .12 million a month does not (with half of it .47 and .66), and what is "
    "returned begins at nothing and makes the supplier more willing as it grows",
)
def test_deliveries_are_halved_after_a_year_and_a_half_of_war_in_most_worlds() -> None:
    """Reported: more than halved in 2025."""
    assert (_left_of_deliveries(18) <= 0.5).mean() > 0.5


def test_the_buyer_fires_what_it_is_said_to_fire_and_runs_short_as_the_war_goes_on() -> None:
    """Reported: .30 to .50 million a month. Measured: .51 in the first, .43 in the 25th month."""
    fired, short = [], []
    for before, now, _ in watched(changed(real("pact"), months=25), 300):
        on = now.on["ukraine"]
        fired.append(np.median((now.russia_arsenal.fired - before.russia_arsenal.fired)[on]))
        short.append((now.russia_arsenal.fired_share[on] < 0.99).mean())
    assert 0.3 < fired[-1] < fired[0] < 0.6
    assert short[0] < 0.1 < short[-1]


def test_gifts_to_the_defender_come_to_a_tenth_of_a_million_rounds_a_month() -> None:
    """Reported: 1.2 million a year. Measured: median .12 million a month at first."""
    both = [_monthly(f"delivered_{giver}_ukraine")[:, 0] for giver in ("usa", "europe")]
    assert 0.05 < np.median(np.sum(both, axis=0)) < 0.2


# -- what comes back --------------------------------------------------------------------------


def test_a_twelfth_or_so_of_the_value_is_returned_in_goods_and_money() -> None:
    """Reported: 5 to 12 per cent. Measured: .06 to .11 in 90 per cent of worlds."""
    low, median, high = np.percentile(pact().worlds["returned_arms_2023"], (5, 50, 95))
    assert 0.05 <= low < median < high <= 0.12


def test_technology_stays_below_the_top_tier_in_most_worlds() -> None:
    """Reported: the third tier at most, by the end of 2025. Measured: the fourth in .06."""
    tiers = np.bincount(pact().worlds["technology_arms_2023"], minlength=5) / WORLDS
    assert tiers[4] < 0.15
    assert tiers[2:4].sum() > 0.5


def test_the_first_technology_comes_within_months_of_the_first_soldiers() -> None:
    """Measured, where both come (.58 of worlds): median a month after them."""
    soldiers, technology = _first(pact(), "troops_sent"), _first(pact(), "technology")
    both = (soldiers < NEVER) & (technology < NEVER)
    lag = (technology - soldiers)[both]
    assert both.mean() > 0.4
    assert abs(np.median(lag)) <= 3
    assert (np.abs(lag) <= 6).mean() > 0.5


# -- soldiers ---------------------------------------------------------------------------------


def test_soldiers_never_come_before_the_treaty_binds_and_often_before_it_is_in_force() -> None:
    """Reported: 52 to 57 days before. Measured: so in .61 of the worlds with soldiers."""
    months = _first(pact(), "troops_sent")
    sent = np.flatnonzero(months < NEVER)
    binding = _monthly("binding_pact_2024")[sent, months[sent] - 1]
    assert (binding > 0).all()
    assert 0.4 < (binding < 1).mean() < 0.8
    assert 0.4 < len(sent) / WORLDS < 0.8


def test_without_the_treaty_no_soldiers_come() -> None:
    """Reported: none before the treaty."""
    assert not no_pact().worlds["troops_arms_2023"].any()


def test_soldiers_are_soon_seen_and_late_admitted() -> None:
    """Reported: seen after 5 to 10 days, admitted after 6.5 months. Measured: seen in the same
    month in .53 of worlds; where they end the denial, that takes 7 months in the median."""
    sent, seen, admitted = (
        _first(pact(), event) for event in ("troops_sent", "troops_seen", "admits")
    )
    lag = (seen - sent)[seen < NEVER]
    assert np.median(lag) <= 1
    denied = (admitted - sent)[(sent < NEVER) & (admitted < NEVER) & (admitted >= sent)]
    assert 3 <= np.median(denied) <= 12


# -- provocations and vetoes ------------------------------------------------------------------


def test_provocations_come_at_first_as_often_as_before_the_treaty_and_then_calm() -> None:
    """Reported: 44 in the year before it, 51 in the year after. Measured: 3.4 a month in the first
    year, 1.9 in the third."""
    monthly = _monthly("provocations_dprk")
    assert 3 < monthly[:, :12].mean() < 4.3
    assert 1.3 < monthly[:, 24:].mean() < 2.5


def test_strategic_tests_come_between_as_often_as_in_the_long_record_and_as_in_the_years_before(
) -> None:  # fmt: skip
    """Reported: 8 intercontinental missiles and 5 satellites in the 30 months before, 11 and 8 in
    150. Measured: 1.9 and 1.4 a year."""
    assert 0.9 < pact().worlds["icbm_dprk"].mean() / 3 < 3.2
    assert 0.6 < pact().worlds["satellite_dprk"].mean() / 3 < 2


def test_three_intercontinental_tests_in_a_month_are_no_routine() -> None:
    """Reported: never more than two. Measured: such a month in .03 of worlds."""
    events = pact().events
    tests = (events["event"] == "provocation") & (events["subject"] == "icbm")
    assert (tests & (events["level"] >= 3)).sum() / WORLDS < 0.06


def test_the_buyer_vetoes_nearly_always_at_first() -> None:
    """Reported: two of two since 2022. Measured: .97 of worlds would see a veto in month two."""
    assert 0.8 < _monthly("cover_security_council")[:, 1].mean() < 0.995


# -- helpers ----------------------------------------------------------------------------------


def _monthly(column: str) -> NDArray[Any]:
    monthly: NDArray[Any] = pact().months[column].reshape(WORLDS, -1)
    return monthly


def _left_of_deliveries(month: int) -> NDArray[np.float64]:
    """Return deliveries of a month as a share of the first three, where the war still goes on."""
    at_war = (_monthly("rung_ukraine")[:, :month] == WAR).all(axis=1)
    delivered = _monthly("delivered_arms_2023")[at_war]
    left: NDArray[np.float64] = delivered[:, month - 1] / delivered[:, :3].mean(axis=1)
    return left


def _first(history: History, event: str) -> NDArray[np.int64]:
    """Return the month in which each world first saw such an event about the arms."""
    return first(history, event, "arms_2023")
