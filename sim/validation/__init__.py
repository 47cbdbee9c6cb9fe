"""Tests of the model against evidence: `sim validate`.

Four parts, in folders of `studies`: published results that the rules must reproduce exactly,
patterns that ensembles should show, questions about events after the treaty, and a casebook of
allies' decisions in history. Each part yields checks (`check.py`), so one table holds them all. No
number of the model is tuned to a check that is not marked as tuned.
"""
