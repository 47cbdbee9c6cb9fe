"""Features of an ally that are known before the war, for a regression."""

from __future__ import annotations

from sim.model.geography import great_circle_km
from sim.scenario.schema.treaties import Obligation, TreatySpec
from sim.validation.studies.casebook.answers import AllyAnswer
from sim.validation.studies.casebook.cases import WarCase

COMMITMENTS = ("aid due", "aid promised, not due", "consultation", "nothing that bears on it")
"""Commitments of an ally, the strongest first."""
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
    both = {answer.ally, answer.partner}
    bonds = [treaty for treaty in case.scenario.treaties.values() if both <= set(treaty.parties)]
    began = case.attacker == answer.partner
    aid = [
        treaty
        for treaty in bonds
        if _AID_OBLIGATIONS & set(treaty.obligations) and _protects_partner(treaty, answer.partner)
    ]
    if any(_is_aid_due(treaty, began) for treaty in aid):
        return COMMITMENTS[0]
    if aid:
        return COMMITMENTS[1]
    consultation = any(Obligation.CONSULTATION in treaty.obligations for treaty in bonds)
    return COMMITMENTS[2] if consultation else COMMITMENTS[3]


def _protects_partner(treaty: TreatySpec, partner: str) -> bool:
    return not treaty.protects or partner in treaty.protects


def _is_aid_due(treaty: TreatySpec, partner_began: bool) -> bool:
    return not partner_began or not treaty.conditional or Obligation.OFFENCE in treaty.obligations
