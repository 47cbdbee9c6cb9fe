"""Notes beside the figures: how much was counted, and further observations."""

from __future__ import annotations

import numpy as np

from sim.output import format_figure
from sim.validation.studies.patterns import alignment, barter, escalation, honour, wars
from sim.validation.studies.patterns.ensembles import Ensembles
from sim.validation.studies.quarrels import comparison


def pattern_notes(ensembles: Ensembles) -> dict[str, str]:
    """Return one sentence per pattern, without its full stop, by code."""
    funnel = sum(
        (escalation.count_disputes_reaching(w, "war").sum(axis=0) for w in ensembles.reference),
        np.zeros(2),
    )
    basin = alignment.mean_basin_share(ensembles.treaty.observations.sum(axis=0))
    calls = sum(honour.count_honoured_calls(w).sum(axis=0)[1] for w in ensembles.reference)
    return {
        "P3a": f"{funnel[1]:,.0f} disputes",
        "P3b": f"{funnel[0]:,.0f} wars",
        "P12a": f"{calls:,.0f} calls",
        **_entry_notes(ensembles),
        "P18a": _exchange_note(ensembles),
        "P21": _beginners_note(ensembles),
        "P20a": f"The deepest is reached from {format_figure(basin, '.0%')} of all alignments "
        "on average",
    }


def _entry_notes(ensembles: Ensembles) -> dict[str, str]:
    columns = 2 * len(wars.THIRD_PARTY_CLASSES)
    sums = sum(
        (wars.count_entries_by_class(w).sum(axis=0) for w in ensembles.reference), np.zeros(columns)
    )
    pairs = zip("abcde", sums.reshape(-1, 2), strict=True)
    return {f"P13{code}": f"{entries:,.0f} of {chances:,.0f}" for code, (entries, chances) in pairs}


def _beginners_note(ensembles: Ensembles) -> str:
    """Return each pair's simulated share beside that of the record."""
    sides = comparison.recorded_sides(ensembles.baseline, ensembles.disputes)
    sums = comparison.count_begun(ensembles.baseline, sides).sum(axis=0).reshape(-1, 2)
    parts = [
        f"{side.rivalry} ({side.actor}) {own / total if total else 0:.2f} beside "
        f"{side.share.low:.2f} to {side.share.high:.2f}"
        for side, (own, total) in zip(sides, sums, strict=True)
    ]
    return f"By pair: {'; '.join(parts)}" if parts else "No pair has disputes enough"


def _exchange_note(ensembles: Ensembles) -> str:
    in_order, both, worlds = barter.count_troops_first(
        ensembles.treaty, ensembles.subjects.exchange
    ).sum(axis=0)
    if not both:
        return "Both occur in no world"
    share, share_in_order = both / worlds, in_order / both
    return f"Both occur in {share:.0%} of worlds, in this order in {share_in_order:.0%} of these"
