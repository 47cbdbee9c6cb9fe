"""Anchors, means and slopes: what they rest on, and what is left out of them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.special import expit, logit
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from sim.errors import RequestError
from sim.validation.studies.universe.estimates import (
    RuleEstimates,
    estimate_anchors,
    estimate_rule,
    group_by_cell,
    weighted_anchor,
)
from sim.validation.studies.universe.published_rates import (
    HONOUR_COUNTS,
    HonourCounts,
    Rate,
    remaining_honour_counts,
)
from sim.validation.studies.universe.record import FACTS, Record
from sim.validation.studies.universe.regression import fit_regression, regression_terms
from tests.validation.studies.universe.handmade import RECORD, answer, due, record

ESTIMATES = estimate_rule(RECORD)
WORLD_WAR = 139
SINCE = "since_1946"
BILATERAL = ("to_1945", "aid_due_two")


def test_at_the_means_of_a_class_the_chance_is_that_of_its_anchor() -> None:
    for cell, rows in group_by_cell(RECORD).items():
        mean = Record(rows.rows[:1])
        mean.__dict__["facts"] = ESTIMATES.means[cell][None, :]
        assert ESTIMATES.log_odds(mean)[0] == pytest.approx(ESTIMATES.anchors[cell].value)


def test_means_are_those_of_the_answers_that_the_anchor_rests_on() -> None:
    rows = [row for row in RECORD.rows if (row.era, row.commitment) == ("since_1946", "neighbour")]
    untied = [row.own_quarrels for row in rows if not row.tied_to_opponent]
    assert len(untied) < len(rows)
    assert ESTIMATES.means["since_1946", "neighbour"][0] == pytest.approx(np.mean(untied))


def test_those_to_whom_aid_was_due_share_the_means_of_their_era() -> None:
    due_since = [r.own_quarrels for r in RECORD.rows if (r.era, r.obligation) == (SINCE, "due")]
    for commitment in ("aid_due_two", "aid_due_more"):
        assert ESTIMATES.means[SINCE, commitment][0] == pytest.approx(np.mean(due_since))


def test_a_fact_moves_the_log_odds_by_its_slope() -> None:
    rule = RuleEstimates(ESTIMATES.anchors, ESTIMATES.means, np.array([0.5, 0.2, -1.0, -0.3]))
    none, all_of_them = due(own_quarrels=0), due(own_quarrels=2, joint_disputes=True)
    low, high = rule.log_odds(record(none, all_of_them))
    assert high - low == pytest.approx(2 * 0.5 + 0.2)


def test_aid_due_is_the_mean_of_both_sources_by_inverse_variance() -> None:
    own, published = logit(16.5 / 30), logit(33.5 / 51)
    precision = np.array([1 / (1 / 16.5 + 1 / 13.5), 1 / (1 / 33.5 + 1 / 17.5)])
    expected = precision @ [own, published] / precision.sum()
    anchor = ESTIMATES.anchors[BILATERAL]
    assert anchor.value == pytest.approx(expected)
    assert anchor.low <= min(own, published) < max(own, published) <= anchor.high


def test_onlookers_since_1946_are_half_way_between_both_codings() -> None:
    anchor = ESTIMATES.anchors["since_1946", "bystander"]
    assert anchor.value == pytest.approx((logit(0.5 / 312) + logit(0.0035)) / 2)
    before = ESTIMATES.anchors["to_1945", "bystander"]
    assert before.value == pytest.approx(logit(1.5 / 121))


def test_a_range_spans_sources_that_differ() -> None:
    sources = (Rate(-3.0, 0.01), Rate(0.0, 0.01))
    assert weighted_anchor(sources, np.array([0.5, 0.5])) == pytest.approx((-1.5, -3.0, 0.0))


def test_nothing_in_a_war_that_is_left_out_matters() -> None:
    changed = [
        replace(row, joined=not row.joined, own_quarrels=3) if row.war == WORLD_WAR else row
        for row in RECORD.rows
    ]
    first, second = (estimate_rule(rows, {WORLD_WAR}) for rows in (RECORD, changed))
    assert first.anchors == second.anchors
    assert np.array_equal(first.slopes, second.slopes)
    assert estimate_rule(changed).anchors != ESTIMATES.anchors


def test_with_wars_left_out_rates_that_cannot_be_split_are_not_used() -> None:
    cell = ("since_1946", "neighbour")
    assert estimate_anchors(RECORD, {1})[cell] == estimate_anchors(RECORD, published=False)[cell]
    assert estimate_anchors(RECORD)[cell] != estimate_anchors(RECORD, published=False)[cell]


def test_published_cases_of_a_war_are_taken_from_their_counts() -> None:
    rows = (
        due(ally="ITA", published="honoured"),
        due(ally="SPN", published="violated"),
        due(ally="TUR", parties="more", published="violated"),
        due(ally="POR", parties="more", published="violated"),
        due(ally="RUS", war=55, published="honoured"),
    )
    counts = remaining_honour_counts(record(*rows), {58})
    assert counts[BILATERAL] == HonourCounts(32, 48)
    assert counts["to_1945", "aid_due_more"] == HonourCounts(10, 17)
    assert counts["since_1946", "aid_due_two"] == HONOUR_COUNTS["since_1946", "aid_due_two"]


def test_published_counts_never_fall_below_none() -> None:
    assert HonourCounts(1, 3).less(HonourCounts(2, 2)) == HonourCounts(0, 2)


def test_a_class_without_any_case_has_no_anchor() -> None:
    rule = estimate_rule([due(joined=True), due(ally="SPN"), answer()])
    with pytest.raises(RequestError) as error:
        rule.log_odds(record(answer(major_power=True)))
    assert str(error.value) == "to_1945.major_power: has no anchor; no source has a case of it"


def test_a_record_in_which_nobody_joined_yields_no_rule() -> None:
    with pytest.raises(RequestError) as error:
        estimate_rule([due(joined=True), answer(war=1)], {58})
    assert str(error.value) == "nobody joined a war in what remains of the record"


def test_the_regression_is_that_of_scikit_learn_on_standardised_terms() -> None:
    terms = regression_terms(RECORD)
    model = make_pipeline(StandardScaler(), LogisticRegression(C=0.3, solver="newton-cholesky"))
    model.fit(terms, RECORD.joined)
    chances = fit_regression(RECORD).chances(RECORD)
    assert chances == pytest.approx(model.predict_proba(terms)[:, 1])


def test_a_slope_that_was_planted_is_found() -> None:
    draws = np.random.default_rng(1).uniform(size=4000)
    quarrels = np.arange(4000) % 4
    joined = draws < expit(-3 + 1.0 * quarrels)
    rows = [
        answer(war=number // 40, own_quarrels=int(count), joined=bool(yes))
        for number, (count, yes) in enumerate(zip(quarrels, joined, strict=True))
    ]
    slopes = dict(zip(FACTS, estimate_rule(rows).slopes, strict=True))
    assert slopes["own_quarrels"] == pytest.approx(1.0, abs=0.15)
    assert slopes["joint_disputes"] == 0
