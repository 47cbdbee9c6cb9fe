"""Features of an ally that are known before the war, for a regression."""

from __future__ import annotations

from sim.model.geography import great_circle_km
from sim.scenario.schema.actors import PairSpec
from sim.scenario.schema.scenario import Scenario
from sim.scenario.schema.treaties import Obligation, TreatySpec
from sim.validation.studies.casebook.answers import AllyAnswer
from sim.validation.studies.casebook.cases import WarCase

COMMITMENTS = ("aid due", "aid promised, not due", "consultation", "nothing that bears on it")
"""Commitments of an ally, the strongest first."""
ANSWER_CLASSES = (
    "aid_due_two",
    "aid_due_more",
    "aid_not_due",
    "consultation",
    "major_power",
    "neighbour",
    "bystander",
)
"""Classes of the record of answers, the strongest promise first; see `EraSpec`."""
_COMMITMENT_OF_CLASS = dict(
    zip(ANSWER_CLASSES, (COMMITMENTS[0], *COMMITMENTS[:3], *(COMMITMENTS[3],) * 3), strict=True)
)
FEATURE_NAMES = (
    "aid due",
    "aid promised, not due",
    "consultation",
    "worth",
    "share of strength",
    "distance (1000 km)",
    "major power",
    "democracy",
    "partner began",
    "after 1945",
)
_AID_OBLIGATIONS = {Obligation.DEFENCE, Obligation.OFFENCE}
_FIRST_POST_WAR_YEAR = 1946


def ally_features(case: WarCase, answer: AllyAnswer) -> tuple[float, ...]:
    """Return the features of one ally in one case, in the order of `FEATURE_NAMES`."""
    actors, kind = case.scenario.actors, commitment_of(case, answer)
    ally, partner = actors[answer.ally], actors[answer.partner]
    opponent = actors[case.opponent_of(answer.partner)]
    strengths = [actor.capability.value for actor in (ally, partner, opponent)]
    borders = answer.partner in ally.borders or answer.ally in partner.borders
    tie = case.scenario.ties.get(answer.ally, {}).get(answer.partner)
    return (
        *(float(kind == commitment) for commitment in COMMITMENTS[:3]),
        tie.worth.value if tie and tie.worth else 0.0,
        strengths[0] / sum(strengths),
        0.0 if borders else great_circle_km(ally.capital, partner.capital) / 1000,
        float(ally.major_power),
        ally.polyarchy.value,
        float(case.attacker == answer.partner),
        float(case.scenario.start.year >= _FIRST_POST_WAR_YEAR),
    )


def commitment_of(case: WarCase, answer: AllyAnswer) -> str:
    """Return the commitment of the ally in this war, one of `COMMITMENTS`."""
    return _COMMITMENT_OF_CLASS[answer_class(case, answer)]


def answer_class(case: WarCase, answer: AllyAnswer) -> str:
    """Return the class of the record from which the rule starts, one of `ANSWER_CLASSES`.

    It is that of the strongest promise, or of the ally's standing where nothing was promised; the
    model determines it in the same way.
    """
    both = {answer.ally, answer.partner}
    bonds = [treaty for treaty in case.scenario.treaties.values() if both <= set(treaty.parties)]
    promised = {_promised_class(treaty, case, answer.partner) for treaty in bonds}
    standing = standing_class(case, answer.ally)
    return min((promised | {standing}) - {""}, key=ANSWER_CLASSES.index)


def _promised_class(treaty: TreatySpec, case: WarCase, partner: str) -> str:
    """Return what a treaty between the two promises in this war; empty if neither aid nor talks."""
    protected = not treaty.protects or partner in treaty.protects
    if _AID_OBLIGATIONS & set(treaty.obligations) and protected:
        if not _is_aid_due(treaty, case.attacker == partner):
            return "aid_not_due"
        return "aid_due_two" if treaty.is_bilateral else "aid_due_more"
    return "consultation" if Obligation.CONSULTATION in treaty.obligations else ""


def standing_class(case: WarCase, ally: str) -> str:
    """Return the class of the record of an actor that promised nothing."""
    if case.scenario.actors[ally].major_power:
        return "major_power"
    near = any(are_contiguous(case.scenario, ally, rival) for rival in case.rivalry.between)
    return "neighbour" if near else "bystander"


def are_contiguous(scenario: Scenario, one: str, other: str) -> bool:
    """Return whether two actors share a land border or lie within 150 miles of water."""
    actors = scenario.actors
    land = other in actors[one].borders or one in actors[other].borders
    pair = pair_facts(scenario, one, other)
    return land or bool(pair and pair.sea_neighbours)


def pair_facts(scenario: Scenario, one: str, other: str) -> PairSpec | None:
    """Return the facts about two actors; none where there is nothing to say about them."""
    pairs = scenario.pairs.values()
    return next((pair for pair in pairs if {*pair.between} == {one, other}), None)


def _is_aid_due(treaty: TreatySpec, partner_began: bool) -> bool:
    return not partner_began or not treaty.conditional or Obligation.OFFENCE in treaty.obligations
