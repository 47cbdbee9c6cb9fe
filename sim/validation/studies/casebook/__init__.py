"""The casebook: wars of the past, whom they called, and who came.

The engine lives each war from its outbreak with the coefficients of every other scenario; how
often an ally comes in these worlds is taken as the chance given to what it did. What the wars are,
by what rule allies were chosen and how they were coded is told beside the cases, in
`scenarios/history`.
"""

from sim.validation.studies.casebook.study import run_casebook

__all__ = ["run_casebook"]
