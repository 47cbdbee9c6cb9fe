"""Each world summed up: one column per measure."""

from __future__ import annotations

import numpy as np

from sim.model.context import PhaseContext
from sim.model.entities.rivalry import FORCE
from sim.model.measures.registry import list_measures
from sim.model.measures.tally_arrangements import tally_institutions
from sim.model.measures.tally_camps import tally_camps
from sim.model.recording.history import Columns


def tally_worlds(context: PhaseContext) -> Columns:
    """Return one row per world: its number, then every measure of the scenario."""
    state = context.state
    columns: Columns = {"world": state.streams.first + np.arange(state.count)}
    columns |= _rivalries(context) | _treaties(context) | _actors(context) | _overall(context)
    columns |= tally_institutions(state) | tally_camps(state)
    return {"world": columns["world"]} | {
        measure.name: columns[measure.name] for measure in list_measures(state.scenario)
    }


def _rivalries(context: PhaseContext) -> Columns:
    columns: Columns = {}
    for code, rivalry in context.state.rivalries.items():
        war = rivalry.war
        columns[f"war_{code}"] = war.broke_out
        columns[f"force_{code}"] = rivalry.highest_rung >= FORCE
        columns[f"disputes_{code}"] = rivalry.disputes
        columns[f"peace_{code}"] = war.ended_month > 0
        columns[f"home_soil_{code}"] = war.home_soil_struck
        columns[f"front_{code}"] = war.front
    return columns


def _treaties(context: PhaseContext) -> Columns:
    columns: Columns = {}
    for code, treaty in context.state.treaties.items():
        columns[f"in_force_{code}"] = context.state.binding[code] == 1
        columns[f"invoked_{code}"] = treaty.invoked > 0
        columns[f"honoured_{code}"] = treaty.honoured > 0
        columns[f"reneged_{code}"] = treaty.reneged > 0
        columns[f"level_{code}"] = treaty.level
    return columns


def _actors(context: PhaseContext) -> Columns:
    columns: Columns = {}
    for actor in context.actors:
        columns[f"entered_{actor.code}"] = context.entered[actor.index]
        columns[f"entrapped_{actor.code}"] = context.entrapped[actor.index]
        columns[f"abandoned_{actor.code}"] = context.abandoned[actor.index]
    return columns


def _overall(context: PhaseContext) -> Columns:
    rivalries = list(context.state.rivalries.values())
    wars = [rivalry.war.broke_out for rivalry in rivalries]
    disputes = [rivalry.disputes for rivalry in rivalries]
    return {
        "war_any": np.stack([context.state.no_world, *wars]).any(axis=0),
        "war_wider": context.entered.any(axis=0),
        "disputes": np.stack([0 * context.state.no_world, *disputes]).sum(axis=0),
        "nuclear_use": context.nuclear_use,
    }
