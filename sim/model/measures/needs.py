"""What an outcome needs: a promise of aid, without which its difference says nothing.

An outcome that needs a treaty occurs only where there is one. If one of two scenarios lacks the
treaty, the difference is put in by the rule and is no finding. docs/model.md lists the rules.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sim.scenario.commitments import can_bind, list_parties
from sim.scenario.schema.scenario import Scenario
from sim.scenario.schema.treaties import AID_OBLIGATIONS, TreatySpec

RULES_PAGE = "docs/model.md#true-by-construction"
"""Where the rules are explained."""


class Rule(StrEnum):
    """A rule that decides an outcome, so that its difference between scenarios is no finding."""

    TREATY = "only a treaty that was concluded can be in force"
    CALL = "a call needs a treaty that promises aid"
    SOLDIERS = "gate on soldiers"
    EVENT = "an event that the scenario assumes"


@dataclass(frozen=True)
class Need:
    """A promise of aid that an outcome needs, and the rule that asks for it.

    Attributes:
        rule: the rule.
        treaty: code of the treaty that must promise; empty for any.
        ally: code of the actor that must promise; empty for any.
        partner: code of the actor that must be promised aid; empty for any.
        rivalry: the theatre; empty for any.
    """

    rule: Rule
    treaty: str = ""
    ally: str = ""
    partner: str = ""
    rivalry: str = ""

    def is_met(self, scenario: Scenario) -> bool:
        """Whether a scenario has such a promise, or does without the rule."""
        if self.rule is Rule.SOLDIERS and not scenario.mechanisms.soldiers_gate:
            return True
        return any(
            self._promised_by(treaty, list_parties(scenario, code))
            for code, treaty in scenario.treaties.items()
            if self.treaty in {"", code} and can_bind(scenario, code)
        )

    def _promised_by(self, treaty: TreatySpec, parties: tuple[str, ...]) -> bool:
        protected = set(treaty.protects or parties)
        return (
            self.ally in {"", *parties}
            and self.partner in {"", *protected}
            and (not self.rivalry or not treaty.theatres or self.rivalry in treaty.theatres)
            and has_aid_obligation(treaty)
        )


def has_aid_obligation(treaty: TreatySpec) -> bool:
    """Whether the text of a treaty promises to come to a party's aid."""
    return bool(AID_OBLIGATIONS & set(treaty.obligations))
