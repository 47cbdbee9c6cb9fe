"""How each world parts into two camps, as columns of the table of worlds."""

from __future__ import annotations

from sim.model.history import Columns
from sim.model.measuring.camps import promises_aid, worth_measuring
from sim.model.propensity import propensities
from sim.model.state import State
from sim.model.theory.landscape import Landscape, landscape, sides, strain


def camps(state: State) -> Columns:
    """Return one row per world of what `camp_measures` names, as things stand now."""
    if not worth_measuring(state.scenario):
        return {}
    propensity = propensities(state)
    found = landscape(propensity, state.capability)
    return {
        "camps_minima": found.stable.sum(axis=0),
        "camps_basin": found.share_of_deepest,
        "camps_strain": strain(propensity, state.capability, found.lowest),
        **_together(state, found),
    }


def _together(state: State, found: Landscape) -> Columns:
    side = sides(len(state.codes))[found.deepest]  # (world, actor)
    columns: Columns = {}
    for code, treaty in state.treaties.items():
        if promises_aid(treaty.spec):
            partners = side[:, list(treaty.parties)]
            columns[f"together_{code}"] = (partners == partners[:, :1]).all(axis=1)
    return columns
