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
from sim.model.entities.treaty import Treaty
from sim.model.entities.war import OPEN_WAR, TROOPS, War
from sim.model.places import CasePlaces, Index
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
            _enter_war(context, rivalries[theatre], side, actor, due.nonzero()[0])


def apply_answer(context: PhaseContext, answer: AllyAnswer) -> None:
    """Record an answer and let the ally prepare its aid, or enter the war at once."""
    due = _record_answer(context, answer)
    if not any_world(answer.level):
        return
    _record_aid(context, answer, due)
    (call, level, _), state = answer, context.state
    rivalry, helps = state.rivalries[call.rivalry], level > 0
    arrival = _arrival_month(state, call, call.worlds[helps], level[helps])
    rivalry.war.commit(call.side, call.ally, call.worlds[helps], level[helps], arrival)
    arrives = rivalry.war.arrival_month[call.side, call.ally, call.worlds] <= state.month
    if any_world(arrives):
        _enter_war(context, rivalry, call.side, call.ally, call.worlds[arrives])


def _record_aid(context: PhaseContext, answer: AllyAnswer, due: Mask) -> None:
    """Record who helps beyond what is due to a partner, and whom a commitment drags into war."""
    (call, level, unbound), worlds = answer, answer.call.worlds
    war, record = context.state.rivalries[call.rivalry].war, context.chronicle.record_in
    subject = call.ally, call.partner, call.rivalry
    more = ~due & (level > _given_already(war, answer))
    record("helps", worlds[more], *subject, level[more])
    entrapped = worlds[due & (level == OPEN_WAR) & (unbound < OPEN_WAR)]
    record("entrapped", entrapped, *subject, OPEN_WAR)
    context.entrapped[call.ally, entrapped] = True
    war.entrapped[call.ally, entrapped] = True


def _given_already(war: War, answer: AllyAnswer) -> Levels:
    """Return the level of aid that the ally gives or has decided on in that war, (case,)."""
    at = answer.call.side, answer.call.ally, answer.call.worlds
    given: Levels = np.maximum(war.level[at], war.committed_level[at])
    return given


def _record_answer(context: PhaseContext, answer: AllyAnswer) -> Mask:
    """Record the answer under every treaty by which aid was due; return where any was, (case,)."""
    call, worlds, state = answer.call, answer.call.worlds, context.state
    pair, due_anywhere = (call.ally, call.partner), np.zeros(len(worlds), dtype=bool)
    rivalry, at = state.rivalries[call.rivalry], CasePlaces(worlds)
    beginning = find_beginning(rivalry, call.side, call.partner, at)
    for treaty in find_aid_treaties(state, *pair, call.rivalry):
        due = (at.of(state.binding_between(treaty, *pair)) > 0) & treaty.aid_due(*beginning)
        if any_world(due):
            _record_under(context, answer, treaty, due)
            due_anywhere |= due
    if any_world(due_anywhere):
        _remember(context, answer, due_anywhere)
    return due_anywhere


def _record_under(context: PhaseContext, answer: AllyAnswer, treaty: Treaty, due: Mask) -> None:
    """Record the answer under a treaty by which aid was `due`, (case,)."""
    call, worlds, level = answer.call, answer.call.worlds[due], answer.level[due]
    treaty.count_answers(worlds, level)
    record, pair, honoured = context.chronicle.record_in, (call.ally, call.partner), level > 0
    record("called", worlds, *pair[::-1], treaty.code)
    record("honoured", worlds[honoured], *pair, treaty.code, level[honoured])
    record("reneged", worlds[~honoured], *pair, treaty.code)


def _remember(context: PhaseContext, answer: AllyAnswer, due: Mask) -> None:
    """Let actors remember an answer where any treaty made aid `due`, (case,)."""
    call, worlds, honoured = answer.call, answer.call.worlds[due], answer.level[due] > 0
    state, reneged = context.state, worlds[~honoured]
    context.called[call.partner, worlds] = True
    context.abandoned[call.partner, reneged] = True
    state.rivalries[call.rivalry].war.record_call(call.ally, call.partner, worlds, reneged)
    if state.mechanisms.memory:
        state.memory.record_answer(call.ally, call.partner, worlds, honoured)


def _arrival_month(state: State, call: AllyCall, worlds: Index, level: Levels) -> Vector:
    """Return the month of arrival, (case,): materiel and stationed troops arrive at once."""
    delayed = (level >= TROOPS) * (1 - state.stationed[call.ally, call.partner])
    arrival: Vector = state.month + np.floor(state.rules.honour.delay[worlds]) * delayed
    return arrival


def _enter_war(
    context: PhaseContext, rivalry: Rivalry, side: int, actor: int, worlds: Index
) -> None:
    """Let an actor give a side what it has decided on, in some worlds, unless it opposes it."""
    war, at = rivalry.war, (side, actor, worlds)
    level, free = war.committed_level[at], war.level[1 - side, actor, worlds] != OPEN_WAR
    more = free & war.on[worlds] & (level > war.level[at])
    if not any_world(more):
        return
    worlds, level = worlds[more], level[more]
    context.chronicle.record_in("sends", worlds, actor, rivalry.rivals[side], rivalry.code, level)
    entered = war.enter(worlds, side, actor, level)
    context.entered[actor, entered] = True
    if context.state.mechanisms.chain_ganging:
        war.let_all_call(entered, side, actor)
