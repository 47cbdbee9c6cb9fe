"""What is learnt from worlds beside how often something happened in them.

landscape       into which two camps the actors of a scenario part
compare         what differs between runs, world by world; inputs, paired, compared_tables, lived
sensitivity     which assumptions move a measure; ensemble, spread, indices, assumed, methods
discovery       which combinations of assumptions lead to an outcome
load, notebook  results as frames, and the words of the command line for Python
relive, story   one world lived again with its reasons, and told; picking, weighing, telling
difference      where two histories of a world part, and whom it reached; side_by_side
promise         why a promise was kept or broken; promise_told
attribution     which mechanism makes two scenarios differ; mechanisms, switching, shapley
ema             results as an archive of the EMA Workbench
reading, sides  a results folder opened for any of these; a point of a sweep, too
"""
