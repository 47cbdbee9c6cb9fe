"""P3, P4 and P15: what becomes of a challenge - a reply, force, war - and crises over an ally."""

from __future__ import annotations

from sim.model.entities.rivalry import FORCE
from sim.validation.studies.patterns.alliances import pairs_with_outside_pact
from sim.validation.studies.patterns.episodes import find_disputes, select_pairs
from sim.validation.studies.patterns.estimation import stack_columns
from sim.validation.studies.patterns.simulated import FloatArray, SimulatedEnsemble


def count_disputes_reaching(ensemble: SimulatedEnsemble, stage: str) -> FloatArray:
    """Return disputes that reached a stage, `forceful` or `war`, and all, (world, 2)."""
    found = find_disputes(ensemble)
    return stack_columns(
        ensemble.count_by_world(found[found[stage]]), ensemble.count_by_world(found)
    )


def count_replies(ensemble: SimulatedEnsemble, pair: str = "") -> FloatArray:
    """Return challenges met with a reply, and all, (world, 2); of one pair or of all pairs."""
    found = find_disputes(ensemble)
    found = found[found["subject"] == pair] if pair else found
    return stack_columns(
        ensemble.count_by_world(found[found["resisted"]]), ensemble.count_by_world(found)
    )


def count_deterred_crises(ensemble: SimulatedEnsemble) -> FloatArray:
    """Return crises over an ally in which deterrence held, and all of them, (world, 2).

    A crisis is a dispute that opened below the use of force, against a target with an ally other
    than the challenger, and that the target resisted. Deterrence held where force was not used and
    the target did not yield.
    """
    found = select_pairs(
        find_disputes(ensemble), pairs_with_outside_pact(ensemble.scenario, holder=1)
    )
    crises = found[found["resisted"] & (found["opening"] < FORCE)]
    lost = crises["forceful"] | (crises["winner"] == crises["challenger"].astype(str))
    return stack_columns(ensemble.count_by_world(crises[~lost]), ensemble.count_by_world(crises))
