"""The table of worlds: one row per world, one column per measure."""

from __future__ import annotations

from collections.abc import Container

import numpy as np

from sim.model.context import PhaseContext
from sim.model.measures.registry import list_measures
from sim.model.measures.snapshot import Snapshot
from sim.model.recording.history import Columns


def tally_worlds(context: PhaseContext, names: Container[str] | None = None) -> Columns:
    """Return one row per world: its number, then the measures of the scenario.

    Args:
        context: the worlds.
        names: which measures are computed; all by default.
    """
    state, snapshot = context.state, Snapshot(context)
    return {"world": state.streams.first + np.arange(state.count)} | {
        measure.name: measure.column(snapshot)
        for measure in list_measures(state.scenario)
        if names is None or measure.name in names
    }
