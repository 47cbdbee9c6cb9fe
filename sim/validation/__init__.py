"""Tests of the model against evidence: `sim validate`.

Six parts, in folders of `studies`: published results that the rules must reproduce exactly,
patterns that ensembles should show, questions about events after the treaty, a casebook of allies'
decisions in history, the record of their answers in 95 wars, and the record of treaties that were
made and left. Each part yields checks (`check.py`), so one table holds them all. No
number of the model is tuned to a check that is not marked as tuned.
"""
