"""What a theory of one's own is written with: the cases, the numbers and the terms.

A scenario names a theory in `[theories]`, such as `honour = "my_rules.py:AudienceCost"`; how one is
written stands in docs/theories.md.
"""

from __future__ import annotations

from sim.model.arrays import Terms, Vector
from sim.model.theory.cases import AlignmentCase, CrisisCase, HonourCase, JoinCase, SettlementCase
from sim.model.theory.protocol import (
    AlignmentTheory,
    BoundedTheory,
    ChallengeTheory,
    HonourTheory,
    JoinTheory,
    Numbers,
    SettlementTheory,
)
from sim.scenario.schema.quantity import Quantity as Number
from sim.scenario.theories.permission import allowing_code

__all__ = [
    "AlignmentCase",
    "AlignmentTheory",
    "BoundedTheory",
    "ChallengeTheory",
    "CrisisCase",
    "HonourCase",
    "HonourTheory",
    "JoinCase",
    "JoinTheory",
    "Number",
    "Numbers",
    "SettlementCase",
    "SettlementTheory",
    "Terms",
    "Vector",
    "allowing_code",
]
