"""P3, P4 and P15: what becomes of a challenge - a reply, force, war - and crises over an ally."""

from __future__ import annotations

from sim.validation.patterns.episodes import disputes
from sim.validation.patterns.lived import Lived, Numbers
from sim.validation.patterns.sums import columns


def funnel(lived: Lived, stage: str) -> Numbers:
    """Return disputes that reached a stage, `forceful` or `war`, and all, (world, 2)."""
    found = disputes(lived)
    return columns(lived.counted(found[found[stage]]), lived.counted(found))


def replies(lived: Lived, pair: str = "") -> Numbers:
    """Return challenges met with a reply, and all, (world, 2); of one pair or of all pairs."""
    found = disputes(lived)
    found = found[found["subject"] == pair] if pair else found
    return columns(lived.counted(found[found["resisted"]]), lived.counted(found))
