"""Phase: a month of war, and the end of wars."""

from __future__ import annotations

import numpy as np

from sim.model.arrays import (
    Mask,
    Terms,
    Vector,
    any_world,
    in_any_world,
    rows_in_any_world,
    total,
    where_true,
)
from sim.model.context import PhaseContext
from sim.model.decision_log import DrawKey
from sim.model.decisions.home_soil import decide_home_soil
from sim.model.decisions.leanings import decide_together
from sim.model.decisions.sampling import occurs_each
from sim.model.decisions.war_strength import war_strengths
from sim.model.entities.rivalry import Rivalry
from sim.model.places import CasePlaces, Index
from sim.model.plugged.war import settlement_terms
from sim.model.randomness.streams import as_normal
from sim.model.state import State
from sim.model.theory.attrition import settlement_considerations
from sim.model.theory.contest import win_chance
from sim.model.theory.quantal_response import logistic

_Cases = tuple[Index, ...]
"""Theatre and world of each case of a war, (case,) each."""


def wage_wars(context: PhaseContext) -> None:
    """Advance every war by a month: front, home soil, nuclear use, and its end."""
    state = context.state
    if state.mechanisms.exchange:
        _fire_munitions(context)
    rivalries, where = list(state.rivalries.values()), where_true(state.wars.on)
    chances, uses = _fight(state, where), _decide_nuclear_use(state)
    settled = None if _settle_one_by_one(state) else _settle_at_once(state, where, chances[where])
    for row in state.wars.find_fought():
        rivalry = rivalries[row]
        _reach_home_soil(context, rivalry)
        _use_nuclear_weapons(context, rivalry, uses[row])
        terms = _settlement_terms(state, rivalry, chances[row]) if settled is None else {}
        end_war(context, rivalry, np.abs(rivalry.war.front) >= 1, "victory")
        peace = _settle(state, rivalry, terms) if settled is None else settled[row]
        end_war(context, rivalry, peace, "peace")


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


def _fight(state: State, where: _Cases) -> Vector:
    """Move the front of every war and take its losses; return the first side's chance to prevail.

    The chance, (theatre, world), is one half where there is no war.
    """
    first = win_chance(*war_strengths(state, *where))
    _move_fronts(state, where, first)
    _take_losses(state, where, first)
    chances = np.full(state.wars.on.shape, 0.5)
    chances[where] = first
    return chances


def _move_fronts(state: State, where: _Cases, first: Vector) -> None:
    """Move fronts, given the first side's chance to prevail, (case,)."""
    wars, rules = state.wars, state.rules.war.at(CasePlaces(where[1]))
    advantage = 2 * np.where(wars.attacker[where] == 0, first, 1 - first) - 1
    fortune = as_normal(_draw_in_wars(state, "fortune", where))
    movement = rules.front_speed * advantage + rules.front_noise * fortune
    wars.front[where] = np.clip(wars.front[where] + movement, -1, 1)


def _draw_in_wars(state: State, what: str, where: _Cases) -> Vector:
    """Return this month's draw for each war, in its cases, (case,)."""
    fought, codes = state.wars.find_fought(), list(state.rivalries)
    occasions = [(what, state.month, codes[row], "", "") for row in fought]
    return state.streams.few(occasions, np.searchsorted(fought, where[0]), where[1])


def _take_losses(state: State, where: _Cases, first: Vector) -> None:
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


def _settle_one_by_one(state: State) -> bool:
    """Whether settlements are decided war by war: by a theory, or with reasons for the log."""
    return state.one_by_one or "settlement" in state.theories


def _settle_at_once(state: State, where: _Cases, first: Vector) -> Mask:
    """Return where both sides are ready to settle, (theatre, world), decided for all wars."""
    wars, rules = state.wars, state.rules.war.at(CasePlaces(where[1]))
    weariness = total(wars.weariness[where[0], side, where[1]] for side in (0, 1)) / 2
    terms = settlement_considerations(rules, weariness, wars.front[where], _imbalance(first))
    settled = np.zeros_like(wars.on)
    settled[where] = _draw_in_wars(state, "settle", where) < logistic(total(terms.values()))
    return settled


def _settlement_terms(state: State, rivalry: Rivalry, first: Vector) -> Terms:
    """Return the considerations of settling one war, in every world."""
    if "settlement" in state.theories:
        return settlement_terms(state, rivalry, first)
    war, rules = rivalry.war, state.rules.war
    return settlement_considerations(rules, war.mean_weariness, war.front, _imbalance(first))


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


def _imbalance(first: Vector) -> Vector:
    """Return how unequal the sides are, 0 to 1, given the first side's chance to prevail."""
    return np.abs(2 * first - 1)
