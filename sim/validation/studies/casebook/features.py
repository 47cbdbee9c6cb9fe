"""What can be said of an ally before the war, without living it: the features of a regression."""

from __future__ import annotations

from sim.model.geography import great_circle_km
from sim.scenario.schema.treaties import Obligation, TreatySpec
from sim.validation.studies.casebook.answers import Answer
from sim.validation.studies.casebook.cases import Case

KINDS = ("aid due", "aid promised, not due", "consultation", "nothing that bears on it")
"""How an ally was bound, the strongest first."""
FEATURES = (
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
_AID = {Obligation.DEFENCE, Obligation.OFFENCE}
_POST_WAR = 1946


def features(case: Case, answer: Answer) -> tuple[float, ...]:
    """Return the features of one ally in one case, in the order of `FEATURES`."""
    actors, kind = case.scenario.actors, kind_of(case, answer)
    ally, partner = actors[answer.ally], actors[answer.partner]
    opponent = actors[case.opponent(answer.partner)]
    strengths = [each.capability.value for each in (ally, partner, opponent)]
    borders = answer.partner in ally.borders or answer.ally in partner.borders
    tie = case.scenario.ties.get(answer.ally, {}).get(answer.partner)
    return (
        *(float(kind == each) for each in KINDS[:3]),
        tie.worth.value if tie and tie.worth else 0.0,
        strengths[0] / sum(strengths),
        0.0 if borders else great_circle_km(ally.capital, partner.capital) / 1000,
        float(ally.major_power),
        ally.polyarchy.value,
        float(case.attacker == answer.partner),
        float(case.scenario.start.year >= _POST_WAR),
    )


def kind_of(case: Case, answer: Answer) -> str:
    """Return how the ally was bound in this war, one of `KINDS`."""
    both = {answer.ally, answer.partner}
    bonds = [it for it in case.scenario.treaties.values() if both <= set(it.parties)]
    began = case.attacker == answer.partner
    aid = [it for it in bonds if _AID & set(it.obligations) and _owed(it, answer.partner)]
    if any(_due(treaty, began) for treaty in aid):
        return KINDS[0]
    if aid:
        return KINDS[1]
    return KINDS[2] if any(Obligation.CONSULTATION in it.obligations for it in bonds) else KINDS[3]


def _owed(treaty: TreatySpec, partner: str) -> bool:
    return not treaty.protects or partner in treaty.protects


def _due(treaty: TreatySpec, began: bool) -> bool:
    return not began or not treaty.conditional or Obligation.OFFENCE in treaty.obligations
