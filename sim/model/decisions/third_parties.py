"""A war as those see it who have promised nobody anything in it, and what would make them enter."""

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
    """A war as it looks to all who might join it.

    Attributes:
        strengths: of the two sides, (world,) each.
        share: share of the world's capability that is at open war in it, (world,).
    """

    strengths: tuple[Vector, Vector]
    share: Vector


def take_war_snapshot(state: State, rivalry: Rivalry) -> WarSnapshot:
    """Return a war as it looks from outside."""
    strengths = war_strength(state, rivalry, 0), war_strength(state, rivalry, 1)
    return WarSnapshot(strengths, total(state.capability * rivalry.war.fighting))


def may_join(state: State, actor: int, rivalry: Rivalry) -> Mask:
    """Return where a war is young, and it has neither entered nor been bound to answer."""
    if any(find_aid_treaties(state, actor, rival, rivalry.code) for rival in rivalry.rivals):
        return state.no_world.copy()
    return rivalry.war.began_within(state.month, state.rules.join.spread) & ~rivalry.war.involved(
        actor
    )


def side_appeal(state: State, actor: int, rivalry: Rivalry, snapshot: WarSnapshot) -> Vector:
    """Return the utility of joining side 0 rather than side 1; 0 where it changes nothing."""
    (first, second), (one, other) = snapshot.strengths, rivalry.rivals
    own, reach, fond = state.capability[actor], state.reach[actor], state.memory.affinity[actor]
    with_first = win_chance(first + own * reach[one], second)
    with_second = win_chance(second + own * reach[other], first)
    gain = side_preference(with_first, with_second, fond[one], fond[other])
    return np.where(state.capability[actor] > 0, gain, 0.0)  # not a rounding error


def join_terms(state: State, actor: int, rivalry: Rivalry, snapshot: WarSnapshot) -> Terms:
    """Return what speaks for and against entering: neighbourhood, rank and contagion."""
    rules = state.rules.join
    return join_considerations(
        _base_rate(state, actor, rivalry) / rules.spread, rules, snapshot.share
    )


def _base_rate(state: State, actor: int, rivalry: Rivalry) -> Vector:
    rules = state.rules.join
    if state.borders[actor, list(rivalry.rivals)].any():
        return rules.neighbour
    return rules.major_power if state.major_power[actor] else rules.other
