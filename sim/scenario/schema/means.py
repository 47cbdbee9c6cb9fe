"""Means of war and threat: munitions and weapons programmes."""

from __future__ import annotations

from sim.scenario.schema.quantity import FrozenModel, NonNegative, Share


class MunitionsSpec(FrozenModel):
    """Artillery munitions of an actor, in million rounds."""

    stock: NonNegative
    """Rounds that can be fired without using the reserve."""
    production: NonNegative
    """Made in a month."""
    use: NonNegative
    """Fired in a month of war with ample supply."""


class ProgrammeSpec(FrozenModel):
    """A programme of nuclear weapons and long-range missiles."""

    level: Share
    """Its progress: 0 nothing, 1 a secure arsenal that reaches all its adversaries."""
    drift: NonNegative
    """Its gain in a month by its own efforts."""
