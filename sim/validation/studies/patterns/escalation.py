"""P3, P4 and P15: outcomes of challenges (resistance, force, war) and crises over an ally."""

from __future__ import annotations

from sim.model.entities.rivalry import FORCE
from sim.statistics.arrays import FloatArray
from sim.validation.studies.patterns.alliances import pairs_with_outside_pact
from sim.validation.studies.patterns.episodes import find_disputes, select_pairs
from sim.validation.studies.patterns.estimation import stack_columns
from sim.validation.studies.patterns.simulated import SimulatedEnsemble


def count_disputes_reaching(ensemble: SimulatedEnsemble, stage: str) -> FloatArray:
    """Return disputes that reached a stage, `forceful` or `war`, and all, (world, 2)."""
    disputes = find_disputes(ensemble)
    return stack_columns(
        ensemble.count_by_world(disputes[disputes[stage]]), ensemble.count_by_world(disputes)
    )


def count_replies(ensemble: SimulatedEnsemble, pair: str = "") -> FloatArray:
    """Return challenges resisted, and all, (world, 2), of one pair or of all pairs."""
    disputes = find_disputes(ensemble)
    disputes = disputes[disputes["subject"] == pair] if pair else disputes
    return stack_columns(
        ensemble.count_by_world(disputes[disputes["resisted"]]), ensemble.count_by_world(disputes)
    )


def count_deterred_crises(ensemble: SimulatedEnsemble) -> FloatArray:
    """Return crises over an ally in which deterrence held, and all of them, (world, 2).

    A crisis is a dispute that opened below the use of force, against a target with an ally other
    than the challenger, and that the target resisted. Deterrence held where force was not used and
    the target did not yield.
    """
    disputes = select_pairs(
        find_disputes(ensemble), pairs_with_outside_pact(ensemble.scenario, holder=1)
    )
    crises = disputes[disputes["resisted"] & (disputes["opening"] < FORCE)]
    lost = crises["forceful"] | (crises["winner"] == crises["challenger"].astype(str))
    return stack_columns(ensemble.count_by_world(crises[~lost]), ensemble.count_by_world(crises))
