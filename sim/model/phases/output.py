"""Part of the exchange phase: munitions output grows while an actor fights or supplies a war.

No economy stands behind it: the pace (`rules.supply.ramp`) and the ceilings (`output_ceiling` of
the actors) are those of shells made since 2022. Missiles are left out, for want of figures.
"""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Mask, any_world
from sim.model.state import State


def ramp_output(state: State) -> None:
    """Adjust every industry by a month, and what its actor makes and can spare of new rounds."""
    institutions, ramp = state.institutions, state.rules.supply.ramp
    for actor, industry in institutions.industries.items():
        industry.ramp(_engaged(state, actor), ramp)
        if actor in institutions.arsenals:
            institutions.arsenals[actor].scale_production(industry.level)
        for exchange in institutions.exchanges.values():
            if exchange.supplier == actor:
                exchange.scale_output(industry.level)


def _engaged(state: State, actor: int) -> Mask:
    """Return where an actor is at open war, or supplies one that is under way, (world,)."""
    wars = {code: rivalry.war for code, rivalry in state.rivalries.items()}
    fights = [war.involved(actor) for war in wars.values() if any_world(war.on)]
    supplied = [
        wars[exchange.spec.rivalry].on
        for exchange in state.institutions.exchanges.values()
        if exchange.supplier == actor
    ]
    return np.any([state.no_world, *fights, *supplied], axis=0)
