"""Aggregation and threat: an ally fights a power that threatens it, where its weight decides.

Walt (1987): states align against threat, which is power, nearness, and hostile intentions; neither
likeness nor promises decide. Capability aggregation, as Morrow (1991) sets it out: an alliance is
worth what it adds, so an ally that turns defeat into victory comes, and one that adds nothing stays
out. The ally's own quarrels with the opponent are the intentions.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from sim.model.arrays import Terms
from sim.model.theory.cases import HonourCase
from sim.model.theory.contest import win_chance
from sim.model.theory.honouring.interest import (
    INTEREST_NUMBERS,
    INTEREST_TERMS,
    interest_terms,
)
from sim.model.theory.protocol import Numbers
from sim.scenario.schema.quantity import Grade, Quantity


class BalanceOfThreat:
    """An ally fights a power that threatens it, where its weight decides."""

    numbers: ClassVar[Mapping[str, Quantity]] = {
        **INTEREST_NUMBERS,
        "power": Quantity(
            value=1.5,
            low=0.0,
            high=3.0,
            unit="log-odds per share of strength",
            meaning="Weight of the opponent's strength, as it would arrive, against the ally's.",
            source=("walt-1987", "judgement"),
            grade=Grade.JUDGEMENT,
            note="Direction published, size judged.",
        ),
        "decides": Quantity(
            value=2.0,
            low=0.0,
            high=4.0,
            unit="log-odds per unit of the chance to win",
            meaning="Weight of how far the ally's strength changes who wins.",
            source=("morrow-1991", "altfeld-bdm-1979", "judgement"),
            grade=Grade.JUDGEMENT,
            note="Direction published, size judged.",
        ),
    }
    terms: ClassVar[Mapping[str, str]] = {
        **INTEREST_TERMS,
        "power": "the opponent is strong and near",
        "decides": "its weight decides the war",
    }

    def honour(self, numbers: Numbers, case: HonourCase) -> Terms:
        """Return the terms of open war, in log-odds, (place,) each."""
        arriving = case.opponent_capability * case.opponent_reach_ally
        return {
            **interest_terms(numbers, case),
            "power": numbers.power * win_chance(arriving, case.ally_capability),
            "decides": numbers.decides * (case.winning_with - case.winning_alone),
        }
