"""Part of the exchange phase: munitions output grows while an actor fights or supplies a war.

No economy stands behind it: the pace (`rules.supply.ramp`) and the ceilings (`output_ceiling` of
the actors) are those of shells made since 2022. Missiles are left out, for want of figures.
"""

from __future__ import annotations

from sim.model.arrays import Mask
from sim.model.state import State


def ramp_output(state: State) -> None:
    """Adjust every industry by a month, and what its actor makes and can spare of new rounds."""
    institutions, ramp, engaged = state.institutions, state.rules.supply.ramp, _engaged(state)
    for actor, industry in institutions.industries.items():
        industry.ramp(engaged[actor], ramp)
        if actor in institutions.arsenals:
            institutions.arsenals[actor].scale_production(industry.level)
    for exchange in institutions.exchanges.values():
        if exchange.supplier in institutions.industries:
            exchange.scale_output(institutions.industries[exchange.supplier].level)


def _engaged(state: State) -> Mask:
    """Return where actors are at open war, or supply one that is at war, (actor, world)."""
    engaged: Mask = state.wars.fighting.copy()
    for exchange in state.institutions.exchanges.values():
        engaged[exchange.supplier] |= state.rivalries[exchange.spec.rivalry].war.on
    return engaged
