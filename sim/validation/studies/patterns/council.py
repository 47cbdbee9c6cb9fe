"""P16 and P17: who vetoes, and the effects of adopted sanctions."""

from __future__ import annotations

from sim.statistics.arrays import FloatArray
from sim.validation.studies.patterns.estimation import stack_columns
from sim.validation.studies.patterns.simulated import SimulatedEnsemble


def count_vetoes(ensemble: SimulatedEnsemble, member: str, months: int) -> FloatArray:
    """Return drafts of the first months that a member vetoed, and all of them, (world, 2)."""
    votes = ensemble.select_events("veto", "draft")
    votes = votes[votes["month"] <= months]
    drafts = votes[votes["event"] == "draft"]
    against = votes[(votes["event"] == "veto") & (votes["actor"] == member)]
    return stack_columns(ensemble.count_by_world(against), ensemble.count_by_world(drafts))


def count_measures_followed_by(ensemble: SimulatedEnsemble, consequence: str) -> FloatArray:
    """Return measures that `coerced` or `constrained`, and all adopted, (world, 2)."""
    return stack_columns(
        ensemble.count_by_world(ensemble.select_events(consequence)),
        ensemble.count_by_world(ensemble.select_events("adopted")),
    )


def count_consequences(ensemble: SimulatedEnsemble) -> FloatArray:
    """Return measures that coerced, and measures that constrained, (world, 2)."""
    return stack_columns(
        ensemble.count_by_world(ensemble.select_events("coerced")),
        ensemble.count_by_world(ensemble.select_events("constrained")),
    )
