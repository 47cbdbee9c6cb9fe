"""What is said beside a figure: how much was counted, and what else was seen on the way."""

from __future__ import annotations

import numpy as np

from sim.validation.studies.patterns import alignment, barter, escalation, honour, wars
from sim.validation.studies.patterns.ensembles import Ensembles


def notes(e: Ensembles) -> dict[str, str]:
    """Return a sentence each, without its full stop, by the code of the pattern."""
    funnel = sum((escalation.funnel(w, "war").sum(axis=0) for w in e.reference), np.zeros(2))
    calls = sum(honour.kept(w).sum(axis=0)[1] for w in e.reference)
    return {
        "P3a": f"{funnel[1]:,.0f} disputes",
        "P3b": f"{funnel[0]:,.0f} wars",
        "P12a": f"{calls:,.0f} calls",
        **_chances(e),
        "P18a": _ladder(e),
        "P20a": f"The deepest is reached from {alignment.basin(e.treaty.looks.sum(axis=0)):.0%} "
        "of all alignments on average",
    }


def _chances(e: Ensembles) -> dict[str, str]:
    every = 2 * len(wars.CLASSES)
    sums = sum((wars.joined(w).sum(axis=0) for w in e.reference), np.zeros(every))
    pairs = zip("abcde", sums.reshape(-1, 2), strict=True)
    return {f"P13{code}": f"{came:,.0f} of {chances:,.0f}" for code, (came, chances) in pairs}


def _ladder(e: Ensembles) -> str:
    right, both, worlds = barter.in_order(e.treaty, e.about.exchange).sum(axis=0)
    if not both:
        return "Nowhere both came"
    return (
        f"Both come in {both / worlds:.0%} of worlds, in this order in {right / both:.0%} of these"
    )
