"""P12: how often a promise of aid is kept where it is due."""

from __future__ import annotations

from sim.validation.studies.patterns.estimation import stack_columns
from sim.validation.studies.patterns.simulated import FloatArray, SimulatedEnsemble


def count_honoured_calls(ensemble: SimulatedEnsemble) -> FloatArray:
    """Return calls that were due and brought any aid, and all that were due, (world, 2).

    Such a call is a clear case: nobody is counted whose partner began the war under a clause that
    excuses from it.
    """
    answers = ensemble.select_events("honoured", "reneged")
    honoured = answers[answers["event"] == "honoured"]
    return stack_columns(ensemble.count_by_world(honoured), ensemble.count_by_world(answers))
