"""P12: how often a commitment to aid is honoured where aid is due."""

from __future__ import annotations

from sim.statistics.arrays import FloatArray
from sim.validation.studies.patterns.estimation import stack_columns
from sim.validation.studies.patterns.simulated import SimulatedEnsemble


def count_honoured_calls(ensemble: SimulatedEnsemble) -> FloatArray:
    """Return calls where aid was due and given, and all calls where it was due, (world, 2).

    Allies whose partner began the war under a clause that releases them are not counted.
    """
    answers = ensemble.select_events("honoured", "reneged")
    honoured = answers[answers["event"] == "honoured"]
    return stack_columns(ensemble.count_by_world(honoured), ensemble.count_by_world(answers))
