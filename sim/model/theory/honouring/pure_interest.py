"""Pure interest: an ally fights for what the partner's fate is worth to it, whatever it promised.

Source: Morgenthau (1948), as restated by Downs, Rocke and Barsoom (1996): promises are kept where
they would have been acted on anyway.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from sim.model.arrays import Terms
from sim.model.theory.cases import HonourCase
from sim.model.theory.protocol import Numbers
from sim.scenario.schema.quantity import Grade, Quantity


class PureInterest:
    """An ally fights for what the partner's fate is worth to it, whatever it promised."""

    numbers: ClassVar[Mapping[str, Quantity]] = {
        "interest": Quantity(
            value=1.5,
            low=0.5,
            high=3.0,
            unit="log-odds per unit of worth",
            meaning="weight of what the partner's fate is worth to the ally",
            source="judgement",
            grade=Grade.JUDGEMENT,
        ),
    }
    terms: ClassVar[Mapping[str, str]] = {
        "record": "states of its standing seldom fight for others",
        "interest": "the partner's fate matters to it",
    }

    def honour(self, numbers: Numbers, case: HonourCase) -> Terms:
        """Return the terms of open war, in log-odds, (place,) each."""
        return {"record": case.record_unbound, "interest": numbers.interest * case.worth}
