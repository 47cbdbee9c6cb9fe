"""P3, P4 and P15: what becomes of a challenge - a reply, force, war - and crises over an ally."""

from __future__ import annotations

from sim.model.entities.rivalry import FORCE
from sim.validation.studies.patterns.alliances import with_outside_pact
from sim.validation.studies.patterns.episodes import between, disputes
from sim.validation.studies.patterns.estimation import columns
from sim.validation.studies.patterns.simulated import Lived, Numbers


def funnel(lived: Lived, stage: str) -> Numbers:
    """Return disputes that reached a stage, `forceful` or `war`, and all, (world, 2)."""
    found = disputes(lived)
    return columns(lived.counted(found[found[stage]]), lived.counted(found))


def replies(lived: Lived, pair: str = "") -> Numbers:
    """Return challenges met with a reply, and all, (world, 2); of one pair or of all pairs."""
    found = disputes(lived)
    found = found[found["subject"] == pair] if pair else found
    return columns(lived.counted(found[found["resisted"]]), lived.counted(found))


def immediate_crises(lived: Lived) -> Numbers:
    """Return crises over an ally in which deterrence held, and all of them, (world, 2).

    A crisis is a dispute that opened below the use of force, against a target with an ally other
    than the challenger, and that the target resisted. Deterrence held where force was not used and
    the target did not yield.
    """
    found = between(disputes(lived), with_outside_pact(lived.scenario, holds=1))
    crises = found[found["resisted"] & (found["opening"] < FORCE)]
    lost = crises["forceful"] | (crises["winner"] == crises["challenger"].astype(str))
    return columns(lived.counted(crises[~lost]), lived.counted(crises))
