"""What actors make war and threats with: munitions, people, weapons programmes."""

from __future__ import annotations

from sim.scenario.schema.quantity import FrozenModel, NonNegative, Share


class MunitionsSpec(FrozenModel):
    """Artillery munitions of an actor, in million rounds."""

    stock: NonNegative
    """What can be fired without touching the reserve."""
    production: NonNegative
    """Made in a month."""
    use: NonNegative
    """Fired in a month of war when there is enough."""


class ProgrammeSpec(FrozenModel):
    """A programme of nuclear weapons and long-range missiles."""

    level: Share
    """How far it has come: 0 nothing, 1 a secure arsenal that reaches all its adversaries."""
    drift: NonNegative
    """What it gains in a month by its own efforts."""
