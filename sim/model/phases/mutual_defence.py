"""Phase: the mutual-defence rule.

Whoever was attacked, or is newly opposed, or has its home soil attacked, calls its allies. Each
judges the case and answers. Answers make new attacks and new calls, so the round repeats until
nobody is called any more (chain-ganging, Christensen and Snyder 1990); entries only ever grow, so
it ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sim.model.arrays import Levels, Mask, Vector, somewhere
from sim.model.context import Stage
from sim.model.decisions.calls import Call, allies_of, pledges, unhurried
from sim.model.decisions.war_strength import opposing_nuclear, war_strength
from sim.model.entities.rivalry import Rivalry
from sim.model.entities.war import OPEN_WAR, TROOPS

Called = dict[tuple[str, int, int], Mask]
"""Who was called this month already, by rivalry, partner and ally."""


@dataclass(frozen=True)
class Answer:
    """One ally's answer to one partner, and where the partner called."""

    call: Call
    side: int
    where: Mask
    level: Levels
    unpromised: Levels


def answer_calls(stage: Stage) -> None:
    """Let all who have cause call their allies, and the allies answer, until nobody calls."""
    arrive(stage)
    called: Called = {}
    for _ in stage.actors:
        answers = [answer for war in _alarmed(stage) for answer in _answers(stage, war, called)]
        for rivalry in stage.state.rivalries.values():
            rivalry.war.alarm[:] = False
        for answer in answers:
            _apply(stage, answer)
        if not answers:
            return


def arrive(stage: Stage) -> None:
    """Let those arrive who decided in an earlier month to come."""
    for rivalry in stage.state.rivalries.values():
        war = rivalry.war
        due = (war.pledged > war.level) & (war.arrives <= stage.state.month)
        for side, actor in zip(*np.nonzero(due.any(axis=2)), strict=True):
            _enter(stage, rivalry, int(side), int(actor), due[side, actor])


def _alarmed(stage: Stage) -> Iterator[tuple[Rivalry, int, int]]:
    if not stage.state.mechanisms.mutual_defence:
        return
    for rivalry in stage.state.rivalries.values():
        for side, partner in zip(*np.nonzero(rivalry.war.alarm.any(axis=2)), strict=True):
            yield rivalry, int(side), int(partner)


def _answers(stage: Stage, caller: tuple[Rivalry, int, int], called: Called) -> list[Answer]:
    rivalry, side, partner = caller
    allies = allies_of(stage.state, partner, rivalry.code)
    asked = {ally: _newly_called(*caller, ally, called) for ally in allies}
    if not any(map(somewhere, asked.values())):
        return []
    calls = _calls(stage, rivalry, side, partner)
    willing = unhurried(stage.state, calls)
    return [
        _answer(stage, call, side, asked[call.ally], willing[call.ally])
        for call in calls
        if somewhere(asked[call.ally])
    ]


def _calls(stage: Stage, rivalry: Rivalry, side: int, partner: int) -> list[Call]:
    state, war = stage.state, rivalry.war
    own, other = (war_strength(state, rivalry, each) for each in (side, 1 - side))
    nuclear = opposing_nuclear(state, rivalry, side)
    began = war.attacks(side)
    struck = began & war.home_soil if partner in rivalry.rivals else state.nowhere
    opponent = rivalry.rivals[1 - side]
    return [
        Call(ally, partner, opponent, rivalry.code, began, struck, own, other, nuclear)
        for ally in allies_of(state, partner, rivalry.code)
    ]


def _newly_called(rivalry: Rivalry, side: int, partner: int, ally: int, called: Called) -> Mask:
    war, key = rivalry.war, (rivalry.code, partner, ally)
    where = war.alarm[side, partner] & war.on & ~war.involved(ally)
    if key in called:
        where = where & ~called[key]
    called[key] = called[key] | where if key in called else where
    return where


def _answer(stage: Stage, call: Call, side: int, where: Mask, willing: Vector) -> Answer:
    actor = stage.actors[call.ally]
    level = actor.answers(call, willing, where=where) * where
    dragged = somewhere(level == OPEN_WAR)  # nobody else can have been
    free = actor.answers_unpromised(call, willing) * where if dragged else level
    return Answer(call, side, where, level, free)


def _apply(stage: Stage, answer: Answer) -> None:
    call, state = answer.call, stage.state
    due = _settle_accounts(stage, answer)
    rivalry = state.rivalries[call.rivalry]
    helped = answer.where & ~due & (answer.level > 0)
    stage.chronicle.note("helps", helped, call.ally, call.partner, call.rivalry, answer.level)
    trapped = due & (answer.level == OPEN_WAR) & (answer.unpromised < OPEN_WAR)
    stage.chronicle.note("entrapped", trapped, call.ally, call.partner, call.rivalry, OPEN_WAR)
    stage.entrapped[call.ally] |= trapped
    if not somewhere(answer.level > 0):
        return
    rivalry.war.pledge(answer.side, call.ally, answer.level, _arrival(stage, call, answer.level))
    now = answer.where & (rivalry.war.arrives[answer.side, call.ally] <= state.month)
    _enter(stage, rivalry, answer.side, call.ally, now)


def _settle_accounts(stage: Stage, answer: Answer) -> Mask:
    """Count the answer on every treaty under which it was due; return where one was."""
    call, state = answer.call, stage.state
    due_at_all = state.nowhere.copy()
    for treaty in pledges(state, call.ally, call.partner, call.rivalry):
        due = answer.where & (state.binding[treaty.code] > 0)
        due &= treaty.due(call.began, call.home_soil)
        if not somewhere(due):
            continue
        treaty.settle(due, answer.level)
        pair = call.ally, call.partner
        stage.chronicle.note("called", due, call.partner, call.ally, treaty.code)
        kept, broken = due & (answer.level > 0), due & (answer.level == 0)
        stage.chronicle.note("honoured", kept, *pair, treaty.code, answer.level)
        stage.chronicle.note("reneged", broken, *pair, treaty.code)
        due_at_all |= due
    if not somewhere(due_at_all):
        return due_at_all
    kept, broken = due_at_all & (answer.level > 0), due_at_all & (answer.level == 0)
    stage.abandoned[call.partner] |= broken
    if state.mechanisms.memory:
        state.memory.see(call.ally, call.partner, kept, broken)
    return due_at_all


def _arrival(stage: Stage, call: Call, level: Levels) -> Vector:
    """Return the month in which the answer takes effect: materiel and troops in place at once."""
    state = stage.state
    waits = (level >= TROOPS) * (1 - state.stationed[call.ally, call.partner])
    return state.month + np.floor(state.rules.honour.delay) * waits


def _enter(stage: Stage, rivalry: Rivalry, side: int, actor: int, where: Mask) -> None:
    war, partner = rivalry.war, rivalry.rivals[side]
    level = war.pledged[side, actor]
    where = where & ~war.opposes(actor, side)
    more = where & war.on & (level > war.level[side, actor])
    stage.chronicle.note("sends", more, actor, partner, rivalry.code, level)
    entered = war.enter(where, side, actor, level)
    stage.entered[actor] |= entered
    if stage.state.mechanisms.chain_ganging:
        war.alarm[side, actor] |= entered
        war.alarm_opponents(entered, side)
