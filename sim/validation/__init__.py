"""What the model can be tested against, and how it fares: `sim validate`.

Four parts, a folder each: published results that functions of the rules must give exactly, patterns
that ensembles should show, questions about what happened after the treaty, and a casebook of
allies' answers in history. Each part yields checks (`check.py`), so that one table holds them all.
No number of the model is tuned to a check that is not marked as tuned.
"""
