"""How each world parts into two camps, as columns of the table of worlds."""

from __future__ import annotations

from sim.model.arrays import Mask
from sim.model.measures.camps import few_enough_actors, has_aid_obligation
from sim.model.measures.propensity import propensities
from sim.model.recording.history import Columns
from sim.model.state import State
from sim.model.theory.landscape import build_landscape, camp_assignments, camp_strain


def tally_camps(state: State) -> Columns:
    """Return one row per world of what `camp_measures` names, as things stand now."""
    if not few_enough_actors(state.scenario):
        return {}
    propensity, size = propensities(state), state.capability
    found = build_landscape(propensity, size)
    side = camp_assignments(len(state.codes))[found.deepest].T
    return {
        "camps_minima": found.stable.sum(axis=0),
        "camps_basin": found.deepest_basin_share,
        "camps_strain": camp_strain(propensity, size, side),
        **_parties_together(state, side),
    }


def _parties_together(state: State, side: Mask) -> Columns:
    """Return for every treaty that promises aid where all its parties are in one camp."""
    columns: Columns = {}
    for code, treaty in state.treaties.items():
        if has_aid_obligation(treaty.spec):
            parties = side[list(treaty.parties)]
            columns[f"together_{code}"] = (parties == parties[0]).all(axis=0)
    return columns
