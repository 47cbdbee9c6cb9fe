"""The table of worlds: one row per world, one column per measure."""

from __future__ import annotations

import numpy as np

from sim.model.context import PhaseContext
from sim.model.measures.registry import list_measures
from sim.model.measures.snapshot import Snapshot
from sim.model.recording.history import Columns


def tally_worlds(context: PhaseContext) -> Columns:
    """Return one row per world: its number, then every measure of the scenario."""
    state, snapshot = context.state, Snapshot(context)
    return {"world": state.streams.first + np.arange(state.count)} | {
        measure.name: measure.column(snapshot) for measure in list_measures(state.scenario)
    }
