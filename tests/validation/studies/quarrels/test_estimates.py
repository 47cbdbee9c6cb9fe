"""What few disputes say is drawn towards what all say, and what many say is not."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import dirichlet_multinomial, nbinom

from sim.model.recording.history import History
from sim.model.simulate import simulate
from sim.statistics.arrays import FloatArray
from sim.statistics.intervals import Interval
from sim.validation.studies.quarrels.estimates import (
    FittedRecord,
    QuarrelEstimate,
    estimate_pairs,
    fit_record,
)
from sim.validation.studies.quarrels.openings import (
    eventual_climb,
    highest_of_opening,
    opening_of_highest,
)
from sim.validation.studies.quarrels.record import DisputeRecord, read_disputes
from sim.validation.studies.quarrels.shrinkage import FittedPrior, fit_rates, fit_shares
from tests.model.compare_histories import counted
from tests.worlds import SCENARIOS, number, quarrel, real, rivalry

CLIMB, DIES = 0.15, 0.3


@cache
def fitted() -> FittedRecord:
    return fit_record(read_disputes(SCENARIOS, list(real("no_pact").actors)))


@cache
def estimates() -> tuple[QuarrelEstimate, ...]:
    return tuple(estimate_pairs(fitted(), fitted().record.pairs, CLIMB, DIES))


def planted(begun: list[list[int]]) -> FittedRecord:
    """Return a record of one pair, (period, side), with priors that are given."""
    counts = np.array([begun], dtype=float)
    total = counts.sum(axis=2)
    highest = np.stack([0 * total, total, 0 * total], axis=2)
    record = DisputeRecord(
        (("elm", "fir"),), ((1954, 1990), (1991, 2010)), np.array([[37.0, 20.0]]), counts,
        total / 2, highest,
    )  # fmt: skip
    third = Interval(1 / 3, 0, 1)
    return FittedRecord(
        record,
        totals=FittedPrior(third, np.array([1.0, 5.0])),
        who=FittedPrior(third, np.array([1.5, 1.5])),
        resisted=FittedPrior(third, np.array([2.0, 2.0])),
        highest=FittedPrior(third, np.array([1.0, 2.0, 3.0])),
    )


counts = st.integers(min_value=0, max_value=40)


@given(st.lists(st.lists(counts, min_size=2, max_size=2), min_size=2, max_size=2))
def test_who_begins_lies_between_one_half_and_what_was_counted(begun: list[list[int]]) -> None:
    (pair,) = estimate_pairs(planted(begun), [("elm", "fir")], CLIMB, DIES)
    first, second = (rate.value for rate in pair.rates)
    weighed = np.array(begun[0]) / 3 + begun[1]
    raw = weighed[0] / weighed.sum() if weighed.sum() else 0.5
    share = first / (first + second)
    assert min(raw, 0.5) - 1e-9 <= share <= max(raw, 0.5) + 1e-9


@given(st.lists(st.lists(counts, min_size=2, max_size=2), min_size=2, max_size=2))
def test_the_sides_together_begin_the_pairs_total_which_lies_between_its_own_and_that_of_all(
    begun: list[list[int]],
) -> None:
    (pair,) = estimate_pairs(planted(begun), [("elm", "fir")], CLIMB, DIES)
    total = sum(rate.value for rate in pair.rates)
    raw = (sum(begun[0]) / 3 + sum(begun[1])) / (37 / 3 + 20)
    assert total == pytest.approx((1 + raw * (37 / 3 + 20)) / (5 + 37 / 3 + 20))
    assert min(raw, 1 / 5) - 1e-9 <= total <= max(raw, 1 / 5) + 1e-9


@given(st.lists(st.lists(counts, min_size=2, max_size=2), min_size=2, max_size=2))
def test_every_estimate_is_a_share_within_its_range_and_openings_add_up(
    begun: list[list[int]],
) -> None:
    (pair,) = estimate_pairs(planted(begun), [("elm", "fir")], CLIMB, DIES)
    chances = [pair.yearly_chance(actor) for actor in pair.pair]
    for value, low, high in (*chances, pair.resisted):
        assert 0 <= low <= value <= high <= 1
    assert sum(share.value for share in pair.opening.values()) == pytest.approx(1)
    assert pair.highest.sum() == pytest.approx(1)


def test_a_chance_a_year_is_that_of_at_least_one_dispute() -> None:
    pair = QuarrelEstimate(
        ("elm", "fir"), (Interval(0.5, 0.2, 0.9), Interval(0, 0, 0)), Interval(0, 0, 0),
        np.zeros(3), {},
    )  # fmt: skip
    assert pair.yearly_chance("elm") == pytest.approx([1 - np.exp(-x) for x in (0.5, 0.2, 0.9)])
    assert pair.yearly_chance("fir") == (0, 0, 0)


# -- what is fitted ---------------------------------------------------------------------------


def test_a_period_that_says_nothing_of_the_next_has_no_weight() -> None:
    generator = np.random.default_rng(3)
    before, after = (generator.binomial(60, generator.beta(1, 1, 80)) for _ in range(2))
    split = [np.stack([own, 60 - own], axis=1).astype(float) for own in (before, after)]
    assert fit_shares(*split).weight.high < 0.1


def test_a_period_that_continues_in_the_next_has_full_weight() -> None:
    generator = np.random.default_rng(4)
    shares = generator.beta(1, 1, 200)
    before, after = (generator.binomial(12, shares) for _ in range(2))
    split = [np.stack([own, 12 - own], axis=1).astype(float) for own in (before, after)]
    prior = fit_shares(*split, even=True)
    assert prior.weight.value > 0.6
    assert prior.parameters == pytest.approx([1, 1], rel=0.3)


def test_rates_that_vary_over_pairs_are_found_again() -> None:
    generator = np.random.default_rng(5)
    rates = generator.gamma(2, 0.25 / 2, 300)
    years = np.tile([37.0, 20.0], (300, 1))
    prior = fit_rates(generator.poisson(rates[:, None] * years).astype(float), years)
    assert prior.parameters[0] / prior.parameters[1] == pytest.approx(0.25, rel=0.1)
    assert prior.parameters[0] == pytest.approx(2, rel=0.3)
    assert prior.weight.value > 0.6


def test_the_fit_is_as_likely_as_scipy_says_and_no_neighbour_is_likelier() -> None:
    record, prior = fitted().record, fitted().who
    weight, strength = prior.weight.value, prior.parameters.sum()

    def likelihood(strength: float, weight: float) -> float:
        even = np.full(2, strength / 2)
        before, after = record.begun[:, 0], record.begun[:, 1]
        terms = dirichlet_multinomial.logpmf(before, even, before.sum(axis=1))
        later = dirichlet_multinomial.logpmf(after, even + weight * before, after.sum(axis=1))
        return float((terms + later).sum())

    best = likelihood(strength, weight)
    assert best >= likelihood(strength * 1.1, weight)
    assert best >= likelihood(strength / 1.1, weight)
    assert best >= likelihood(strength, weight + 0.04)
    assert best >= likelihood(strength, weight - 0.04)


def test_rates_are_as_likely_as_scipy_says_too() -> None:
    record, prior = fitted().record, fitted().totals
    disputes = record.begun.sum(axis=2)

    def likelihood(shape: float, base: float, weight: float) -> float:
        existed = record.years[:, 0] > 0
        chances = base / (base + record.years[existed, 0])
        before = nbinom.logpmf(disputes[existed, 0], shape, chances).sum()
        shapes, bases = shape + weight * disputes[:, 0], base + weight * record.years[:, 0]
        after = nbinom.logpmf(disputes[:, 1], shapes, bases / (bases + record.years[:, 1])).sum()
        return float(before + after)

    shape, base = prior.parameters
    best = likelihood(shape, base, prior.weight.value)
    for factor in (0.9, 1.1):
        assert best >= likelihood(shape * factor, base, prior.weight.value)
        assert best >= likelihood(shape, base * factor, prior.weight.value)
    assert best >= likelihood(shape, base, prior.weight.value + 0.04)
    assert best >= likelihood(shape, base, prior.weight.value - 0.04)


def test_how_often_changed_between_the_periods_more_than_who_begins() -> None:
    assert fitted().totals.weight.high < 1 / 3
    assert fitted().who.weight.value > fitted().totals.weight.value


def test_one_who_began_nearly_all_begins_most() -> None:
    (pair,) = [pair for pair in estimates() if pair.pair == ("japan", "russia")]
    japan, russia = (rate.value for rate in pair.rates)
    assert 0.8 < russia / (japan + russia) < 22 / 23


# -- how disputes open ------------------------------------------------------------------------

shares = st.lists(st.floats(0.02, 1), min_size=3, max_size=3).map(
    lambda parts: np.array(parts) / sum(parts)
)


@given(shares, st.floats(0, 0.5))
def test_what_opens_so_is_found_again_from_what_it_reaches(
    opening: FloatArray, climbs: float
) -> None:
    highest = highest_of_opening(opening, climbs)
    assert highest.sum() == pytest.approx(1)
    np.testing.assert_allclose(opening_of_highest(highest, climbs), opening, atol=1e-9)


@given(shares, st.floats(0, 0.5))
def test_openings_are_shares_whatever_is_recorded(highest: FloatArray, climbs: float) -> None:
    opening = opening_of_highest(highest, climbs)
    assert ((opening >= 0) & (opening <= 1)).all()
    assert opening.sum() == pytest.approx(1)


def test_where_nothing_climbs_disputes_open_as_they_are_recorded() -> None:
    highest = np.array([0.1, 0.6, 0.3])
    np.testing.assert_allclose(opening_of_highest(highest, 0), highest)


def test_the_model_climbs_as_often_as_it_is_reckoned_to() -> None:
    opening = {"threat": 0.3, "display": 0.5, "force": 0.2}
    history = _simulate_lonely(opening)
    reached = _highest_shares(history)
    climbs = eventual_climb(CLIMB, DIES, 0.6)
    np.testing.assert_allclose(
        reached, highest_of_opening(np.array(list(opening.values())), climbs), atol=0.02
    )


def _simulate_lonely(opening: dict[str, float]) -> History:
    """Return one dispute a world, in its first month, with nobody else to expect."""
    once = rivalry("rival", "member", onset=(0.999, 0.0)) | {
        "opening": {name: number(share) for name, share in opening.items()}
    }
    rules = {"rules__escalate__climb": CLIMB, "rules__escalate__dies": DIES}
    lonely = quarrel(treaties={}, ties={}, months=36, rivalries__feud=once, **rules)
    return simulate(lonely, 0, 4000)


def _highest_shares(history: History) -> FloatArray:
    """Return the shares of first disputes by the highest rung that they reach short of war."""
    rungs = history.months["rung_feud"].reshape(4000, -1)
    opened = [counted(history, "challenge", level=rung, month=1) > 0 for rung in (2, 3, 4)]
    first = np.logical_or.reduce(opened)
    ended = np.minimum.accumulate(rungs[first] > 1, axis=1)
    starts = np.select([where[first] for where in opened], [2, 3, 4])
    highest = np.maximum((rungs[first] * ended).max(axis=1), starts).clip(max=4)
    return np.array([(highest == rung).mean() for rung in (2, 3, 4)])
