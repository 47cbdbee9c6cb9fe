"""Audience costs: a promise binds because a government pays at home for breaking it.

Fearon (1994, 1997): a public commitment ties hands, since audiences punish who backs down. Leeds
(2003) finds that democracies violate fewer alliances, Tomz and Weeks (2021) that a pact raises
support for war by a third of the public, and Weeks (2008) that most autocracies have audiences,
too. Against it: Gartzke and Gleditsch (2004), by whom democracies are the less reliable allies.
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

_MIDDLE = 0.5
"""Polyarchy of an ally between democracy and autocracy."""


class AudienceCosts:
    """A promise binds because a government pays at home for breaking it."""

    numbers: ClassVar[Mapping[str, Quantity]] = {
        **INTEREST_NUMBERS,
        **PARTNER_NUMBERS,
        "violation": Quantity(
            value=1.4,
            low=0.7,
            high=2.1,
            unit="log-odds",
            meaning="Added by the cost of breaking a promise that is due, halfway to democracy.",
            source=("tomz-weeks-2021", "judgement"),
            grade=Grade.JUDGEMENT,
            note="A pact raised support for war by about 33 points (recalled): 1.4 around a half.",
        ),
        "democracy": Quantity(
            value=1.0,
            low=0.0,
            high=2.0,
            unit="log-odds per unit of polyarchy",
            meaning="How much more the cost is where governments answer to voters.",
            source=("leeds-2003-io", "weeks-2008", "judgement"),
            grade=Grade.JUDGEMENT,
            note="Direction published; others find none, so the range begins there.",
        ),
        "not_due": Quantity(
            value=0.4,
            low=0.0,
            high=0.8,
            unit="share of the cost",
            meaning="Cost that is left where the text does not oblige the ally in this war.",
            source=("fjelstul-tomz-weeks-reiter-2015", "judgement"),
            grade=Grade.JUDGEMENT,
            note="Audiences blame less where the partner began the war; the size is judged.",
        ),
    }
    terms: ClassVar[Mapping[str, str]] = {
        **INTEREST_TERMS,
        **PARTNER_TERMS,
        "audience": "breaking the promise would cost it at home",
        "democracy": "its government answers to voters",
    }

    def honour(self, numbers: Numbers, case: HonourCase) -> Terms:
        """Return the terms of open war, in log-odds, (place,) each."""
        seen = case.aid_due + numbers.not_due * case.aid_not_due * (1 - case.aid_due)
        return {
            **interest_terms(numbers, case),
            **partner_terms(numbers, case),
            "audience": numbers.violation * seen,
            "democracy": numbers.democracy * seen * (case.ally_polyarchy - _MIDDLE),
        }
