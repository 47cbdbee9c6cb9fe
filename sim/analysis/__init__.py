"""What is learnt from worlds beside how often something happened in them.

landscape       into which two camps the actors of a scenario part
compare         what differs between runs, world by world; inputs, paired, compared_tables, lived
sensitivity     which assumptions move a measure; ensemble, spread, indices, assumed, methods
discovery       which combinations of assumptions lead to an outcome
load, notebook  results as frames, and the words of the command line for Python
ema             results as an archive of the EMA Workbench
reading, sides  a results folder opened for any of these; a point of a sweep, too
"""
