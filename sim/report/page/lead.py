"""The top of the page: one sentence, and the worlds as dots."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.analysis.comparison.measure_difference import MeasureDifference
from sim.analysis.comparison.sentences import write_findings
from sim.model.measures.registry import Measure
from sim.report.figures.aggregates import PairedRuns
from sim.report.page.icons import DotGroup, IconArray, build_icon_array
from sim.report.run_view import Run
from sim.report.words import capitalise_first, format_percent
from sim.statistics.paired import FourWay

_SURE, _RARE = 0.95, 0.05
"""Shares beyond which an outcome says little: nearly all dots would be of one colour."""


def write_lead(runs: Sequence[Run], pairs: Sequence[PairedRuns]) -> str:
    """Return the finding of the page in one sentence."""
    if pairs:
        return next(write_findings(pairs[0].findings))
    run = runs[0]
    chosen = choose_outcomes(run)
    if not chosen:
        return f"{run.name}: no yes-or-no outcome is among its headline measures."
    shares = [
        f"{measure.phrase} in {format_percent(_read(run, measure).mean())}" for measure in chosen
    ]
    return capitalise_first(f"{' of worlds, '.join([shares[0], *shares[1:]])}{_close(shares)}.")


def _close(shares: Sequence[str]) -> str:
    return "" if len(shares) > 1 else " of worlds"


def build_lead_array(runs: Sequence[Run], pairs: Sequence[PairedRuns]) -> IconArray | None:
    """Return the worlds as dots: of two runs the outcome that differs most, of one two outcomes."""
    if pairs and (difference := find_largest(pairs[0])):
        return build_pair_array(pairs[0], difference)
    chosen = choose_outcomes(runs[0])
    return _build_outcome_array(runs[0], chosen) if chosen else None


def choose_outcomes(run: Run) -> list[Measure]:
    """Return the most and the least frequent headline outcome that are neither sure nor rare."""
    shares = {
        measure: float(_read(run, measure).mean())
        for measure in run.headline_outcomes
        if not measure.given
    }
    ordered = sorted(shares, key=lambda measure: -shares[measure])
    telling = [m for m in ordered if _RARE <= shares[m] <= _SURE] or ordered[:1]
    return list(dict.fromkeys([telling[0], telling[-1]])) if telling else []


def _read(run: Run, measure: Measure) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    return np.asarray(run.results.column(measure.name), dtype=bool)


def _build_outcome_array(run: Run, chosen: Sequence[Measure]) -> IconArray:
    first, last = (_read(run, measure) for measure in (chosen[0], chosen[-1]))
    names = [measure.phrase for measure in (chosen[0], chosen[-1])]
    if len(chosen) == 1:
        groups = [(names[0], first, "one"), ("not so", ~first, "none")]
    else:
        groups = [
            (f"{names[0]} and {names[1]}", first & last, "two"),
            (f"only {names[0]}", first & ~last, "one"),
            (f"only {names[1]}", last & ~first, "three"),
            ("neither", ~(first | last), "none"),
        ]
    return build_icon_array(
        [DotGroup(name, int(worlds.sum()), look) for name, worlds, look in groups]
    )


def find_largest(pair: PairedRuns) -> MeasureDifference | None:
    """Return the outcome that differs in most pairs; None if none does."""
    diverging = list_diverging(pair)
    return diverging[0] if diverging else None


def list_diverging(pair: PairedRuns) -> list[MeasureDifference]:
    """Return the outcomes that differ in some pair, the most frequently differing first."""
    counted = [each for each in pair.differences if each.four_way and not each.measure.given]
    diverging = [each for each in counted if _count_diverging(each.four_way)]
    return sorted(diverging, key=lambda each: -_count_diverging(each.four_way))


def _count_diverging(four_way: FourWay | None) -> int:
    return four_way.added + four_way.averted if four_way else 0


def build_pair_array(pair: PairedRuns, difference: MeasureDifference) -> IconArray:
    """Return the pairs of worlds as dots, by the side on which an outcome occurred."""
    counts = difference.four_way
    assert counts
    name = difference.measure.phrase
    return build_icon_array(
        [
            DotGroup(f"{name} only in {pair.with_.name}", counts.added, "two"),
            DotGroup(f"{name} only in {pair.without.name}", counts.averted, "three"),
            DotGroup("in both", counts.both, "one"),
            DotGroup("in neither", counts.neither, "none"),
        ]
    )
