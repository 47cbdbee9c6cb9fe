"""Patterns: what ensembles of worlds should show, compared with observations.

`study.py` is the entry point. `registry.py` maps each pattern to its measurement on the worlds of
`ensembles.py`; the procedures are in modules named after what they measure. Claims, ranges and
sources are data: scenarios/reference/patterns.csv.
"""

from sim.validation.studies.patterns.study import run_patterns

__all__ = ["run_patterns"]
