"""An ongoing war as seen by actors that promised neither side anything.

They answer by the same rule as allies, at the rate of those who owed nothing. The chance of twelve
months is spread over the first months of a war.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.model.arrays import Mask, Terms, Vector, total
from sim.model.decisions.calls import AllyCall, call_in_block, find_allies
from sim.model.decisions.phase_cache import PhaseCache
from sim.model.decisions.war_strength import war_strengths
from sim.model.decisions.willingness import AllyCase
from sim.model.entities.rivalry import Rivalry
from sim.model.entities.war import OPEN_WAR
from sim.model.places import Index
from sim.model.state import State
from sim.model.theory.anchor import AidChances
from sim.model.theory.contest import side_preference, win_chance
from sim.model.theory.joining import contagion_log_odds
from sim.model.theory.rates import spread_chance


@dataclass(frozen=True)
class WarSnapshot:
    """An ongoing war as it appears to all onlookers.

    Attributes:
        strengths: strengths of the two sides, (world,) each.
        entered: share of the world's capability at open war in it beside the principals, (world,).
    """

    strengths: tuple[Vector, Vector]
    entered: Vector


@dataclass(frozen=True)
class OnlookerSide:
    """An onlooker's view of one side of a war.

    Attributes:
        case: its view, as of a call by that side's principal.
        contagion: effect of those who have entered already, in log-odds, (world,).
        entered: share of the world's capability that has entered, (world,).
        appeal: utility of joining this side rather than the other, (world,).
        spread: months over which the chance of twelve months is spread, (world,).
    """

    case: AllyCase
    contagion: Vector
    entered: Vector
    appeal: Vector
    spread: Vector

    def monthly_chances(self, cache: PhaseCache) -> AidChances:
        """Return the chances this month of at least materiel, troops, and open war, (world,)."""
        willing = total(self.terms(cache).values()) if self.case.joins_by_theory else None
        if willing is None:
            willing = self.case.willingness(cache) + self.contagion
        materiel, troops, war = (
            spread_chance(chance, self.spread) for chance in self.case.aid_chances(willing)
        )
        return materiel, troops, war

    def terms(self, cache: PhaseCache) -> Terms:
        """Return the considerations, in log-odds of open war within twelve months."""
        if self.case.joins_by_theory:
            war = {"entered": self.entered, "appeal": self.appeal}
            return self.case.join_terms(cache, war)
        return self.case.terms(cache) | {"contagion": self.contagion}


def take_war_snapshot(state: State, rivalry: Rivalry) -> WarSnapshot:
    """Return an ongoing war as it appears from outside."""
    theatre = np.full(state.count, list(state.rivalries).index(rivalry.code))
    first, second = war_strengths(state, theatre, np.arange(state.count))
    at_war = state.capability * rivalry.war.fighting
    others = [row for row in range(len(state.codes)) if row not in rivalry.rivals]
    return WarSnapshot((first, second), total([0 * at_war[0], *(at_war[row] for row in others)]))


def may_join(state: State, rivalry: Rivalry, worlds: Index) -> Mask:
    """Return who may intervene for which side of a war in some worlds, (actor, side, case).

    An onlooker may if it has any strength, is not in the war and does not aid the other side.
    """
    level = rivalry.war.level[:, :, worlds]
    free = ((level != OPEN_WAR) & (level[::-1] == 0)).swapaxes(0, 1)
    able = _onlookers(state, rivalry, worlds) & (state.capability[:, worlds] > 0)
    joins: Mask = free & able[:, None]
    return joins


def _onlookers(state: State, rivalry: Rivalry, worlds: Index) -> Mask:
    """Return who is no principal and has promised neither of them anything, (actor, case)."""
    onlooks = np.ones((len(state.codes), len(worlds)), dtype=bool)
    onlooks[list(rivalry.rivals)] = False
    for rival in rivalry.rivals:
        for ally, allied in find_allies(state, rival, rivalry.code).items():
            onlooks[ally] &= False if allied is None else ~allied[worlds]
    return onlooks


def view_side(state: State, choice: AllyCall, snapshot: WarSnapshot) -> OnlookerSide:
    """Return an onlooker's view of one side of a war, as of a call by its principal."""
    join, case = state.rules.join, AllyCase(state, call_in_block(state, choice))
    contagion = contagion_log_odds(join.contagion, np.zeros(state.count), snapshot.entered)
    appeal = join_appeal(state, choice, snapshot) if case.joins_by_theory else state.nothing
    return OnlookerSide(case, contagion, snapshot.entered, appeal, join.spread)


def join_appeal(state: State, choice: AllyCall, snapshot: WarSnapshot) -> Vector:
    """Return the utility of joining that side rather than the other, (world,)."""
    appeal = side_appeal(state, choice.ally, state.rivalries[choice.rivalry], snapshot)
    return appeal * (1 - 2 * choice.side)


def side_appeal(state: State, actor: int, rivalry: Rivalry, snapshot: WarSnapshot) -> Vector:
    """Return the utility of joining side 0 rather than side 1; 0 where joining has no effect."""
    (first, second), rivals = snapshot.strengths, rivalry.rivals
    own, reach, affinity = state.capability[actor], state.reach[actor], state.memory.affinity[actor]
    with_first = win_chance(first + own * reach[rivals[0]], second)
    with_second = win_chance(second + own * reach[rivals[1]], first)
    return side_preference(with_first, with_second, affinity[rivals[0]], affinity[rivals[1]])
