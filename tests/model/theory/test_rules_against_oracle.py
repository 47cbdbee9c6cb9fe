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
from sim.model.theory import attrition, contest, crisis, honour, joining, quantal_response, rates
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


@given(worlds(odds, weights))
def test_reaching_a_level_of_an_ordered_choice(rows: Rows) -> None:
    agree(quantal_response.level_chance, lambda willing, cut: oracle.chance(willing - cut), rows)


@given(worlds(odds, weights, weights))
def test_the_levels_of_an_ordered_choice_by_one_exponential(rows: Rows) -> None:
    for level in (0, 1):
        agree(
            lambda willing, *cuts, at=level: quantal_response.level_chances(
                willing, map(np.exp, cuts)
            )[at],
            lambda willing, *cuts, at=level: oracle.chance(willing - cuts[at]),
            rows,
        )


def test_extreme_log_odds_are_certain(recwarn: pytest.WarningsRecorder) -> None:
    far = np.array([-1e9, -np.inf, 1e9, np.inf])
    assert quantal_response.logistic(far) == pytest.approx([0, 0, 1, 1], abs=1e-200)
    assert quantal_response.level_chances(far, [1.0, 100.0])[1] == pytest.approx(
        [0, 0, 1, 1], abs=1e-200
    )
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


@given(worlds(within, coefficients, shares, shares))
def test_whether_to_join(rows: Rows) -> None:
    def engine(record: Vector, contagion: Vector, threshold: Vector, share: Vector) -> Vector:
        rules = coefficients_of(contagion=contagion, threshold=threshold)
        return total(joining.join_considerations(record, rules, share).values())

    agree(engine, oracle.join, rows)


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
    "promise": coefficients,
    "worth": signed,
    "marginal": shares,
    "reputation": shares,
    "opposition": shares,
    "distance": st.floats(0, 20_000),
    "standing_aside": shares,
    "autocracy": shares,
    "nuclear": shares,
    "payment": shares,
    "credibility": coefficients,
} | dict.fromkeys(
    ("home_soil", "began", "stationed", "busy", "major_power"), st.sampled_from((0, 1))
)
WEIGHTS = (
    *("era", "clear", "began", "interest", "marginal", "reputation", "cost"),
    *("nuclear", "distance", "stationed", "busy", "standing_aside", "major_power", "autocracy"),
    "payment",
)


@given(st.fixed_dictionaries(dict.fromkeys(WEIGHTS, coefficients)), st.fixed_dictionaries(CASE))
def test_willingness_of_an_ally(rules: dict[str, float], case: dict[str, float]) -> None:
    vectors: dict[str, Any] = {name: np.array([number]) for name, number in case.items()}
    weights = coefficients_of(**rules)
    groups = (
        honour.treaty_considerations(weights, _select(honour.TreatyTerms, vectors)),
        honour.relationship_considerations(weights, _select(honour.Relationship, vectors)),
        honour.circumstance_considerations(weights, _select(honour.Circumstances, vectors)),
        honour.other_war_considerations(weights, vectors["busy"]),
    )
    willingness = honour.willingness(*(total(terms.values()) for terms in groups))
    assert willingness[0] == pytest.approx(oracle.willing(rules, case), rel=1e-9, abs=1e-9)


def _select(group: Any, vectors: dict[str, Any]) -> Any:
    """Return a group of facts with those of the vectors that it has fields for."""
    return group(**{field.name: vectors[field.name] for field in fields(group)})
