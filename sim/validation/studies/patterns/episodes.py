"""Disputes as episodes: each from its challenge to its end, read out of the events."""

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
    `highest` rung, `resisted` the challenge, `forceful` where force was used, `war` where it became
    one, `yielded` where one side did, and `winner` who did not, or nobody.
    """
    steps = ensemble.select_events(*_DISPUTE_EVENTS).sort_values(
        ["world", "subject"], kind="stable"
    )
    first = steps["event"] == "challenge"
    found = steps[first].rename(
        columns={"actor": "challenger", "towards": "target", "level": "opening"}
    )
    starts = np.flatnonzero(first)
    found = found.drop(columns="event").reset_index(drop=True)
    found["highest"] = _merge_episodes(np.maximum, steps["level"].to_numpy(), starts)
    for column, event in (("resisted", "resist"), ("war", "war"), ("yielded", "yield")):
        found[column] = _merge_episodes(np.logical_or, (steps["event"] == event).to_numpy(), starts)
    found["winner"] = _find_winners(steps, starts)
    found["forceful"] = found["highest"] >= FORCE
    found["year"] = (found["month"] - 1) // MONTHS_PER_YEAR
    return found


def _merge_episodes(merge: np.ufunc, rows: NDArray[Any], starts: NDArray[Any]) -> NDArray[Any]:
    """Return the rows of each episode merged into one; an episode ends where the next starts."""
    return merge.reduceat(rows, starts) if len(starts) else rows[:0]


def _find_winners(steps: pd.DataFrame, starts: NDArray[Any]) -> NDArray[Any]:
    """Return to whom the other side yielded, by its code, or nothing."""
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
