"""P1, P2 and P5: how often disputes begin, between whom, and how they cluster in time.

An onset-year is a year, counted from the opening day, in which at least one dispute of a pair
began, as in the data: shares are onset-years among all years of all pairs of a class.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.validation.studies.patterns.episodes import disputes, onset_years
from sim.validation.studies.patterns.estimation import columns
from sim.validation.studies.patterns.population.scenario_writer import OTHERS, RIVALS
from sim.validation.studies.patterns.simulated import Lived, Mask, Numbers


def onset_counts(lived: Lived, kind: str) -> Numbers:
    """Return onset-years and years of all pairs of a class, (world, 2)."""
    codes = of_class(lived, kind)
    years = onset_years(disputes(lived))
    begun = lived.counted(years[years["subject"].isin(codes)])
    return columns(begun, np.full(lived.count, len(codes) * lived.years))


def both_classes(lived: Lived) -> Numbers:
    """Return onset-years and years of rivals, then of other relevant pairs, (world, 4)."""
    return np.concatenate([onset_counts(lived, RIVALS), onset_counts(lived, OTHERS)], axis=1)


def times_as_often(sums: Numbers) -> float:
    """Return the rate of the first class as a multiple of that of the second."""
    often, years, seldom, others = sums
    return float((often / years) / (seldom / others)) if seldom else float("nan")


def of_class(lived: Lived, kind: str) -> list[str]:
    """Return the codes of the rivalries of a class."""
    return [code for code in lived.scenario.rivalries if code.startswith(f"{kind}_")]


def pair_counts(lived: Lived, pair: str) -> Numbers:
    """Return onset-years and years of one pair, (world, 2)."""
    years = onset_years(disputes(lived))
    begun = lived.counted(years[years["subject"] == pair])
    return columns(begun, np.full(lived.count, lived.years))


def begun_by(lived: Lived, pair: str, actor: str) -> Numbers:
    """Return disputes of a pair that one actor began, and all of them, (world, 2)."""
    found = disputes(lived)
    of_pair = found[found["subject"] == pair]
    return columns(lived.counted(of_pair[of_pair["challenger"] == actor]), lived.counted(of_pair))


def wars_of(lived: Lived, pair: str) -> Numbers:
    """Return wars begun by a pair, and its years, (world, 2)."""
    wars = lived.of("war")
    begun = lived.counted(wars[wars["subject"] == pair])
    return columns(begun, np.full(lived.count, lived.years))


def clustering(lived: Lived, kind: str) -> Numbers:
    """Return onset-years after one with and after one without an onset, and all such years.

    Shape (world, 4): onsets after, years after, onsets else, years else.
    """
    codes = of_class(lived, kind)
    happened = _by_year(lived, onset_years(disputes(lived)), codes)
    before, now = happened[:, :, :-1], happened[:, :, 1:]
    counts = (now & before, before, now & ~before, ~before)
    return columns(*(each.sum(axis=(1, 2)) for each in counts))


def _by_year(lived: Lived, years: pd.DataFrame, codes: list[str]) -> Mask:
    """Return where a dispute began, (world, pair, year)."""
    happened = np.zeros((lived.count, len(codes), lived.years), dtype=bool)
    of_them = years[years["subject"].isin(codes)]
    places = of_them["subject"].astype(str).map({code: at for at, code in enumerate(codes)})
    happened[of_them["world"], places, of_them["year"]] = True
    return happened
