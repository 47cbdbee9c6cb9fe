"""Each world summed up: one column per measure."""

from __future__ import annotations

import numpy as np

from sim.model.context import Stage
from sim.model.entities.rivalry import FORCE
from sim.model.measures.registry import measures
from sim.model.measures.tally_arrangements import tally_arranged
from sim.model.measures.tally_camps import camps
from sim.model.recording.history import Columns


def tally(stage: Stage) -> Columns:
    """Return one row per world: its number, then every measure of the scenario."""
    state = stage.state
    columns: Columns = {"world": state.luck.first + np.arange(state.count)}
    columns |= _rivalries(stage) | _treaties(stage) | _actors(stage) | _overall(stage)
    columns |= tally_arranged(state) | camps(state)
    return {"world": columns["world"]} | {
        measure.name: columns[measure.name] for measure in measures(state.scenario)
    }


def _rivalries(stage: Stage) -> Columns:
    columns: Columns = {}
    for code, rivalry in stage.state.rivalries.items():
        war = rivalry.war
        columns[f"war_{code}"] = war.broke_out
        columns[f"force_{code}"] = rivalry.highest >= FORCE
        columns[f"disputes_{code}"] = rivalry.disputes
        columns[f"peace_{code}"] = war.ended > 0
        columns[f"home_soil_{code}"] = war.struck
        columns[f"front_{code}"] = war.front
    return columns


def _treaties(stage: Stage) -> Columns:
    columns: Columns = {}
    for code, treaty in stage.state.treaties.items():
        columns[f"in_force_{code}"] = stage.state.binding[code] == 1
        columns[f"invoked_{code}"] = treaty.invoked > 0
        columns[f"honoured_{code}"] = treaty.honoured > 0
        columns[f"reneged_{code}"] = treaty.reneged > 0
        columns[f"level_{code}"] = treaty.level
    return columns


def _actors(stage: Stage) -> Columns:
    columns: Columns = {}
    for actor in stage.actors:
        columns[f"entered_{actor.code}"] = stage.entered[actor.index]
        columns[f"entrapped_{actor.code}"] = stage.entrapped[actor.index]
        columns[f"abandoned_{actor.code}"] = stage.abandoned[actor.index]
    return columns


def _overall(stage: Stage) -> Columns:
    rivalries = list(stage.state.rivalries.values())
    wars = [rivalry.war.broke_out for rivalry in rivalries]
    disputes = [rivalry.disputes for rivalry in rivalries]
    return {
        "war_any": np.stack([stage.state.nowhere, *wars]).any(axis=0),
        "war_wider": stage.entered.any(axis=0),
        "disputes": np.stack([0 * stage.state.nowhere, *disputes]).sum(axis=0),
        "nuclear_use": stage.nuclear_use,
    }
