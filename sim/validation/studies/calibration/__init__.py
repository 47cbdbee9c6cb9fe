"""Calibration: a few judgements compared with base rates known beforehand.

Only patterns that are not starred are used (P1, P2, P3, P12, P16, P17); events after the opening
day, historical cases and starred patterns are not. `python -m
sim.validation.studies.calibration` measures, weights candidates and reports the choice; it changes
no file. The choice and its reasons are in docs/decisions/0009-what-was-calibrated.md.

One ensemble serves all candidates: in its worlds the calibrated numbers are spread evenly over
their ranges, and each candidate weights a world by its relative likelihood under the candidate
(importance weights). So candidates differ by their assumptions and not by random draws.
"""
