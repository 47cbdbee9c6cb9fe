"""Phase: a month of war, and the end of wars."""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Mask, Terms, Vector, any_world, rows_in_any_world, total
from sim.model.context import PhaseContext
from sim.model.decision_log import DrawKey
from sim.model.decisions.home_soil import decide_home_soil
from sim.model.decisions.leanings import decide_together
from sim.model.decisions.sampling import occurs_each
from sim.model.decisions.war_strength import war_strength
from sim.model.entities.rivalry import Rivalry
from sim.model.plugged.war import settlement_terms
from sim.model.state import State
from sim.model.theory.attrition import settlement_considerations
from sim.model.theory.contest import win_chance
from sim.model.theory.quantal_response import logistic


def wage_wars(context: PhaseContext) -> None:
    """Advance every war by a month: front, home soil, nuclear use, and its end."""
    if context.state.mechanisms.exchange:
        _fire_munitions(context)
    rivalries = list(context.state.rivalries.values())
    for rivalry in [rivalries[row] for row in context.state.wars.find_fought()]:
        first = win_chance(*(war_strength(context.state, rivalry, side) for side in (0, 1)))
        _move_front(context, rivalry, first)
        _reach_home_soil(context, rivalry)
        _use_nuclear_weapons(context, rivalry)
        _check_for_end(context, rivalry, first)


def end_war(context: PhaseContext, rivalry: Rivalry, where: Mask, event: str) -> None:
    """End the war, and the dispute with it, in the given worlds."""
    where = where & rivalry.war.on
    if not any_world(where):
        return
    context.chronicle.record(event, where, *rivalry.rivals, rivalry.code)
    rivalry.war.end(where, context.state.month)
    rivalry.end_dispute(where)


def strike_home_soil(context: PhaseContext, rivalry: Rivalry, where: Mask) -> None:
    """Strike the home soil of the side that began the war, to whom conditional aid is then due."""
    war = rivalry.war
    where = where & war.on & ~war.home_soil
    if not any_world(where):
        return
    war.home_soil |= where
    war.home_soil_struck |= where
    for side in (0, 1):
        struck = where & war.attacks(side)
        attacker, defender = rivalry.rivals[side], rivalry.rivals[1 - side]
        context.chronicle.record("home_soil", struck, defender, attacker, rivalry.code)
        war.may_invoke[side] |= struck


def _move_front(context: PhaseContext, rivalry: Rivalry, first: Vector) -> None:
    """Move the front, and take losses, given the first side's chance to prevail."""
    state, war = context.state, rivalry.war
    rules = state.rules.war
    advantage = 2 * np.where(war.attacker == 0, first, 1 - first) - 1
    noise = state.streams.normal("fortune", state.month, rivalry.code)
    movement = rules.front_speed * advantage + rules.front_noise * noise
    war.front = np.clip(war.front + movement * war.on, -1, 1)
    _take_losses(context, rivalry, first)


def _take_losses(context: PhaseContext, rivalry: Rivalry, first: Vector) -> None:
    """Update losses and weariness of both sides, given the first side's chance to prevail."""
    state, war = context.state, rivalry.war
    rules, supply = state.rules.war, state.rules.supply
    opposed = np.array((1 - first, first))
    lost = supply.losses / 12 * opposed * war.on
    war.strength_lost += (1 - war.strength_lost) * lost
    increase = rules.weariness * war.on + supply.weariness_of_loss * lost
    war.weariness += (1 - war.weariness) * increase.clip(0, 1)


def _fire_munitions(context: PhaseContext) -> None:
    """Let every actor with a modelled arsenal produce and fire munitions for a month."""
    state = context.state
    at_war = state.wars.fighting
    for actor, arsenal in state.institutions.arsenals.items():
        arsenal.advance_month(at_war[actor])


def _reach_home_soil(context: PhaseContext, rivalry: Rivalry) -> None:
    state = context.state
    if state.borders[rivalry.rivals]:
        spared = rivalry.war.on & ~rivalry.war.home_soil
        if any_world(spared):
            strike_home_soil(context, rivalry, decide_home_soil(state, rivalry, spared))


def _use_nuclear_weapons(context: PhaseContext, rivalry: Rivalry) -> None:
    state, war = context.state, rivalry.war
    at_war = war.on & war.fighting & (state.nuclear > 0)
    armed = rows_in_any_world(at_war)
    keys = [DrawKey("nuclear use", state.codes[actor], "", rivalry.code) for actor in armed]
    uses = at_war[armed] & occurs_each(state, keys, state.rules.war.nuclear_use, at_war[armed])
    for place in rows_in_any_world(uses):
        used = uses[place]
        context.chronicle.record("nuclear_use", used, armed[place], None, rivalry.code)
        context.nuclear_use |= used


def _check_for_end(context: PhaseContext, rivalry: Rivalry, first: Vector) -> None:
    state, war = context.state, rivalry.war
    weariness, imbalance = war.mean_weariness, np.abs(2 * first - 1)
    if "settlement" in state.theories:
        terms = settlement_terms(state, rivalry, first)
    else:
        terms = settlement_considerations(state.rules.war, weariness, war.front, imbalance)
    end_war(context, rivalry, np.abs(war.front) >= 1, "victory")
    end_war(context, rivalry, _settle(state, rivalry, terms), "peace")


def _settle(state: State, rivalry: Rivalry, terms: Terms) -> Mask:
    """Return where both sides are ready to settle, (world,), given the terms of a settlement."""
    first, second = (state.codes[rival] for rival in rivalry.rivals)
    sides = (first, second), (second, first)
    return decide_together(
        state,
        DrawKey("settle", rivalry.code),
        logistic(total(terms.values())),
        [DrawKey("ready to settle", *side, rivalry.code) for side in sides],
        rivalry.war.on,
        lambda: terms,
    )
