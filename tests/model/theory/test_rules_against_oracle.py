"""Each rule of choice gives the oracle's result for arbitrary arguments."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.model.arrays import Terms, Vector, total
from sim.model.theory import (
    anchor,
    attrition,
    contest,
    crisis,
    honour,
    joining,
    quantal_response,
    rates,
)
from sim.model.theory.anchor import Anchor
from sim.model.theory.quantal_response import log_odds
from tests import oracle
from tests.model.oracle_agreement import (
    Rows,
    agree,
    coefficients,
    coefficients_of,
    odds,
    shares,
    signed,
    strengths,
    weights,
    within,
    worlds,
)


def _from_record(considerations: Callable[..., Terms]) -> Callable[..., Vector]:
    """Return the sum of terms, the first of which is a base rate passed on as log-odds."""
    return lambda record, *others: total(considerations(log_odds(record), *others).values())


def _summed(considerations: Callable[..., Terms]) -> Callable[..., Vector]:
    return lambda *numbers: total(considerations(*numbers).values())


# -- chances ------------------------------------------------------------------------------------


@given(worlds(odds))
def test_chance(rows: Rows) -> None:
    agree(quantal_response.logistic, oracle.chance, rows)


@given(worlds(shares))
def test_log_odds(rows: Rows) -> None:
    agree(quantal_response.log_odds, oracle.log_odds, rows)


def test_extreme_log_odds_are_certain(recwarn: pytest.WarningsRecorder) -> None:
    far = np.array([-1e9, -np.inf, 1e9, np.inf])
    assert quantal_response.logistic(far) == pytest.approx([0, 0, 1, 1], abs=1e-200)
    steps = np.array([0.0, 1.0, 2.0, *[0.0] * (1 + len(anchor.MEASURED))])
    record = anchor.Anchor(np.tile(steps[:, None], 4))
    for chances in record.aid_chances(far):
        assert chances == pytest.approx([0, 0, 1, 1], abs=1e-200)
    assert not recwarn


@given(worlds(st.floats(0, 3)))
def test_monthly_chance_of_a_yearly_rate(rows: Rows) -> None:
    agree(rates.monthly_chance, oracle.monthly, rows)


@given(worlds(within, within))
def test_monthly_chance_of_what_comes_eventually(rows: Rows) -> None:
    agree(rates.monthly_hazard, oracle.hazard, rows)


@given(within, within)
def test_what_comes_with_that_monthly_chance_comes_eventually(
    eventually: float, ends: float
) -> None:
    monthly = rates.monthly_hazard(np.array([eventually]), np.array([ends]))[0]
    comes, lasts = 0.0, 1.0
    for _ in range(5_000):
        comes, lasts = comes + lasts * monthly, lasts * (1 - monthly) * (1 - ends)
    assert comes == pytest.approx(eventually, abs=0.01)


# -- trials of strength and choices of a crisis -------------------------------------------------


@given(worlds(strengths, strengths))
def test_who_prevails(rows: Rows) -> None:
    agree(contest.win_chance, oracle.win, rows)


@given(worlds(shares, shares, shares))
def test_what_a_contest_is_worth(rows: Rows) -> None:
    agree(contest.contest_value, oracle.contest, rows)


@given(worlds(shares, shares, shares, shares))
def test_what_a_challenge_is_worth(rows: Rows) -> None:
    agree(contest.challenge_value, oracle.challenge_value, rows)


@given(worlds(shares, shares, shares, shares))
def test_which_side_to_join(rows: Rows) -> None:
    agree(contest.side_preference, oracle.appeal, rows)


@given(worlds(within, weights, coefficients, coefficients, coefficients))
def test_whether_to_challenge(rows: Rows) -> None:
    def expected(
        record: float, rationality: float, value: float, baseline: float, habit: float
    ) -> float:
        return oracle.challenge(record, rationality, value - baseline, habit)

    def engine(*numbers: Vector) -> Vector:
        record, *choice, habit = numbers
        return total(crisis.challenge_considerations(log_odds(record), *choice).values()) + habit

    agree(engine, expected, rows)


@given(worlds(within, weights, shares, shares, shares))
def test_whether_to_resist_or_to_climb(rows: Rows) -> None:
    agree(_from_record(crisis.contest_considerations), oracle.stand, rows)


@given(worlds(within, weights, shares, shares, coefficients, coefficients))
def test_whether_to_go_to_war(rows: Rows) -> None:
    agree(_from_record(crisis.war_considerations), oracle.go_to_war, rows)


@given(worlds(coefficients, shares, shares))
def test_what_the_size_of_a_war_adds(rows: Rows) -> None:
    agree(joining.contagion_log_odds, oracle.contagion, rows)


@given(worlds(within, st.floats(0.5, 60)))
def test_monthly_chance_of_what_comes_within_some_months(rows: Rows) -> None:
    agree(rates.spread_chance, oracle.monthly_of, rows)


@given(worlds(within, *(coefficients,) * 3, shares, shares, signed, strengths, strengths))
def test_whether_a_war_ends_by_agreement(rows: Rows) -> None:
    names = "settles", "weary", "deadlock", "imbalance"

    def engine(*columns: Vector) -> Vector:
        rules = coefficients_of(**dict(zip(names, columns, strict=False)))
        first, second, front, own, other = columns[len(names) :]
        unequal = abs(contest.win_chance(own, other) - contest.win_chance(other, own))
        weariness = (first + second) / 2
        terms = attrition.settlement_considerations(rules, weariness, front, unequal)
        return total(terms.values())

    def expected(*values: float) -> float:
        rules = dict(zip(names, values, strict=False))
        first, second, front, *strengths = values[len(names) :]
        own, other = strengths
        return oracle.settle(rules, (first, second), front, (own, other))

    agree(engine, expected, rows)


# -- the mutual-defence rule --------------------------------------------------------------------

CASE = {
    "own_quarrels": st.integers(0, 3),
    "joint_disputes": st.sampled_from((0, 1)),
    "worth": signed,
    "reputation": signed,
    "payment": shares,
    "credibility": coefficients,
    "nuclear": shares,
    "stationed": st.sampled_from((0, 1)),
    "busy": st.sampled_from((0, 1)),
    "successor": st.sampled_from((0, 1)),
}
WEIGHTS = (
    *("own_quarrel", "joint_dispute", "worth", "reputation", "payment", "nuclear", "busy"),
    *("stationed", "successor"),
)
RECORD = {
    "open_war": coefficients,
    "troops": weights,
    "materiel": weights,
    "own_quarrels": st.floats(0, 3),
    "joint_disputes": shares,
    "nuclear_opponent": shares,
    "other_war": shares,
    "worth": signed,
}
rule_weights = st.fixed_dictionaries(dict.fromkeys(WEIGHTS, coefficients))
records = st.fixed_dictionaries(RECORD)


@given(rule_weights, records, st.fixed_dictionaries(CASE))
def test_the_chances_of_aid_of_an_ally(
    rules: dict[str, float], record: dict[str, float], case: dict[str, float]
) -> None:
    start, beside = _anchor(record, rules), _terms(rules, case)
    groups = (total(terms.values()) for terms in beside)
    willing = honour.willingness(start.at_zero, *groups)
    levels = oracle.levels_at_zero({"class": record}, rules, "class")
    facts = dict(case, own_quarrel=case["own_quarrels"], joint_dispute=case["joint_disputes"])
    expected = oracle.ladder(levels, oracle.departure(rules, facts), stationed=False)
    chances = [chance[0] for chance in start.aid_chances(willing)]
    assert chances == pytest.approx(list(expected), rel=1e-9, abs=1e-9)


@given(rule_weights, records)
def test_at_the_means_of_the_record_the_rule_says_the_measured_rate(
    rules: dict[str, float], record: dict[str, float]
) -> None:
    usual = {
        "own_quarrels": record["own_quarrels"],
        "joint_disputes": record["joint_disputes"],
        "worth": record["worth"],
        "nuclear": record["nuclear_opponent"],
        "busy": record["other_war"],
        **dict.fromkeys(("reputation", "successor", "payment", "credibility", "stationed"), 0.0),
    }
    start = _anchor(record, rules)
    groups = (total(terms.values()) for terms in _terms(rules, usual))
    willing = honour.willingness(start.at_zero, *groups)
    assert willing[0] == pytest.approx(record["open_war"], abs=1e-9)


@given(rule_weights, records, st.fixed_dictionaries(CASE))
def test_the_departures_from_the_record_add_up_to_willingness(
    rules: dict[str, float], record: dict[str, float], case: dict[str, float]
) -> None:
    start, parts = _anchor(record, rules), _terms(rules, case)
    willing = honour.willingness(start.at_zero, *(total(terms.values()) for terms in parts))
    together = {name: term for terms in parts for name, term in terms.items()}
    terms = honour.centred_terms(start, start, coefficients_of(**rules), together)
    assert total(terms.values())[0] == pytest.approx(willing[0], abs=1e-9)
    assert terms["promise"][0] == 0


@given(rule_weights, records, records)
def test_lesser_aid_is_no_less_likely_than_from_an_ally_that_owes_less(
    rules: dict[str, float], record: dict[str, float], weaker: dict[str, float]
) -> None:
    firm, loose = _anchor(record, rules), _anchor(weaker, rules)
    raised = firm.raised_to(loose)
    for own, other in zip(_levels(raised), _levels(loose), strict=True):
        assert own[0] >= other[0] - 1e-9
    assert np.array_equal(raised.open_war, firm.open_war)


@given(rule_weights, records, records, shares)
def test_half_bound_is_half_way(
    rules: dict[str, float], record: dict[str, float], none: dict[str, float], share: float
) -> None:
    firm, without = _anchor(record, rules), _anchor(none, rules)
    promised = [(np.array([share]), firm.table)]
    mixed = anchor.Anchor(anchor.strongest_promise(without.table, promised))
    for level in ("open_war", "at_zero", "troops", "any_aid"):
        low, high = sorted((getattr(firm, level)[0], getattr(without, level)[0]))
        assert low - 1e-9 <= getattr(mixed, level)[0] <= high + 1e-9


@given(rule_weights, records, records)
def test_bound_in_full_is_the_promise_to_the_last_bit(
    rules: dict[str, float], record: dict[str, float], none: dict[str, float]
) -> None:
    """A world in a block where another is bound in part has the bits that it has alone."""
    firm, without = _anchor(record, rules), _anchor(none, rules)
    both = np.repeat(firm.table, 2, axis=1)
    promised = [(np.array([1.0, 0.5]), both)]
    mixed = anchor.strongest_promise(np.repeat(without.table, 2, axis=1), promised)
    assert np.array_equal(mixed[:, 0], firm.table[:, 0])


def _levels(start: Anchor) -> tuple[Vector, Vector]:
    return start.at_zero + start.troops, start.at_zero + start.any_aid


def _anchor(record: dict[str, float], rules: dict[str, float]) -> Anchor:
    measured = {name: np.array([float(number)]) for name, number in record.items()}
    return anchor.build_anchor(coefficients_of(**measured), coefficients_of(**rules))


def _terms(rules: dict[str, float], case: dict[str, float]) -> tuple[Terms, Terms, Terms]:
    vectors: dict[str, Any] = {name: np.array([float(fact)]) for name, fact in case.items()}
    weights_of = coefficients_of(**rules)
    return (
        honour.relationship_considerations(weights_of, _select(honour.Relationship, vectors)),
        honour.circumstance_considerations(weights_of, _select(honour.Circumstances, vectors)),
        honour.other_war_considerations(weights_of, vectors["busy"]),
    )


def _select(group: Any, vectors: dict[str, Any]) -> Any:
    """Return a group of facts with those of the vectors that it has fields for."""
    return group(**{field.name: vectors[field.name] for field in fields(group)})
