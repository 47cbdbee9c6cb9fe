"""Phase: a month of war, and how wars end."""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Mask, Vector, somewhere
from sim.model.context import Stage
from sim.model.decision_log import Occasion
from sim.model.decisions.sampling import befalls, decides
from sim.model.decisions.war_strength import war_strength
from sim.model.entities.rivalry import Rivalry
from sim.model.theory.attrition import settling_considerations
from sim.model.theory.contest import win_chance


def wage_wars(stage: Stage) -> None:
    """Let every war go on for a month, reach home soil, turn nuclear, or end."""
    if stage.state.mechanisms.exchange:
        fire_munitions(stage)
    for rivalry in stage.state.rivalries.values():
        if somewhere(rivalry.war.on):
            _fight(stage, rivalry)
            _carry_home(stage, rivalry)
            _use_nuclear_weapons(stage, rivalry)
            _settle(stage, rivalry)


def make_peace(stage: Stage, rivalry: Rivalry, where: Mask, how: str) -> None:
    """End the war where it ends, and the dispute with it."""
    where = where & rivalry.war.on
    stage.chronicle.note(how, where, *rivalry.rivals, rivalry.code)
    rivalry.war.end(where, stage.state.month)
    rivalry.calm(where)


def strike_home_soil(stage: Stage, rivalry: Rivalry, where: Mask) -> None:
    """Carry the war onto the soil of the side that began it; it has cause to call its allies."""
    war = rivalry.war
    where = where & war.on & ~war.home_soil
    war.home_soil |= where
    war.struck |= where
    for side in (0, 1):
        struck = where & war.attacks(side)
        attacker, defender = rivalry.rivals[side], rivalry.rivals[1 - side]
        stage.chronicle.note("home_soil", struck, defender, attacker, rivalry.code)
        war.alarm[side, attacker] |= struck


def _fight(stage: Stage, rivalry: Rivalry) -> None:
    state, war = stage.state, rivalry.war
    rules = state.rules.war
    first = win_chance(*(war_strength(state, rivalry, side) for side in (0, 1)))
    advantage = 2 * np.where(war.attacker == 0, first, 1 - first) - 1
    fortune = state.luck.normal("fortune", state.month, rivalry.code)
    moved = rules.front_speed * advantage + rules.front_noise * fortune
    war.front = np.clip(war.front + moved * war.on, -1, 1)
    _wear_out(stage, rivalry, first)


def _wear_out(stage: Stage, rivalry: Rivalry, first: Vector) -> None:
    """Lose strength to the other side, and grow weary of it; the first side wins so likely."""
    state, war = stage.state, rivalry.war
    rules, supply = state.rules.war, state.rules.supply
    for side, opposed in enumerate((1 - first, first)):
        lost = supply.losses / 12 * opposed * war.on
        war.lost[side] += lost
        grows = rules.weariness * war.on + supply.weariness_of_loss * lost
        war.weariness[side] += (1 - war.weariness[side]) * grows.clip(0, 1)


def fire_munitions(stage: Stage) -> None:
    """Let every actor whose munitions are followed make and fire a month's worth."""
    state = stage.state
    for actor, arsenal in state.arrangements.arsenals.items():
        wars = [rivalry.war.involved(actor) for rivalry in state.rivalries.values()]
        arsenal.fire(np.any([state.nowhere, *wars], axis=0))


def _carry_home(stage: Stage, rivalry: Rivalry) -> None:
    state = stage.state
    if state.borders[rivalry.rivals]:
        fresh = rivalry.war.on & ~rivalry.war.home_soil
        occasion = Occasion("home soil", rivalry.code)
        struck = befalls(state, occasion, state.rules.war.home_soil, fresh)
        strike_home_soil(stage, rivalry, struck)


def _use_nuclear_weapons(stage: Stage, rivalry: Rivalry) -> None:
    state, war = stage.state, rivalry.war
    for actor in stage.actors:
        at_war = war.on & war.involved(actor.index) & (state.nuclear[actor.index] > 0)
        if not somewhere(at_war):
            continue
        occasion = Occasion("nuclear use", actor.code, "", rivalry.code)
        used = at_war & befalls(state, occasion, state.rules.war.nuclear_use, at_war)
        stage.chronicle.note("nuclear_use", used, actor.index, None, rivalry.code)
        stage.nuclear_use |= used


def _settle(stage: Stage, rivalry: Rivalry) -> None:
    state, war = stage.state, rivalry.war
    terms = settling_considerations(state.rules.war, war.weariness.mean(axis=0), war.front)
    make_peace(stage, rivalry, np.abs(war.front) >= 1, "victory")
    settles = decides(state, Occasion("settle", rivalry.code), terms, war.on)
    make_peace(stage, rivalry, settles, "peace")
