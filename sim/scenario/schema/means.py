"""What actors make war and threats with: munitions, people, weapons programmes."""

from __future__ import annotations

from sim.scenario.schema.quantity import Frozen, Positive, Share


class MunitionsSpec(Frozen):
    """Artillery munitions of an actor, in million rounds."""

    stock: Positive
    """What can be fired without touching the reserve."""
    production: Positive
    """Made in a month."""
    use: Positive
    """Fired in a month of war when there is enough."""


class ProgrammeSpec(Frozen):
    """A programme of nuclear weapons and long-range missiles."""

    level: Share
    """How far it has come: 0 nothing, 1 a secure arsenal that reaches all its adversaries."""
    drift: Positive
    """What it gains in a month by its own efforts."""
