"""Calibration: a few numbers that are judgement, held against base rates known beforehand.

Only patterns that are not starred are looked at (P1, P2, P3, P12, P16, P17); what happened after
the opening day, cases of history and starred patterns have no say. `python -m
sim.validation.studies.calibration` measures, weighs candidates, and says what it would choose; it
changes no file. What was chosen, and why, is in docs/decisions/0009-what-was-calibrated.md.

One ensemble serves all candidates: in its worlds the numbers in question are spread evenly over
their ranges, and a candidate weighs each world by how much likelier it is under it (importance
weights). So candidates differ by what they assume, and not by luck.
"""
