"""Forecasts of every past answer by every theory, each from the other wars alone.

The levels from which theories start, the slopes that rest on the record, and the reputations are
determined without the war that is forecast. The numbers of a theory are those that it declares, or
fitted on the other wars with what it declares as a prior.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from scipy.special import expit

from sim.model.theory.protocol import HonourTheory
from sim.statistics.arrays import Mask, Vector
from sim.validation.studies.casebook.recorded import NO_WAR, CasebookRecord
from sim.validation.studies.theories.lesser_aid import AidAnswers, fit_lesser_aid
from sim.validation.studies.theories.numbers import declared_values, fit_values, log_odds
from sim.validation.studies.theories.past_cases import PastAnswers
from sim.validation.studies.theories.rivals import DEFAULT, held_values, take_places
from sim.validation.studies.universe.estimates import RuleEstimates, estimate_rule

DECLARED, FITTED = "as declared", "fitted on the other wars"
Values = dict[str, float]


class Forecaster(NamedTuple):
    """Who forecasts: a theory, and where its numbers come from."""

    theory: str
    numbers: str


class CasebookForecasts(NamedTuple):
    """The chances that one forecaster gives to the answers of the casebook, (answer,) each."""

    any_aid: Vector
    open_war: Vector


Theories = Mapping[str, HonourTheory]
_Learnt = dict[Forecaster, Values]


def learn_values(
    past: PastAnswers, theories: Theories, rule: RuleEstimates, left_out: tuple[int, ...]
) -> _Learnt:
    """Return the numbers of every forecaster, learnt from the record without some wars."""
    case = past.build_case(rule, left_out)
    kept = ~np.isin(past.record.war, left_out)
    others, joined = take_places(case, kept), past.record.joined[kept]
    learnt: _Learnt = {}
    for name, theory in theories.items():
        held = held_values(theory, rule)
        learnt[Forecaster(name, DECLARED)] = {**declared_values(theory), **held}
        learnt[Forecaster(name, FITTED)] = fit_values(theory, others, joined, held)
    return learnt


def forecast_record(
    past: PastAnswers, theories: Theories, wars: Sequence[int] = ()
) -> dict[Forecaster, Vector]:
    """Return the chances that each forecaster gives to open war, (answer,), war by war.

    Args:
        past: the answers of the record.
        theories: the rivals, by name.
        wars: the wars to forecast; by default all. The chances of other answers are 0.
    """
    record = past.record
    found: dict[Forecaster, Vector] = {}

    def note(forecaster: Forecaster, own: Mask, chances: Vector) -> None:
        found.setdefault(forecaster, np.zeros(len(record.rows)))[own] = chances

    for war in wars or np.unique(record.war).tolist():
        own, rule = record.war == war, estimate_rule(record, {war})
        note(Forecaster(DEFAULT, FITTED), own, rule.chances(record.take(own)))
        asked = take_places(past.build_case(rule, (war,)), own)
        for forecaster, values in learn_values(past, theories, rule, (war,)).items():
            willing = log_odds(theories[forecaster.theory], asked, values)
            note(forecaster, own, np.asarray(expit(willing)))
    return found


def forecast_casebook(
    past: PastAnswers,
    casebook: PastAnswers,
    known: CasebookRecord,
    theories: Theories,
    crises: Sequence[str] = (),
) -> dict[Forecaster, CasebookForecasts]:
    """Return the chances that each forecaster gives to the casebook's answers, crisis by crisis.

    The weight of worth and the steps to lesser aid are in no other data than the casebook's; they
    are fitted for each theory on the other crises, as for the rule itself.

    Args:
        past: the answers of the record.
        casebook: the answers of the casebook.
        known: the same with what allies did.
        theories: the rivals, by name.
        crises: the crises to forecast; by default all. The chances of other answers are 0.
    """
    found: dict[Forecaster, CasebookForecasts] = {}
    for crisis in crises or sorted(set(known.crises)):
        own = np.array(known.crises) == crisis
        wars = tuple({int(war) for war in known.record.war[own]} - {NO_WAR})
        rule = estimate_rule(past.record, wars)
        learnt = learn_values(past, theories, rule, wars)
        case = casebook.build_case(rule, wars)
        for forecaster, values in learnt.items():
            theory = theories[forecaster.theory]
            answers = AidAnswers.of(known, log_odds(theory, case, _without_worth(values)))
            numbers = fit_lesser_aid(answers.take(~own), weighs_worth="worth" in theory.numbers)
            _note(found, forecaster, own, CasebookForecasts(*answers.take(own).chances(numbers)))
    return found


def _note(
    found: dict[Forecaster, CasebookForecasts],
    forecaster: Forecaster,
    own: Mask,
    chances: CasebookForecasts,
) -> None:
    empty = CasebookForecasts(*(np.zeros(len(own)) for _ in chances))
    for whole, part in zip(found.setdefault(forecaster, empty), chances, strict=True):
        whole[own] = part


def _without_worth(values: Values) -> Values:
    return {**values, **({"worth": 0.0} if "worth" in values else {})}
