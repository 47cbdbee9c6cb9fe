"""The hindcast: scored questions about events after the scenario opens.

The questions, their mappings to the model and the records of two baselines are data, in
`scenarios/hindcast`. docs/hindcast.md explains how they are read and scored.
"""

from sim.validation.studies.hindcast.study import run_hindcast

__all__ = ["run_hindcast"]
