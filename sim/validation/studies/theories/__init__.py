"""Rival theories of honouring, scored on the record of 95 wars and on the casebook.

A theory is asked the same question about an ally of the past as in a simulation: the facts of the
case go in, terms in log-odds come out. It is scored with the numbers that it declares, and with
numbers fitted on the other wars.
"""

from sim.validation.studies.theories.study import run_theories

__all__ = ["run_theories"]
