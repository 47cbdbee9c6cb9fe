"""An ongoing war as seen by actors without a commitment in it, and their terms of entry."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.model.arrays import Mask, Terms, Vector, total
from sim.model.decisions.calls import find_aid_treaties
from sim.model.decisions.war_strength import war_strength
from sim.model.entities.rivalry import Rivalry
from sim.model.state import State
from sim.model.theory.contest import side_preference, win_chance
from sim.model.theory.joining import join_considerations


@dataclass(frozen=True)
class WarSnapshot:
    """An ongoing war as it appears to all actors that might join it.

    Attributes:
        strengths: strengths of the two sides, (world,) each.
        share: share of the world's capability at open war in it, (world,).
    """

    strengths: tuple[Vector, Vector]
    share: Vector


def take_war_snapshot(state: State, rivalry: Rivalry) -> WarSnapshot:
    """Return an ongoing war as it appears from outside."""
    strengths = war_strength(state, rivalry, 0), war_strength(state, rivalry, 1)
    return WarSnapshot(strengths, total(state.capability * rivalry.war.fighting))


def may_join(state: State, actor: int, rivalry: Rivalry) -> Mask:
    """Return where a war is recent and the actor is neither in it nor committed to a rival."""
    if any(find_aid_treaties(state, actor, rival, rivalry.code) for rival in rivalry.rivals):
        return state.no_world.copy()
    return rivalry.war.began_within(state.month, state.rules.join.spread) & ~rivalry.war.involved(
        actor
    )


def side_appeal(state: State, actor: int, rivalry: Rivalry, snapshot: WarSnapshot) -> Vector:
    """Return the utility of joining side 0 rather than side 1; 0 where joining has no effect."""
    (first, second), rivals = snapshot.strengths, rivalry.rivals
    own, reach, affinity = state.capability[actor], state.reach[actor], state.memory.affinity[actor]
    with_first = win_chance(first + own * reach[rivals[0]], second)
    with_second = win_chance(second + own * reach[rivals[1]], first)
    gain = side_preference(with_first, with_second, affinity[rivals[0]], affinity[rivals[1]])
    return np.where(state.capability[actor] > 0, gain, 0.0)  # exactly 0, free of rounding errors


def join_terms(state: State, actor: int, rivalry: Rivalry, snapshot: WarSnapshot) -> Terms:
    """Return the terms of entering: neighbourhood, rank and contagion."""
    rules = state.rules.join
    return join_considerations(
        _base_rate(state, actor, rivalry) / rules.spread, rules, snapshot.share
    )


def _base_rate(state: State, actor: int, rivalry: Rivalry) -> Vector:
    rules = state.rules.join
    if state.borders[actor, list(rivalry.rivals)].any():
        return rules.neighbour
    return rules.major_power if state.major_power[actor] else rules.other
