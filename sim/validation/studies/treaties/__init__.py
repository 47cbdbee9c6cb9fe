"""The record of treaties made and left, as evidence for the rules of formation and leaving.

Rates, ranking and level are estimated from the record and tested on the periods left out. The
questions about later events, and the acts that are planted, simulate worlds.
"""

from sim.validation.studies.treaties.study import run_treaties

__all__ = ["run_treaties"]
