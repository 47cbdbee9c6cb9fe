"""The theories of honouring that are scored, and the numbers that are taken from the record."""

from __future__ import annotations

from importlib import import_module

from sim.model.theory.cases import HonourCase
from sim.model.theory.protocol import HonourTheory
from sim.statistics.arrays import Mask
from sim.validation.studies.theories.numbers import declared_values
from sim.validation.studies.universe.estimates import RuleEstimates

RIVALS = {
    "pure_interest": "PureInterest",
    "audience_costs": "AudienceCosts",
    "reputation": "Reputation",
    "balance_of_threat": "BalanceOfThreat",
    "power_shift": "PowerShift",
}
DEFAULT = "record"
_FROM_RECORD = {"own_quarrel": 1.0, "joint_dispute": 1.0, "nuclear": -1.0, "busy": -1.0}
"""Numbers that rest on the record, in the order of its facts, and their sign in a theory. They are
estimated anew without the wars that are forecast."""
_UNFITTED = ("worth", "stationed")
"""Numbers on which the record is silent; they stay as declared."""


def rival_theories() -> dict[str, HonourTheory]:
    """Return the rival theories, by name."""
    return {
        name: getattr(import_module(f"sim.model.theory.honouring.{name}"), title)()
        for name, title in RIVALS.items()
    }


def held_values(theory: HonourTheory, rule: RuleEstimates) -> dict[str, float]:
    """Return the numbers that no theory fits: slopes of the record, and what it does not hold."""
    slopes = dict(zip(_FROM_RECORD, rule.slopes.tolist(), strict=True))
    held = {name: max(sign * slopes[name], 0.0) for name, sign in _FROM_RECORD.items()}
    held |= {name: declared_values(theory).get(name, 0.0) for name in _UNFITTED}
    return {name: value for name, value in held.items() if name in theory.numbers}


def take_places(case: HonourCase, mask: Mask) -> HonourCase:
    """Return the case with only the places of a mask, (place,)."""
    facts = {name: getattr(case, name)[mask] for name in HonourCase.fact_names()}
    return HonourCase.of(**facts)
