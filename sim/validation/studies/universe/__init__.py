"""The record of what allies and onlookers did in 95 wars, as evidence for the mutual-defence rule.

The rule is estimated from it and from published rates, and every answer is forecast from the other
wars alone. No world is simulated.
"""

from sim.validation.studies.universe.study import run_universe

__all__ = ["run_universe"]
