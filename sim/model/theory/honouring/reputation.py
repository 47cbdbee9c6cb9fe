"""Reputation: a promise binds because others will trust an ally less that breaks it.

Schelling (1966): commitments are interdependent, since each shows what the others are worth. Gibler
(2008) and Crescenzi and others (2012) find that states which honoured their pacts are sought as
allies. Who has a name for honouring has more to lose, and is of a kind that honours. Against it:
Mercer (1996), by whom allies seldom get a name for resolve, and Press (2005).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from sim.model.arrays import Terms
from sim.model.theory.cases import HonourCase
from sim.model.theory.honouring.interest import (
    INTEREST_NUMBERS,
    INTEREST_TERMS,
    PARTNER_NUMBERS,
    PARTNER_TERMS,
    interest_terms,
    partner_terms,
)
from sim.model.theory.protocol import Numbers
from sim.scenario.schema.quantity import Grade, Quantity


class Reputation:
    """A promise binds because others will trust an ally less that breaks it."""

    numbers: ClassVar[Mapping[str, Quantity]] = {
        **INTEREST_NUMBERS,
        **PARTNER_NUMBERS,
        "name": Quantity(
            value=1.2,
            low=0.4,
            high=2.0,
            unit="log-odds",
            meaning="Added by what a promise that is due stakes of an ally's name.",
            source=("gibler-2008", "judgement"),
            grade=Grade.JUDGEMENT,
            note="Direction published, size judged.",
        ),
        "past": Quantity(
            value=2.0,
            low=0.0,
            high=4.0,
            unit="log-odds per unit of belief",
            meaning="Added as far as the ally is believed to honour, above the prior belief.",
            source=("crescenzi-kathman-kleinberg-wood-2012", "judgement"),
            grade=Grade.JUDGEMENT,
            note="Direction published; others find no such effect, so the range begins at none.",
        ),
        "not_due": Quantity(
            value=0.3,
            low=0.0,
            high=0.6,
            unit="share of the stake",
            meaning="Stake that is left where the text does not oblige the ally in this war.",
            source="judgement",
            grade=Grade.JUDGEMENT,
        ),
    }
    terms: ClassVar[Mapping[str, str]] = {
        **INTEREST_TERMS,
        **PARTNER_TERMS,
        "name": "its name as an ally is at stake",
        "past": "its past as an ally",
    }

    def honour(self, numbers: Numbers, case: HonourCase) -> Terms:
        """Return the terms of open war, in log-odds, (place,) each."""
        staked = case.aid_due + numbers.not_due * case.aid_not_due * (1 - case.aid_due)
        return {
            **interest_terms(numbers, case),
            **partner_terms(numbers, case),
            "name": numbers.name * staked,
            "past": numbers.past * staked * case.reputation,
        }
