"""What the rule knows of each answer before the war, read from the case, for a closed form of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.model.arrays import Mask, Vector
from sim.scenario.schema.rules.answers import AnchorSpec
from sim.validation.studies.casebook.answers import AllyAnswer
from sim.validation.studies.casebook.cases import WarCase
from sim.validation.studies.casebook.features import answer_class, are_contiguous, pair_facts


@dataclass(frozen=True)
class RuleInputs:
    """What the rule weighs in one answer.

    Attributes:
        era: code of the era of the record.
        answer_class: class of the record, a field of `EraSpec`.
        own_quarrel: the ally's own quarrels with the opponent, 0 to 3.
        joint_dispute: 1 where ally and partner stood together in a dispute of ten years.
        nuclear: 1 where the opponent holds nuclear weapons.
        busy: 1 where the ally is at war elsewhere; a case holds one war, so always 0.
        worth: worth of the partner to the ally.
    """

    era: str
    answer_class: str
    own_quarrel: float
    joint_dispute: float
    nuclear: float
    busy: float
    worth: float


CONSIDERATIONS = {
    "own_quarrel": "own_quarrels",
    "joint_dispute": "joint_disputes",
    "nuclear": "nuclear_opponent",
    "busy": "other_war",
}
"""Considerations that the record of all wars measures, and the field of their mean."""


def rule_inputs(case: WarCase, answer: AllyAnswer) -> RuleInputs:
    """Return what the rule weighs in one answer."""
    scenario, opponent = case.scenario, case.opponent_of(answer.partner)
    own = pair_facts(scenario, answer.ally, opponent)
    shared = pair_facts(scenario, answer.ally, answer.partner)
    tie = scenario.ties.get(answer.ally, {}).get(answer.partner)
    quarrels = [own.rivals, own.disputes > 0] if own else []
    eras = scenario.rules.answers.items()
    return RuleInputs(
        era=next(code for code, era in eras if era.covers(scenario.start.year)),
        answer_class=answer_class(case, answer),
        own_quarrel=are_contiguous(scenario, answer.ally, opponent) + sum(quarrels),
        joint_dispute=float(bool(shared and shared.joint_disputes)),
        nuclear=float(scenario.actors[opponent].nuclear_warheads.value > 0),
        busy=0.0,
        worth=tie.worth.value if tie and tie.worth else 0.0,
    )
