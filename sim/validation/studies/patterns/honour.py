"""P12: how often a promise of aid is kept where it is due."""

from __future__ import annotations

from sim.validation.studies.patterns.estimation import columns
from sim.validation.studies.patterns.simulated import Lived, Numbers


def kept(lived: Lived) -> Numbers:
    """Return calls that were due and brought any aid, and all that were due, (world, 2).

    Such a call is a clear case: nobody is counted whose partner began the war under a clause that
    excuses from it.
    """
    answers = lived.of("honoured", "reneged")
    honoured = answers[answers["event"] == "honoured"]
    return columns(lived.counted(honoured), lived.counted(answers))
