"""Phase: the mutual-defence rule.

An actor that was attacked, faces a new opponent, or has its home soil attacked calls its allies.
Each ally judges its case and answers. Answers cause new calls, so rounds repeat until no ally is
called (chain-ganging, Christensen and Snyder 1990). They end because entries only ever increase.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from sim.model.arrays import Mask, any_world, as_mask, true_places
from sim.model.context import PhaseContext
from sim.model.decisions.answers import AllyAnswer
from sim.model.decisions.calls import (
    AllyCall,
    bound_to_aid,
    call_in_block,
    find_allies,
)
from sim.model.decisions.phase_cache import PhaseCache
from sim.model.decisions.willingness import AllyCase
from sim.model.entities.rivalry import Rivalry
from sim.model.entities.war import OPEN_WAR
from sim.model.phases.aid import apply_answer, enter_arrivals
from sim.model.state import State

_CallsMade = defaultdict[tuple[str, int, int], Mask]
"""Where calls were already made this month, by rivalry, partner and ally, (world,)."""

_Caller = tuple[Rivalry, int, int]
"""A rivalry, the side that calls, and the actor on it."""


def answer_calls(context: PhaseContext) -> None:
    """Let actors call their allies and the allies answer, in rounds, until no actor calls."""
    enter_arrivals(context)
    calls_made: _CallsMade = defaultdict(context.state.no_world.copy)
    for _ in context.actors:
        answers = _collect_answers(context, calls_made)
        context.state.wars.forget_calls()
        for answer in answers:
            apply_answer(context, answer)
        if not answers:
            return


def _callers(state: State) -> list[_Caller]:
    """Return who has cause to call allies in any world."""
    if not state.mechanisms.mutual_defence:
        return []
    rivalries = list(state.rivalries.values())
    return [
        (rivalries[theatre], side, actor)
        for theatre, side, actor in true_places(state.wars.find_callers())
    ]


def _collect_answers(context: PhaseContext, calls_made: _CallsMade) -> list[AllyAnswer]:
    """Return all answers of a round, none of which is applied yet."""
    calls = [
        call
        for caller in _callers(context.state)
        for call in _make_calls(context.state, caller, calls_made)
    ]
    if not context.state.one_by_one:
        return context.answers.decide(calls)
    cache = PhaseCache(context.state)
    return [_decide_answer(context, call, cache) for call in calls]


def _make_calls(state: State, caller: _Caller, calls_made: _CallsMade) -> Iterator[AllyCall]:
    """Yield the calls to allies that were not called for the same cause before."""
    (rivalry, side, partner), war = caller, caller[0].war
    may_call, may_invoke = war.may_call[side, partner], _may_invoke(caller)
    cause = may_call if may_invoke is None else may_call | may_invoke
    worlds = (cause & war.on).nonzero()[0]
    fighting = np.logical_or.reduce(war.level[:, :, worlds] == OPEN_WAR)  # (actor, case)
    for ally, allied in find_allies(state, partner, rivalry.code).items():
        made = calls_made[rivalry.code, partner, ally]
        called = ~(made[worlds] | fighting[ally])
        if allied is not None:
            called &= allied[worlds]
        if may_invoke is not None:
            bound = bound_to_aid(state, ally, partner, rivalry.code)
            called &= (may_call | bound)[worlds]
        if any_world(called):
            made[worlds[called]] = True
            yield AllyCall(rivalry.code, side, partner, ally, worlds[called])


def _may_invoke(caller: _Caller) -> Mask | None:
    """Return where a strike on home soil makes aid due that was not due when the war began.

    Only a principal may invoke promises for it; None if nowhere. Allies that promised no aid were
    asked at the outbreak and are not asked again.
    """
    rivalry, side, partner = caller
    may_invoke = rivalry.war.may_invoke[side]
    return may_invoke if partner == rivalry.rivals[side] and any_world(may_invoke) else None


def _decide_answer(context: PhaseContext, call: AllyCall, cache: PhaseCache) -> AllyAnswer:
    """Decide the answer to one call in every world, with the reasons for the log."""
    actor, case = (
        context.actors[call.ally],
        AllyCase(context.state, call_in_block(context.state, call)),
    )
    where = as_mask(call.worlds, context.state.count)
    level = actor.decide_answer(case, cache, where=where)[call.worlds]
    enters = any_world(level == OPEN_WAR)  # elsewhere the counterfactual is not used
    counterfactual = actor.counterfactual_answer(case, cache)[call.worlds] if enters else level
    return AllyAnswer(call, level, counterfactual)
