"""Compares every decision of every actor with the oracle's, as it is taken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import pytest

from sim.model.actor import Actor
from sim.model.arrays import Vector
from sim.model.decisions.calls import Call
from sim.model.decisions.willingness import JointCall
from sim.model.entities.rivalry import Rivalry
from sim.model.state import State
from tests import oracle
from tests.model import oracle_aid, oracle_choices
from tests.model.one_world import World

OutcomeCounts = Counter[tuple[str, int]]
"""How often each decision had each outcome."""


def compare_decisions_with_oracle(monkeypatch: pytest.MonkeyPatch) -> OutcomeCounts:
    """Have every decision of every actor, in every world, compared with the oracle's."""
    counts: OutcomeCounts = Counter()
    decisions: dict[str, Callable[..., list[int]]] = {
        "decide_challenge": _challenges,
        "decide_resistance": _resists,
        "decide_climb": _climbs,
        "decide_answer": _answers,
        "counterfactual_answer": _counterfactual_answers,
        "decide_entry": _joins,
    }
    for decision, expect in decisions.items():
        monkeypatch.setattr(Actor, decision, _compare_decision(decision, expect, counts))
    monkeypatch.setattr(Actor, "willingness", _compare_willingness(Actor.willingness, counts))
    return counts


# -- what was decided, and what should have been ------------------------------------------------


def _compare_decision(
    decision: str, expect: Callable[..., list[int]], counts: OutcomeCounts
) -> Callable[..., Any]:
    original = getattr(Actor, decision)

    def decide_and_compare(actor: Actor, *arguments: Any, **options: Any) -> Any:
        decided = original(actor, *arguments, **options)
        worlds = _worlds(actor._state)
        if decision == "counterfactual_answer":
            worlds = _calling(worlds, arguments[0].call_to(actor.index))
        outcomes, expected = _outcomes(decided, worlds), expect(worlds, actor, *arguments)
        assert outcomes == expected, (decision, actor.code, actor._state.month)
        counts.update((decision, outcome) for outcome in expected)
        return decided

    return decide_and_compare


def _compare_willingness(
    original: Callable[[Actor, JointCall], Vector], counts: OutcomeCounts
) -> Callable[[Actor, JointCall], Vector]:
    """Return the willingness of an actor, compared with the oracle's where its partner calls."""

    def judge_and_compare(actor: Actor, joint_call: JointCall) -> Vector:
        willing, call = original(actor, joint_call), joint_call.call_to(actor.index)
        for world in _calling(_worlds(actor._state), call):
            expected = oracle_aid.in_company(world, _plea(world, call))[actor.code]
            assert willing[world.at] == pytest.approx(expected), (world.at, world.month)
            counts["willing", 0] += 1
        return willing

    return judge_and_compare


def _worlds(state: State) -> list[World]:
    return [World(state, at) for at in range(state.count)]


def _calling(worlds: Iterable[World], call: Call) -> list[World]:
    """Return the worlds in which the partner is at open war on the side of the call."""
    return [world for world in worlds if world.level(*_side(world, call)) == oracle.OPEN_WAR]


def _side(world: World, call: Call) -> tuple[str, int, str]:
    opponent, partner = world.codes[call.opponent], world.codes[call.partner]
    return call.rivalry, 1 - world.rivals(call.rivalry).index(opponent), partner


def _plea(world: World, call: Call) -> oracle_aid.Plea:
    rivalry, side, partner = _side(world, call)
    return oracle_aid.call(world, partner, rivalry, side)


def _outcomes(decided: Any, worlds: list[World]) -> list[int]:
    if isinstance(decided, tuple):  # of joining: whether, and on which side
        enters, side = decided
        decided = np.where(enters, side + 1, 0)
    return [int(decided[world.at]) for world in worlds]


# -- decision by decision -----------------------------------------------------------------------


def _challenges(worlds: list[World], actor: Actor, rivalry: Rivalry, side: int) -> list[int]:
    draws = _draws(actor, "challenge", _rival(actor, rivalry), rivalry.code)
    odds = [oracle_choices.challenge(world, actor.code, rivalry.code) for world in worlds]
    return _done(odds, draws)


def _resists(
    worlds: list[World], actor: Actor, rivalry: Rivalry, side: int, step: str
) -> list[int]:
    who, code = actor.code, rivalry.code
    draws = _draws(actor, f"resist {step}", _rival(actor, rivalry), code)
    return _done([oracle_choices.resist(world, who, code, observer=who) for world in worlds], draws)


def _climbs(worlds: list[World], actor: Actor, rivalry: Rivalry, side: int) -> list[int]:
    draws = _draws(actor, "climb", _rival(actor, rivalry), rivalry.code)
    return _done([oracle_choices.climb(world, actor.code, rivalry.code) for world in worlds], draws)


def _answers(worlds: list[World], actor: Actor, joint_call: JointCall) -> list[int]:
    call, willing = joint_call.call_to(actor.index), joint_call.willingness[actor.index]
    partner = actor._state.codes[call.partner]
    draws = _draws(actor, "answer", partner, call.rivalry)
    return [
        oracle.answer(
            oracle_aid.ladder(world, actor.code, partner, willing[world.at]), draws[world.at]
        )
        for world in worlds
    ]


def _counterfactual_answers(worlds: list[World], actor: Actor, joint_call: JointCall) -> list[int]:
    call, willing = joint_call.call_to(actor.index), joint_call.willingness[actor.index]
    partner = actor._state.codes[call.partner]
    draws = _draws(actor, "answer", partner, call.rivalry)
    levels = []
    for world in worlds:
        free = oracle_aid.without_promise(world, actor.code, _plea(world, call), willing[world.at])
        ladder = oracle_aid.ladder(world, actor.code, partner, free)
        levels.append(oracle.answer(ladder, draws[world.at]))
    return levels


def _joins(worlds: list[World], actor: Actor, rivalry: Rivalry) -> list[int]:
    draws = _draws(actor, "join", "", rivalry.code)
    chances = [oracle_choices.join(world, actor.code, rivalry.code) for world in worlds]
    return [
        side + 1 if drawn < chance else 0
        for (chance, side), drawn in zip(chances, draws, strict=True)
    ]


def _done(odds: list[float], draws: Vector) -> list[int]:
    return [
        int(drawn < oracle.chance(log_odds)) for log_odds, drawn in zip(odds, draws, strict=True)
    ]


def _rival(actor: Actor, rivalry: Rivalry) -> str:
    first, second = (actor._state.codes[rival] for rival in rivalry.rivals)
    return second if actor.code == first else first


def _draws(actor: Actor, decision: str, towards: str, about: str) -> Vector:
    state = actor._state
    return state.streams.uniform(decision, state.month, actor.code, towards, about)
