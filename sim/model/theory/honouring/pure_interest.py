"""Pure interest: an ally fights where it gains by fighting, whatever it has promised.

Altfeld and Bueno de Mesquita (1979): a state joins a war as far as its entry changes who wins,
times how much it prefers one winner. Downs, Rocke and Barsoom (1996): agreements are kept where
they ask for what would be done without them. A promise therefore adds nothing.
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

_KINDS_OF_QUARREL = 3


class PureInterest:
    """An ally fights where it gains by fighting, whatever it has promised."""

    numbers: ClassVar[Mapping[str, Quantity]] = {
        **INTEREST_NUMBERS,
        **PARTNER_NUMBERS,
        "gain": Quantity(
            value=2.0,
            low=0.0,
            high=4.0,
            unit="log-odds per unit of expected gain",
            meaning="Weight of how far its entry changes who wins, times what it cares.",
            source=("altfeld-bdm-1979", "judgement"),
            grade=Grade.JUDGEMENT,
            note="Form published, size judged.",
        ),
    }
    terms: ClassVar[Mapping[str, str]] = {
        **INTEREST_TERMS,
        **PARTNER_TERMS,
        "gain": "its entry changes who wins",
    }

    def honour(self, numbers: Numbers, case: HonourCase) -> Terms:
        """Return the terms of open war, in log-odds, (place,) each."""
        cares = case.worth + case.own_quarrels / _KINDS_OF_QUARREL
        return {
            **interest_terms(numbers, case),
            **partner_terms(numbers, case),
            "gain": numbers.gain * cares * (case.winning_with - case.winning_alone),
        }
