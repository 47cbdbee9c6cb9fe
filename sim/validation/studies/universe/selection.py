"""How the wars of the casebook differ from the others: what was chosen by what happened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from sim.statistics.arrays import FloatArray
from sim.statistics.bootstrap import bootstrap_sums
from sim.statistics.intervals import wilson_interval
from sim.validation.check import Check, TableRow
from sim.validation.studies.universe.checks import SOURCES, interval_check
from sim.validation.studies.universe.record import ERAS, Record, list_wars
from sim.validation.studies.universe.regression import TERMS, fit_regression
from sim.validation.studies.universe.scoring import WAR_RESAMPLING

Fits = Mapping[str, Mapping[str, float]]
"""Coefficients by term, as fitted on each sample of wars."""


def selection_rows(record: Record) -> Iterator[TableRow]:
    """Yield how many joined in wars of the casebook and in others, by era and obligation."""
    for era in ERAS:
        for kind in ("due", "not_due", "consultation", "none"):
            for name, inside in (("casebook", True), ("other", False)):
                rows = record.of_era(era).of_obligation(kind, in_casebook=inside)
                share = wilson_interval(int(rows.joined.sum()), len(rows.rows))
                yield {
                    "era": era,
                    "obligation": kind,
                    "wars": name,
                    "wars_with_such": len(list_wars(rows.rows)),
                    "answers": len(rows.rows),
                    "joined": int(rows.joined.sum()),
                    "share": share.value,
                    "low": share.low,
                    "high": share.high,
                }


def fit_by_selection(record: Record) -> dict[str, dict[str, float]]:
    """Return the coefficients of the regression on all wars, those of the casebook, and others."""
    samples = {
        "all": record,
        "casebook": record.select(lambda row: row.in_casebook),
        "other": record.select(lambda row: not row.in_casebook),
    }
    return {name: dict(fit_regression(sample).coefficients) for name, sample in samples.items()}


def coefficient_rows(fits: Fits) -> Iterator[TableRow]:
    """Yield each coefficient as fitted on each sample of wars."""
    for term in TERMS:
        yield {"term": term} | {f"{name}_wars": fit[term] for name, fit in fits.items()}


def describe_selection(record: Record) -> str:
    """Return the selection in a sentence."""
    inside, outside = (record.of_obligation("due", in_casebook=known) for known in (True, False))
    return (
        f"Where aid was due, {inside.joined.mean():.2f} joined in the wars of the casebook and "
        f"{outside.joined.mean():.2f} in the others: the casebook is chosen by what happened, and "
        "the evidence that promises matter is mostly its own."
    )


def build_selection_checks(record: Record, fits: Fits) -> Iterator[Check]:
    """Yield the checks of the selection, without their codes."""
    yield _share_check(record)
    yield _promise_check(fits)


def _share_check(record: Record) -> Check:
    inside, outside = (
        _sums_by_war(record, in_casebook=in_casebook) for in_casebook in (True, False)
    )
    blocks = [np.pad(inside, ((0, 0), (0, 2))), np.pad(outside, ((0, 0), (2, 0)))]
    gap = bootstrap_sums(
        blocks, lambda sums: float(sums[0] / sums[1] - sums[2] / sums[3]), WAR_RESAMPLING
    ).interval
    shares = [sums.sum(axis=0) for sums in (inside, outside)]
    inner, outer = (f"{sums[0] / sums[1]:.3f} of {sums[1]:.0f}" for sums in shares)
    return interval_check(
        "Where aid was due, allies joined as often in the other wars as in those of the casebook",
        "difference of shares: 0",
        gap,
        "difference of shares",
        "met" if gap.low <= 0 <= gap.high else "missed",
        f"Joined: {inner} in the casebook's wars, {outer} in the others. The casebook was chosen "
        "among wars in which alliances mattered; it can test ranking, not the level.",
    )


def _sums_by_war(record: Record, *, in_casebook: bool) -> FloatArray:
    rows = record.of_obligation("due", in_casebook=in_casebook)
    counts = [np.bincount(rows.war_index, rows.joined), np.bincount(rows.war_index)]
    return np.stack(counts, axis=1).astype(float)


def _promise_check(fits: Fits) -> Check:
    other = fits["other"]
    gap = other["due"] - other["consultation"]
    return Check(
        code="",
        claim="In the wars outside the casebook, aid due weighs more than mere consultation",
        target="difference of coefficients above 0",
        value=gap,
        unit="log-odds",
        sources=SOURCES,
        verdict="met" if gap > 0 else "missed",
        says=f"Coefficient of aid due {other['due']:.2f}, of consultation "
        f"{other['consultation']:.2f}; in all wars {fits['all']['due']:.2f} and "
        f"{fits['all']['consultation']:.2f}. The evidence that promises of aid matter is mostly "
        "that of the casebook's wars.",
    )
