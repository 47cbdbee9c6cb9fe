"""Patterns: what many worlds together should show, held against what was observed.

`study.py` is the way in; `registry.py` says what is measured for each pattern, on the worlds of
`ensembles.py`, by the procedures of the files named after what they look at. What is claimed, in
which range and by whom, is data: scenarios/reference/patterns.csv.
"""

from sim.validation.studies.patterns.study import run_patterns

__all__ = ["run_patterns"]
