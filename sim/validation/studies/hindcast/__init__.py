"""The hindcast: questions about what happened after the scenario opens, scored.

Questions, what each maps to in the model, and what two baselines rest on are data, in
`scenarios/hindcast`. docs/hindcast.md says how they are read and scored.
"""

from sim.validation.studies.hindcast.study import run_hindcast

__all__ = ["run_hindcast"]
