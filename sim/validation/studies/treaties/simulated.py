"""How often the worlds of the pact sign, leave and change governments, beside what was worked out.

The figures had been worked out from the numbers of the rules before the rules had an engine, so
that an agreement is evidence for the programme, not about the world.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.model.recording.history import History
from sim.statistics.intervals import Interval, wilson_interval
from sim.validation.check import Check
from sim.validation.studies.treaties.checks import number_check
from sim.validation.studies.treaties.results import ExpectedFigure

SCENARIO, MONTHS = "pact", 36
"""The scenario whose worlds are counted, and how long they last."""


def build_figure_checks(figures: tuple[ExpectedFigure, ...], history: History) -> Iterator[Check]:
    """Yield a check of each figure against the worlds, without codes.

    Args:
        figures: what was worked out.
        history: the worlds of the pact over `MONTHS` months.
    """
    for figure in figures:
        share = share_of_worlds(history, figure.event, figure.subject)
        agrees = share.low <= figure.high and figure.low <= share.high
        yield number_check(
            f"In {MONTHS} months of the pact: {figure.figure}",
            f"{figure.value:.3g} ({figure.low:.3g} to {figure.high:.3g}), by the rules alone",
            share,
            "share of worlds",
            "met" if agrees else "missed",
            f"Worked out {figure.says}." if figure.says else "",
        )


def share_of_worlds(history: History, event: str, subject: str) -> Interval:
    """Return the share of worlds with an event whose subject begins so (Wilson)."""
    events, worlds = history.events, len(history.worlds["world"])
    named = np.char.startswith(np.asarray(events["subject"], dtype=str), subject)
    which = (np.asarray(events["event"], dtype=str) == event) & named
    return wilson_interval(len(np.unique(events["world"][which])), worlds)
