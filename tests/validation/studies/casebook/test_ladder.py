"""The rule in closed form: worth, lesser aid, and the numbers that are fitted to the casebook."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import expit, logit

from sim.model.arrays import Vector
from sim.statistics.intervals import Interval
from sim.validation.studies.casebook.ladder import (
    ONLOOKER_WORTH,
    PROMISED_WORTH,
    STEP_GROUPS,
    FittedNumbers,
    fit_numbers,
    forecast_aid,
)
from sim.validation.studies.casebook.recorded import CasebookRecord
from sim.validation.studies.universe.estimates import RuleEstimates
from sim.validation.studies.universe.record import CLASSES, ERAS, FACTS, Record, RecordedAnswer

RATES = dict(zip(CLASSES, (0.4, 0.2, 0.1, 0.1, 0.05, 0.04, 0.01), strict=True))
NO_FACTS = np.zeros(len(FACTS))
RULE = RuleEstimates(
    anchors={
        (era, name): Interval(float(logit(rate)), 0.0, 0.0)
        for era in ERAS
        for name, rate in RATES.items()
    },
    means={(era, name): NO_FACTS for era in ERAS for name in RATES},
    slopes=np.array([0.8, 0.9, -1.0, -0.3]),
)
"""A rule whose classes all stood at no facts, so that rates are those of its anchors."""
STEPS = np.array([0.1, 0.5, 1.5, 1.2, 2.0])


def recorded(commitment: str, *, year: int = 1980, own_quarrels: int = 0) -> RecordedAnswer:
    """Return the answer of an ally of one class to which no other fact applies."""
    due = commitment.startswith("aid_due")
    promise = {"aid_not_due": "not_due", "consultation": "consultation"}
    return RecordedAnswer(
        war=1,
        name="War",
        year=year,
        ally="ally",
        partner="partner",
        opponent="opponent",
        obligation="due" if due else promise.get(commitment, "none"),
        parties=commitment.removeprefix("aid_due_")
        if due
        else "two" * (commitment == "aid_not_due"),
        tied_to_opponent=False,
        major_power=commitment == "major_power",
        neighbour=commitment == "neighbour",
        own_quarrels=own_quarrels,
        joint_disputes=False,
        nuclear_opponent=False,
        other_war=False,
        partner_began=False,
        in_casebook=True,
        published="",
        joined=False,
    )


def casebook(*rows: RecordedAnswer, worth: float | None = None) -> CasebookRecord:
    """Return answers whose allies would be bystanders had they promised nothing.

    The partner is worth what partners of the first class are worth on average, unless said.
    """
    usual = ONLOOKER_WORTH if rows[0].obligation == "none" else PROMISED_WORTH
    worth = usual if worth is None else worth
    standing = tuple(row.commitment if row.obligation == "none" else "bystander" for row in rows)
    none = np.zeros(len(rows), dtype=np.int8)
    return CasebookRecord(
        Record(rows), np.full(len(rows), worth), standing, none, ("1980",) * len(rows)
    )


@pytest.mark.parametrize("commitment", CLASSES)
def test_at_the_means_of_its_class_the_rule_says_the_measured_rate(commitment: str) -> None:
    forecasts = forecast_aid(casebook(recorded(commitment)), RULE, FittedNumbers(1.5, STEPS))
    assert forecasts.open_war == pytest.approx([RATES[commitment]])


def test_lesser_aid_lies_a_step_below_open_war() -> None:
    forecasts = forecast_aid(casebook(recorded("major_power")), RULE, FittedNumbers(1.5, STEPS))
    assert forecasts.any_aid == pytest.approx([expit(logit(0.05) + 2.0)])
    early = casebook(recorded("major_power", year=1900))
    assert forecast_aid(early, RULE, FittedNumbers(1.5, STEPS)).any_aid == pytest.approx(
        [expit(logit(0.05) + 0.1)]
    )


def test_lesser_aid_is_never_less_likely_than_from_one_that_owes_less() -> None:
    """Aid due to many starts at .2 with a step of .5; aid not due at .1 with one of 1.5."""
    due, not_due = (
        forecast_aid(casebook(recorded(name)), RULE, FittedNumbers(1.5, STEPS)).any_aid
        for name in ("aid_due_more", "aid_not_due")
    )
    assert due == pytest.approx(not_due)
    assert due > expit(logit(0.2) + 0.5)


def test_worth_and_own_quarrels_raise_both_chances() -> None:
    plain, dear, hostile = (
        forecast_aid(answers, RULE, FittedNumbers(1.5, STEPS))
        for answers in (
            casebook(recorded("consultation")),
            casebook(recorded("consultation"), worth=PROMISED_WORTH + 0.4),
            casebook(recorded("consultation", own_quarrels=2)),
        )
    )
    for forecasts, added in ((dear, 0.6), (hostile, 1.6)):
        assert logit(forecasts.open_war) - logit(plain.open_war) == pytest.approx([added])
        assert logit(forecasts.any_aid) - logit(plain.any_aid) == pytest.approx([added])


def test_another_era_can_be_assumed() -> None:
    late = casebook(recorded("major_power"))
    assumed = forecast_aid(late, RULE, FittedNumbers(1.5, STEPS), "to_1945")
    assert assumed.any_aid == pytest.approx([expit(logit(0.05) + 0.1)])


def test_fitting_recovers_numbers_that_were_planted() -> None:
    generator = np.random.default_rng(4)
    rows = tuple(
        recorded(name, year=year) for year in (1900, 1980) for name in CLASSES for _ in range(600)
    )
    worth: Vector = generator.choice(np.array([-0.4, 0.0, 0.4, 0.8]), len(rows))
    planted = FittedNumbers(1.5, STEPS)
    answers = CasebookRecord(
        Record(rows),
        worth,
        casebook(*rows).standing,
        np.zeros(len(rows), dtype=np.int8),
        ("1",) * len(rows),
    )
    truth = forecast_aid(answers, RULE, planted)
    draws = generator.uniform(size=len(rows))
    levels = np.where(draws < truth.open_war, 3, np.where(draws < truth.any_aid, 1, 0))
    fitted = fit_numbers(
        CasebookRecord(answers.record, worth, answers.standing, levels, answers.crises), RULE
    )
    assert fitted.worth == pytest.approx(1.5, abs=0.2)
    late = dict(zip(STEP_GROUPS, fitted.steps - STEPS, strict=True))
    for group in ("aid promised, not due", "consultation", "nothing", "to 1945"):
        assert late[group] == pytest.approx(0, abs=0.25)
