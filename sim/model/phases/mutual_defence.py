"""Phase: the mutual-defence rule.

An actor that was attacked, faces a new opponent, or has its home soil attacked calls its allies.
Each ally judges its case and answers. Answers cause new calls, so rounds repeat until no ally is
called (chain-ganging, Christensen and Snyder 1990). They end because entries only ever increase.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.model.arrays import Levels, Mask, Vector, any_world
from sim.model.context import PhaseContext
from sim.model.decisions.answers import AllyAnswer
from sim.model.decisions.calls import (
    AllyCall,
    Call,
    allied_where,
    bound_to_aid,
    find_aid_treaties,
    find_allies,
)
from sim.model.decisions.phase_cache import PhaseCache
from sim.model.decisions.war_strength import opposing_nuclear
from sim.model.decisions.willingness import AllyCase
from sim.model.entities.rivalry import Rivalry
from sim.model.entities.war import OPEN_WAR, TROOPS
from sim.model.state import State

_CallsMade = dict[tuple[str, int, int], Mask]
"""Where calls were already made this month, by rivalry, partner and ally."""


_Caller = tuple[Rivalry, int, int]
"""A rivalry, the side that calls, and the actor on it."""


def answer_calls(context: PhaseContext) -> None:
    """Let actors call their allies and the allies answer, in rounds, until no actor calls."""
    _enter_arrivals(context)
    calls_made: _CallsMade = {}
    for _ in context.actors:
        answers = _collect_answers(context, calls_made)
        context.state.wars.forget_calls()
        for answer in answers:
            _apply_answer(context, answer)
        if not answers:
            return


def _enter_arrivals(context: PhaseContext) -> None:
    """Let allies arrive that committed themselves in an earlier month."""
    state, wars = context.state, context.state.wars
    preparing = wars.committed_level > wars.level
    if not any_world(preparing):
        return
    rivalries = list(state.rivalries.values())
    for at in np.argwhere(preparing.any(axis=-1)).tolist():
        theatre, side, actor = at
        due = preparing[*at] & (wars.arrival_month[*at] <= state.month)
        if any_world(due):
            _enter_war(context, rivalries[theatre], side, actor, due)


def _callers(state: State) -> list[_Caller]:
    """Return who has cause to call allies in any world."""
    wars = state.wars
    if not state.mechanisms.mutual_defence or not (
        any_world(wars.may_call) or any_world(wars.may_invoke)
    ):
        return []
    rivalries = list(state.rivalries.values())
    return [
        (rivalries[theatre], side, actor)
        for theatre, side, actor in np.argwhere(wars.find_callers()).tolist()
    ]


def _collect_answers(context: PhaseContext, calls_made: _CallsMade) -> list[AllyAnswer]:
    """Return all answers of a round, none of which is applied yet."""
    calls = [
        call
        for caller in _callers(context.state)
        for call in _make_calls(context, caller, calls_made)
    ]
    if not context.state.one_by_one:
        return context.answers.decide(calls)
    cache = PhaseCache(context.state)
    return [_decide_answer(context, call, cache) for call in calls]


def _make_calls(
    context: PhaseContext, caller: _Caller, calls_made: _CallsMade
) -> Iterator[AllyCall]:
    """Yield the calls to allies that were not called for the same cause before."""
    rivalry, side, partner = caller
    for ally in find_allies(context.state, partner, rivalry.code):
        where = _newly_called(context, caller, ally, calls_made)
        if any_world(where):
            yield AllyCall(rivalry.code, side, partner, ally, where)


def _build_case(state: State, call: AllyCall) -> AllyCase:
    rivalry, side = state.rivalries[call.rivalry], call.side
    began, struck = _find_beginning(rivalry, side, call.partner)
    nuclear = opposing_nuclear(state, rivalry, side)
    who = call.ally, call.partner, rivalry.rivals[1 - side]
    return AllyCase(state, Call(*who, rivalry.code, began, struck, nuclear))


def _find_beginning(rivalry: Rivalry, side: int, partner: int) -> tuple[Mask, Mask]:
    """Return where a side began the war, and where the partner's home soil is attacked for it."""
    began = rivalry.war.attacks(side)
    return began, began & rivalry.war.home_soil & (partner in rivalry.rivals)


def _newly_called(
    context: PhaseContext, caller: _Caller, ally: int, calls_made: _CallsMade
) -> Mask:
    (rivalry, side, partner), war = caller, caller[0].war
    key = rivalry.code, partner, ally
    cause = war.may_call[side, partner] | _may_invoke(context, caller, ally)
    where: Mask = cause & war.on & ~war.involved(ally)
    allied = allied_where(context.state, ally, partner, rivalry.code)
    where = where if allied is None else where & allied
    if key in calls_made:
        where = where & ~calls_made[key]
    calls_made[key] = calls_made[key] | where if key in calls_made else where
    return where


def _may_invoke(context: PhaseContext, caller: _Caller, ally: int) -> Mask:
    """Return where a strike on home soil makes aid due that was not due when the war began.

    Allies that promised no aid were asked at the outbreak and are not asked again.
    """
    state, (rivalry, side, partner) = context.state, caller
    if partner != rivalry.rivals[side]:
        return state.no_world
    bound = bound_to_aid(state, ally, partner, rivalry.code)
    invoked: Mask = rivalry.war.may_invoke[side] & bound
    return invoked


def _decide_answer(context: PhaseContext, call: AllyCall, cache: PhaseCache) -> AllyAnswer:
    """Decide the answer to one call in every world, with the reasons for the log."""
    actor, case = context.actors[call.ally], _build_case(context.state, call)
    level = actor.decide_answer(case, cache, where=call.where) * call.where
    enters = any_world(level == OPEN_WAR)  # elsewhere the counterfactual is not used
    counterfactual = actor.counterfactual_answer(case, cache) * call.where if enters else level
    return AllyAnswer(call, level, counterfactual)


def _apply_answer(context: PhaseContext, answer: AllyAnswer) -> None:
    due = _record_answer(context, answer)
    if not any_world(answer.level > 0):
        return
    _record_aid(context, answer, due)
    call, state = answer.call, context.state
    rivalry = state.rivalries[call.rivalry]
    rivalry.war.commit(
        call.side, call.ally, answer.level, _arrival_month(context, call, answer.level)
    )
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
    beginning = _find_beginning(state.rivalries[call.rivalry], call.side, call.partner)
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


def _arrival_month(context: PhaseContext, call: AllyCall, level: Levels) -> Vector:
    """Return the month of arrival: materiel and stationed troops arrive at once."""
    state = context.state
    delayed = (level >= TROOPS) * (1 - state.stationed[call.ally, call.partner])
    return state.month + np.floor(state.rules.honour.delay) * delayed


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
