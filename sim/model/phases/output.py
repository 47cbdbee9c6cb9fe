"""Part of the exchange phase: munitions output grows while an actor fights or supplies a war.

No economy stands behind it: the pace (`rules.supply.ramp`) and the ceilings (`output_ceiling` of
the actors) are those of shells made since 2022. Missiles are left out, for want of figures.
"""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Mask
from sim.model.state import State


def ramp_output(state: State) -> None:
    """Adjust every industry by a month, and what its actor makes and can spare of new rounds."""
    institutions, ramp, at_war = state.institutions, state.rules.supply.ramp, state.wars.fighting
    for actor, industry in institutions.industries.items():
        industry.ramp(at_war[actor] | _supplies_a_war(state, actor), ramp)
        if actor in institutions.arsenals:
            institutions.arsenals[actor].scale_production(industry.level)
        for exchange in institutions.exchanges.values():
            if exchange.supplier == actor:
                exchange.scale_output(industry.level)


def _supplies_a_war(state: State, actor: int) -> Mask:
    """Return where an actor supplies one that is at war, (world,)."""
    supplied = [
        state.rivalries[exchange.spec.rivalry].war.on
        for exchange in state.institutions.exchanges.values()
        if exchange.supplier == actor
    ]
    return np.logical_or.reduce([state.no_world, *supplied])
