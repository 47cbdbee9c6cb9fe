"""The case that a theory is asked about, from answers of the past."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.model.arrays import Vector
from sim.model.theory.cases import HonourCase
from sim.model.theory.contest import win_chance
from sim.validation.studies.theories.circumstances import Circumstances
from sim.validation.studies.theories.past_conduct import PastConduct
from sim.validation.studies.universe.estimates import RuleEstimates
from sim.validation.studies.universe.record import FACTS, Record, RecordedAnswer


@dataclass(frozen=True)
class PastAnswers:
    """Answers of the past, with all that theories weigh.

    Attributes:
        record: the answers in the form of the record.
        circumstances: strength, distance, regime and shifts of power.
        conduct: what earlier wars said of the allies.
        worth: worth of the partner to the ally, (answer,); 0 where nobody coded it.
        standing: class of each ally had it promised nothing.
    """

    record: Record
    circumstances: Circumstances
    conduct: PastConduct
    worth: Vector
    standing: tuple[str, ...]

    def build_case(self, rule: RuleEstimates, left_out: Sequence[int] = ()) -> HonourCase:
        """Return the case of every answer, its places the answers.

        Args:
            rule: the record of allies' answers, without the wars that are forecast.
            left_out: these wars, of which no reputation may know.
        """
        facts = self.record.facts
        quarrels, joint, nuclear, other_war = (facts[:, place] for place in range(len(FACTS)))
        due, not_due, consulted = self.record.promises[:, :3].T
        bound = due + not_due + consulted > 0
        return HonourCase.of(
            **self._strengths(),
            record=np.array([rule.anchors[cell].value for cell in self.record.cells]),
            record_unbound=self._standing_log_odds(rule),
            aid_due=due,
            aid_not_due=not_due,
            consultation=consulted,
            worth=self.worth,
            reputation=self.conduct.reputation(left_out) * bound,
            own_quarrels=quarrels,
            joint_disputes=joint,
            nuclear=nuclear,
            other_wars=other_war,
            began=self.record.mask(lambda row: row.partner_began).astype(float),
            major_power=self.record.mask(lambda row: row.major_power).astype(float),
        )

    def _strengths(self) -> dict[str, Vector]:
        """Return the facts of strength: chances as if the principals fought at one place."""
        its = self.circumstances
        ally, partner, opponent = its.strengths
        return {
            "ally_capability": ally,
            "partner_capability": partner,
            "opponent_capability": opponent,
            "ally_reach": its.ally_reach,
            "opponent_reach_ally": its.opponent_reach_ally,
            "winning_alone": win_chance(partner, opponent),
            "winning_with": win_chance(partner + ally * its.ally_reach, opponent),
            "ally_polyarchy": its.polyarchy,
            "power_shift": its.power_shift,
            "opponent_growth": its.opponent_growth,
        }

    def _standing_log_odds(self, rule: RuleEstimates) -> Vector:
        cells = zip(self.record.rows, self.standing, strict=True)
        return np.array([rule.anchors[row.era, standing].value for row, standing in cells])


def standing_of(row: RecordedAnswer) -> str:
    """Return the class of an ally of the record had it promised nothing."""
    if row.major_power:
        return "major_power"
    return "neighbour" if row.neighbour else "bystander"
