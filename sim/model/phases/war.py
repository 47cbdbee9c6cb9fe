"""Phase: a month of war, and the end of wars."""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Mask, Terms, Vector, any_world, in_any_world, rows_in_any_world, total
from sim.model.context import PhaseContext
from sim.model.decision_log import DrawKey
from sim.model.decisions.home_soil import decide_home_soil
from sim.model.decisions.leanings import decide_together
from sim.model.decisions.sampling import occurs_each
from sim.model.decisions.war_strength import war_strengths
from sim.model.entities.rivalry import Rivalry
from sim.model.places import CasePlaces, Index
from sim.model.plugged.war import settlement_terms
from sim.model.state import State
from sim.model.theory.attrition import settlement_considerations
from sim.model.theory.contest import win_chance
from sim.model.theory.quantal_response import logistic


def wage_wars(context: PhaseContext) -> None:
    """Advance every war by a month: front, home soil, nuclear use, and its end."""
    state = context.state
    if state.mechanisms.exchange:
        _fire_munitions(context)
    rivalries, fought = list(state.rivalries.values()), state.wars.find_fought()
    chances, uses = _fight(state), _decide_nuclear_use(state)
    for row in fought:
        _reach_home_soil(context, rivalries[row])
        _use_nuclear_weapons(context, rivalries[row], uses[row])
        _check_for_end(context, rivalries[row], chances[row])


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


def _fight(state: State) -> Vector:
    """Move the front of every war and take its losses; return the first side's chance to prevail.

    The chance, (theatre, world), is one half where there is no war.
    """
    theatre, worlds = state.wars.on.nonzero()
    where, first = (theatre, worlds), win_chance(*war_strengths(state, theatre, worlds))
    _move_fronts(state, where, first)
    _take_losses(state, where, first)
    chances = np.full(state.wars.on.shape, 0.5)
    chances[where] = first
    return chances


def _move_fronts(state: State, where: tuple[Index, Index], first: Vector) -> None:
    """Move fronts, given the first side's chance to prevail, (case,).

    Args:
        state: the state.
        where: theatre and world of each case, (case,) each.
        first: the chance.
    """
    wars, rules = state.wars, state.rules.war.at(CasePlaces(where[1]))
    advantage = 2 * np.where(wars.attacker[where] == 0, first, 1 - first) - 1
    movement = rules.front_speed * advantage + rules.front_noise * _draw_fortunes(state)[where]
    wars.front[where] = np.clip(wars.front[where] + movement, -1, 1)


def _draw_fortunes(state: State) -> Vector:
    """Return a standard normal number for each war that is fought, (theatre, world), else 0."""
    fortunes, codes = np.zeros(state.wars.on.shape), list(state.rivalries)
    for theatre in state.wars.find_fought():
        fortunes[theatre] = state.streams.normal("fortune", state.month, codes[theatre])
    return fortunes


def _take_losses(state: State, where: tuple[Index, Index], first: Vector) -> None:
    """Update losses and weariness of both sides, likewise."""
    wars, (theatre, worlds) = state.wars, where
    at, both = CasePlaces(worlds), (theatre, slice(None), worlds)
    rules, supply = state.rules.war.at(at), state.rules.supply.at(at)
    lost = (supply.losses / 12 * np.array((1 - first, first))).T  # (case, side)
    wars.strength_lost[both] += (1 - wars.strength_lost[both]) * lost
    increase = rules.weariness[:, None] + supply.weariness_of_loss[:, None] * lost
    wars.weariness[both] += (1 - wars.weariness[both]) * increase.clip(0, 1)


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


def _decide_nuclear_use(state: State) -> Mask:
    """Return which actors use nuclear weapons in each war, (theatre, actor, world)."""
    armed = state.wars.fighting_by_theatre & (state.nuclear > 0)
    at, codes, theatres = in_any_world(armed).nonzero(), state.codes, list(state.rivalries)
    keys = [
        DrawKey("nuclear use", codes[actor], "", theatres[theatre])
        for theatre, actor in zip(*(rows.tolist() for rows in at), strict=True)
    ]
    uses = np.zeros_like(armed)
    uses[at] = armed[at] & occurs_each(state, keys, state.rules.war.nuclear_use, armed[at])
    return uses


def _use_nuclear_weapons(context: PhaseContext, rivalry: Rivalry, uses: Mask) -> None:
    """Record who uses nuclear weapons in a war, (actor, world)."""
    for actor in rows_in_any_world(uses):
        context.chronicle.record("nuclear_use", uses[actor], actor, None, rivalry.code)
        context.nuclear_use |= uses[actor]


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
