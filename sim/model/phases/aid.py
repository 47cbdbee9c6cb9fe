"""What the answers to calls do: allies prepare aid, arrive and enter wars, and it is recorded.

An answer of materiel, or of troops that are in place, arrives at once; other aid some months later.
"""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Levels, Mask, Vector, any_world, in_any_world, true_places
from sim.model.context import PhaseContext
from sim.model.decisions.answers import AllyAnswer
from sim.model.decisions.calls import AllyCall, find_aid_treaties, find_beginning
from sim.model.entities.rivalry import Rivalry
from sim.model.entities.war import OPEN_WAR, TROOPS
from sim.model.places import Index
from sim.model.state import State


def enter_arrivals(context: PhaseContext) -> None:
    """Let allies arrive that committed themselves in an earlier month."""
    state, wars = context.state, context.state.wars
    preparing = wars.committed_level > wars.level
    if not any_world(preparing):
        return
    rivalries = list(state.rivalries.values())
    for at in true_places(in_any_world(preparing)):
        theatre, side, actor = at
        due = preparing[at] & (wars.arrival_month[at] <= state.month)
        if any_world(due):
            _enter_war(context, rivalries[theatre], side, actor, due)


def apply_answer(context: PhaseContext, answer: AllyAnswer) -> None:
    """Record an answer and let the ally prepare its aid, or enter the war at once."""
    due = _record_answer(context, answer)
    if not any_world(answer.level > 0):
        return
    _record_aid(context, answer, due)
    call, state = answer.call, context.state
    rivalry = state.rivalries[call.rivalry]
    worlds = answer.level.nonzero()[0]
    level = answer.level[worlds]
    arrival = _arrival_month(state, call, worlds, level)
    rivalry.war.commit(call.side, call.ally, worlds, level, arrival)
    now = call.where & (rivalry.war.arrival_month[call.side, call.ally] <= state.month)
    _enter_war(context, rivalry, call.side, call.ally, now)


def _record_aid(context: PhaseContext, answer: AllyAnswer, due: Mask) -> None:
    """Record who helps beyond what is due to a partner, and whom a commitment drags into war."""
    call, level = answer.call, answer.level
    rivalry = context.state.rivalries[call.rivalry]
    helped = call.where & ~due & (level > _given_already(rivalry, answer))
    context.chronicle.record("helps", helped, call.ally, call.partner, call.rivalry, level)
    entrapped = due & (level == OPEN_WAR) & (answer.counterfactual_level < OPEN_WAR)
    context.chronicle.record(
        "entrapped", entrapped, call.ally, call.partner, call.rivalry, OPEN_WAR
    )
    context.entrapped[call.ally] |= entrapped
    rivalry.war.entrapped[call.ally] |= entrapped


def _given_already(rivalry: Rivalry, answer: AllyAnswer) -> Levels:
    """Return the level of aid that the ally gives or has decided on in that war, (world,)."""
    war, at = rivalry.war, (answer.call.side, answer.call.ally)
    given: Levels = np.maximum(war.level[at], war.committed_level[at])
    return given


def _record_answer(context: PhaseContext, answer: AllyAnswer) -> Mask:
    """Record the answer under every treaty by which aid was due; return where any was."""
    call, state = answer.call, context.state
    due_anywhere = state.no_world.copy()
    beginning = find_beginning(state.rivalries[call.rivalry], call.side, call.partner)
    for treaty in find_aid_treaties(state, call.ally, call.partner, call.rivalry):
        binds = state.binding_between(treaty, call.ally, call.partner) > 0
        due = call.where & binds & treaty.aid_due(*beginning)
        if not any_world(due):
            continue
        treaty.count_answers(due, answer.level)
        pair = call.ally, call.partner
        context.chronicle.record("called", due, call.partner, call.ally, treaty.code)
        honoured, reneged = due & (answer.level > 0), due & (answer.level == 0)
        context.chronicle.record("honoured", honoured, *pair, treaty.code, answer.level)
        context.chronicle.record("reneged", reneged, *pair, treaty.code)
        due_anywhere |= due
    if not any_world(due_anywhere):
        return due_anywhere
    honoured, reneged = due_anywhere & (answer.level > 0), due_anywhere & (answer.level == 0)
    context.called[call.partner] |= due_anywhere
    context.abandoned[call.partner] |= reneged
    state.rivalries[call.rivalry].war.record_call(call.ally, call.partner, due_anywhere, reneged)
    if state.mechanisms.memory:
        state.memory.record_answer(call.ally, call.partner, honoured, reneged)
    return due_anywhere


def _arrival_month(state: State, call: AllyCall, worlds: Index, level: Levels) -> Vector:
    """Return the month of arrival, (case,): materiel and stationed troops arrive at once."""
    delayed = (level >= TROOPS) * (1 - state.stationed[call.ally, call.partner])
    arrival: Vector = state.month + np.floor(state.rules.honour.delay[worlds]) * delayed
    return arrival


def _enter_war(context: PhaseContext, rivalry: Rivalry, side: int, actor: int, where: Mask) -> None:
    war, partner = rivalry.war, rivalry.rivals[side]
    level = war.committed_level[side, actor]
    where = where & ~war.opposes(actor, side)
    more = where & war.on & (level > war.level[side, actor])
    context.chronicle.record("sends", more, actor, partner, rivalry.code, level)
    entered = war.enter(where, side, actor, level)
    context.entered[actor] |= entered
    if context.state.mechanisms.chain_ganging:
        war.may_call[side, actor] |= entered
        war.let_opponents_call(entered, side)
