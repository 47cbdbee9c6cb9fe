"""Bargaining: a pact holds while power stands as it stood when the pact was struck.

A pact is a bargain between two whose terms reflect what each could then do. Where power has
shifted between them, one would now ask for more or give less, and neither can commit itself not to
(Fearon 1995; Powell 2006). Leeds (2003) finds changes in power among the strongest predictors of
violation, Leeds and Savun (2007) of pacts ended before their time. An ally whose opponent grows has
a motive to fight now rather than later (Levy 1987).

How far power shifted since the signature is known only in part. What is not known is expected to
grow as a random walk: with the square root of the years.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import numpy as np

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


class PowerShift:
    """A pact holds while power stands as it stood when the pact was struck."""

    numbers: ClassVar[Mapping[str, Quantity]] = {
        **INTEREST_NUMBERS,
        **PARTNER_NUMBERS,
        "bargain": Quantity(
            value=1.6,
            low=0.8,
            high=2.4,
            unit="log-odds",
            meaning="Added by a promise that is due, while power is as it was at the signature.",
            source="judgement",
            grade=Grade.JUDGEMENT,
            note="As much as other theories give a promise; no estimate.",
        ),
        "decay": Quantity(
            value=1.0,
            low=0.3,
            high=2.5,
            unit="per unit of log strength",
            meaning="How fast a promise loses its hold as power shifts between the two.",
            source=("leeds-2003-io", "leeds-savun-2007", "judgement"),
            grade=Grade.JUDGEMENT,
            note="Direction published, size judged: at 1, a shift of one half leaves .61 of it.",
        ),
        "drift": Quantity(
            value=0.09,
            low=0.065,
            high=0.144,
            unit="log strength per square root of a year",
            meaning="How far the relative strength of two states moves in a year.",
            source="ally-universe",
            grade=Grade.ESTIMATED,
            note="Changes of states between wars of the record: .065 by the median, .144 by the "
            "mean square. Two states that move independently would move .092 at the former.",
        ),
        "rising": Quantity(
            value=0.5,
            low=0.0,
            high=1.2,
            unit="log-odds per unit of log strength",
            meaning="Weight of the opponent's growth beside the ally's in the last ten years.",
            source=("levy-1987", "judgement"),
            grade=Grade.JUDGEMENT,
            note="Direction published, size judged.",
        ),
        "not_due": Quantity(
            value=0.3,
            low=0.0,
            high=0.6,
            unit="share of the promise",
            meaning="Promise that is left where the text does not oblige the ally in this war.",
            source="judgement",
            grade=Grade.JUDGEMENT,
        ),
    }
    terms: ClassVar[Mapping[str, str]] = {
        **INTEREST_TERMS,
        **PARTNER_TERMS,
        "bargain": "the promise, as far as power stands as it did",
        "rising": "the opponent is growing",
    }

    def honour(self, numbers: Numbers, case: HonourCase) -> Terms:
        """Return the terms of open war, in log-odds, (place,) each."""
        shift = np.sqrt(case.power_shift**2 + numbers.drift**2 * case.pact_age)
        due = case.aid_due + numbers.not_due * case.aid_not_due * (1 - case.aid_due)
        return {
            **interest_terms(numbers, case),
            **partner_terms(numbers, case),
            "bargain": numbers.bargain * due * np.exp(-numbers.decay * shift),
            "rising": numbers.rising * case.opponent_growth,
        }
