"""How each world parts into two camps, as columns of the table of worlds."""

from __future__ import annotations

from sim.model.arrays import Mask
from sim.model.measures.camps import promises_aid, worth_measuring
from sim.model.measures.propensity import propensities
from sim.model.recording.history import Columns
from sim.model.state import State
from sim.model.theory.landscape import landscape, sides, strain


def camps(state: State) -> Columns:
    """Return one row per world of what `camp_measures` names, as things stand now."""
    if not worth_measuring(state.scenario):
        return {}
    propensity, size = propensities(state), state.capability
    found = landscape(propensity, size)
    side = sides(len(state.codes))[found.deepest].T
    return {
        "camps_minima": found.stable.sum(axis=0),
        "camps_basin": found.share_of_deepest,
        "camps_strain": strain(propensity, size, side),
        **_together(state, side),
    }


def _together(state: State, side: Mask) -> Columns:
    """Return for every treaty that promises aid where all its parties are in one camp."""
    columns: Columns = {}
    for code, treaty in state.treaties.items():
        if promises_aid(treaty.spec):
            parties = side[list(treaty.parties)]
            columns[f"together_{code}"] = (parties == parties[0]).all(axis=0)
    return columns
