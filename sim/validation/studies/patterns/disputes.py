"""P1, P2 and P5: how often disputes begin, between whom, and how they cluster in time.

An onset-year is a year, counted from the opening day, in which at least one dispute of a pair
began, as in the data: shares are onset-years among all years of all pairs of a class.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.statistics.arrays import FloatArray, Mask
from sim.validation.studies.patterns.episodes import find_disputes, find_onset_years
from sim.validation.studies.patterns.estimation import stack_columns
from sim.validation.studies.patterns.population.scenario_writer import OTHER_CLASS, RIVAL_CLASS
from sim.validation.studies.patterns.simulated import SimulatedEnsemble


def count_onset_years(ensemble: SimulatedEnsemble, rivalry_class: str) -> FloatArray:
    """Return onset-years and years of all pairs of a class, (world, 2)."""
    codes = _rivalries_of_class(ensemble, rivalry_class)
    years = find_onset_years(find_disputes(ensemble))
    begun = ensemble.count_by_world(years[years["subject"].isin(codes)])
    return stack_columns(begun, np.full(ensemble.world_count, len(codes) * ensemble.years))


def count_onset_years_by_class(ensemble: SimulatedEnsemble) -> FloatArray:
    """Return onset-years and years of rivals, then of other relevant pairs, (world, 4)."""
    return np.concatenate(
        [count_onset_years(ensemble, RIVAL_CLASS), count_onset_years(ensemble, OTHER_CLASS)], axis=1
    )


def relative_rate(sums: FloatArray) -> float:
    """Return the rate of the first class as a multiple of that of the second."""
    events, years, other_events, other_years = sums
    if not other_events:
        return float("nan")
    return float((events / years) / (other_events / other_years))


def _rivalries_of_class(ensemble: SimulatedEnsemble, rivalry_class: str) -> list[str]:
    """Return the codes of the rivalries of a class."""
    return [code for code in ensemble.scenario.rivalries if code.startswith(f"{rivalry_class}_")]


def count_pair_onset_years(ensemble: SimulatedEnsemble, pair: str) -> FloatArray:
    """Return onset-years and years of one pair, (world, 2)."""
    years = find_onset_years(find_disputes(ensemble))
    begun = ensemble.count_by_world(years[years["subject"] == pair])
    return stack_columns(begun, np.full(ensemble.world_count, ensemble.years))


def count_disputes_begun_by(ensemble: SimulatedEnsemble, pair: str, actor: str) -> FloatArray:
    """Return disputes of a pair that one actor began, and all of them, (world, 2)."""
    disputes = find_disputes(ensemble)
    of_pair = disputes[disputes["subject"] == pair]
    return stack_columns(
        ensemble.count_by_world(of_pair[of_pair["challenger"] == actor]),
        ensemble.count_by_world(of_pair),
    )


def count_pair_wars(ensemble: SimulatedEnsemble, pair: str) -> FloatArray:
    """Return wars begun by a pair, and its years, (world, 2)."""
    wars = ensemble.select_events("war")
    begun = ensemble.count_by_world(wars[wars["subject"] == pair])
    return stack_columns(begun, np.full(ensemble.world_count, ensemble.years))


def count_onset_clusters(ensemble: SimulatedEnsemble, rivalry_class: str) -> FloatArray:
    """Return onset-years and years after a year with an onset and after one without, (world, 4)."""
    codes = _rivalries_of_class(ensemble, rivalry_class)
    happened = _onsets_by_year(ensemble, find_onset_years(find_disputes(ensemble)), codes)
    previous, current = happened[:, :, :-1], happened[:, :, 1:]
    counts = (current & previous, previous, current & ~previous, ~previous)
    return stack_columns(*(count.sum(axis=(1, 2)) for count in counts))


def _onsets_by_year(ensemble: SimulatedEnsemble, years: pd.DataFrame, codes: list[str]) -> Mask:
    """Return where a dispute began, (world, pair, year)."""
    happened = np.zeros((ensemble.world_count, len(codes), ensemble.years), dtype=bool)
    selected = years[years["subject"].isin(codes)]
    places = selected["subject"].astype(str).map({code: place for place, code in enumerate(codes)})
    happened[selected["world"], places, selected["year"]] = True
    return happened
