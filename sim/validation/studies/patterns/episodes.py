"""Extracts disputes from the events: episodes from a challenge to its end."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.model.entities.rivalry import FORCE
from sim.validation.studies.patterns.simulated import MONTHS_PER_YEAR, SimulatedEnsemble

_DISPUTE_EVENTS = ("challenge", "resist", "let_pass", "climb", "war", "yield", "dies_down")


def find_disputes(ensemble: SimulatedEnsemble) -> pd.DataFrame:
    """Return a row per dispute begun since the opening day.

    Columns: `world`, `subject`, `challenger`, `target`, `month`, `year` from 0, `opening` and
    `highest` rung, whether it was `resisted`, `forceful`, became a `war` or one side `yielded`, and
    the `winner` to whom it yielded, if any.
    """
    steps = ensemble.select_events(*_DISPUTE_EVENTS).sort_values(
        ["world", "subject"], kind="stable"
    )
    first = steps["event"] == "challenge"
    disputes = steps[first].rename(
        columns={"actor": "challenger", "towards": "target", "level": "opening"}
    )
    starts = np.flatnonzero(first)
    disputes = disputes.drop(columns="event").reset_index(drop=True)
    disputes["highest"] = _merge_episodes(np.maximum, steps["level"].to_numpy(), starts)
    for column, event in (("resisted", "resist"), ("war", "war"), ("yielded", "yield")):
        disputes[column] = _merge_episodes(
            np.logical_or, (steps["event"] == event).to_numpy(), starts
        )
    disputes["winner"] = _find_winners(steps, starts)
    disputes["forceful"] = disputes["highest"] >= FORCE
    disputes["year"] = (disputes["month"] - 1) // MONTHS_PER_YEAR
    return disputes


def _merge_episodes(merge: np.ufunc, rows: NDArray[Any], starts: NDArray[Any]) -> NDArray[Any]:
    """Return the rows of each episode merged into one; an episode ends where the next starts."""
    return merge.reduceat(rows, starts) if len(starts) else rows[:0]


def _find_winners(steps: pd.DataFrame, starts: NDArray[Any]) -> NDArray[Any]:
    """Return the code of the side to which the other yielded, or an empty text."""
    winners = np.full(len(starts), "", dtype=object)
    yields = np.flatnonzero(steps["event"] == "yield")
    episode = np.searchsorted(starts, yields, side="right") - 1
    winners[episode] = steps["towards"].astype(str).to_numpy()[yields]
    return winners


def select_pairs(disputes: pd.DataFrame, pairs: set[tuple[str, str]]) -> pd.DataFrame:
    """Return the disputes in which the first of a pair challenged the second."""
    both = zip(disputes["challenger"].astype(str), disputes["target"].astype(str), strict=True)
    return disputes[np.array([pair in pairs for pair in both], dtype=bool)]


def find_onset_years(disputes: pd.DataFrame) -> pd.DataFrame:
    """Return a row per world, pair and year in which at least one dispute began."""
    return disputes[["world", "subject", "year"]].drop_duplicates()
