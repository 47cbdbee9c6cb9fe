"""P16 and P17: who vetoes, and what sanctions that are adopted do."""

from __future__ import annotations

from sim.validation.studies.patterns.estimation import columns
from sim.validation.studies.patterns.simulated import Lived, Numbers


def vetoes(lived: Lived, member: str, months: int) -> Numbers:
    """Return drafts of the first months that a member vetoed, and all of them, (world, 2)."""
    votes = lived.of("veto", "draft")
    votes = votes[votes["month"] <= months]
    drafts = votes[votes["event"] == "draft"]
    against = votes[(votes["event"] == "veto") & (votes["actor"] == member)]
    return columns(lived.counted(against), lived.counted(drafts))


def followed(lived: Lived, consequence: str) -> Numbers:
    """Return measures that `coerced` or `constrained`, and all adopted, (world, 2)."""
    return columns(lived.counted(lived.of(consequence)), lived.counted(lived.of("adopted")))


def consequences(lived: Lived) -> Numbers:
    """Return measures that coerced, and measures that constrained, (world, 2)."""
    return columns(lived.counted(lived.of("coerced")), lived.counted(lived.of("constrained")))
