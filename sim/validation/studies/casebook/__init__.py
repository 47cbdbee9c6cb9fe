"""The casebook: wars of the past, the allies that were called, and what they did.

The model simulates each war from its outbreak with the coefficients of all other scenarios. The
share of worlds in which an ally intervenes is taken as the rule's chance. The choice of
wars, the choice of allies and their coding are documented beside the cases, in `scenarios/history`.
"""

from sim.validation.studies.casebook.study import run_casebook

__all__ = ["run_casebook"]
