"""Being there when an actor decides: what the oracle says of each decision as it is taken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import pytest

from sim.model.actor import Actor
from sim.model.arrays import Vector
from sim.model.decisions.calls import Call, judge_calls
from sim.model.entities.rivalry import Rivalry
from sim.model.phases import mutual_defence
from sim.model.state import State
from tests import oracle
from tests.model import oracle_aid, oracle_choices
from tests.model.one_world import World

Heard = Counter[tuple[str, int]]
"""How often each decision came out how."""


def overhear(monkeypatch: pytest.MonkeyPatch) -> Heard:
    """Have every decision of every actor, in every world, compared with the oracle's."""
    heard: Heard = Counter()
    decisions: dict[str, Callable[..., list[int]]] = {
        "decide_challenge": _challenges,
        "decide_resistance": _resists,
        "decide_climb": _climbs,
        "decide_answer": _answers,
        "answer_without_commitment": _answers_unpromised,
        "decide_entry": _joins,
    }
    for decision, told in decisions.items():
        monkeypatch.setattr(Actor, decision, _compared(decision, told, heard))
    monkeypatch.setattr(mutual_defence, "judge_calls", _judged(judge_calls, heard))
    return heard


# -- what was decided, and what should have been ------------------------------------------------


def _compared(decision: str, told: Callable[..., list[int]], heard: Heard) -> Callable[..., Any]:
    original = getattr(Actor, decision)

    def compared(actor: Actor, *asked: Any, **aside: Any) -> Any:
        decided = original(actor, *asked, **aside)
        worlds = _worlds(actor._state)
        if decision == "answer_without_commitment":
            worlds = _calling(worlds, asked[0])
        found, expected = _outcomes(decided, worlds), told(worlds, actor, *asked)
        assert found == expected, (decision, actor.code, actor._state.month)
        heard.update((decision, outcome) for outcome in expected)
        return decided

    return compared


def _judged(original: Callable[..., dict[int, Vector]], heard: Heard) -> Callable[..., Any]:
    """Return how willing allies are, compared with the oracle where their partner does call."""

    def judged(state: State, calls: list[Call]) -> dict[int, Vector]:
        willing = original(state, calls)
        for world in _calling(_worlds(state), calls[0]) if calls else []:
            told = oracle_aid.in_company(world, _plea(world, calls[0]))
            found = {state.codes[ally]: odds[world.at] for ally, odds in willing.items()}
            assert found == pytest.approx(told), (world.at, state.month)
            heard["willing", 0] += len(told)
        return willing

    return judged


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
    luck = _luck(actor, "challenge", _rival(actor, rivalry), rivalry.code)
    odds = [oracle_choices.challenge(world, actor.code, rivalry.code) for world in worlds]
    return _done(odds, luck)


def _resists(
    worlds: list[World], actor: Actor, rivalry: Rivalry, side: int, step: str
) -> list[int]:
    who, code = actor.code, rivalry.code
    luck = _luck(actor, f"resist {step}", _rival(actor, rivalry), code)
    return _done([oracle_choices.resist(world, who, code, observer=who) for world in worlds], luck)


def _climbs(worlds: list[World], actor: Actor, rivalry: Rivalry, side: int) -> list[int]:
    luck = _luck(actor, "climb", _rival(actor, rivalry), rivalry.code)
    return _done([oracle_choices.climb(world, actor.code, rivalry.code) for world in worlds], luck)


def _answers(worlds: list[World], actor: Actor, call: Call, willing: Vector) -> list[int]:
    partner = actor._state.codes[call.partner]
    luck = _luck(actor, "answer", partner, call.rivalry)
    return [
        oracle.answer(
            oracle_aid.ladder(world, actor.code, partner, willing[world.at]), luck[world.at]
        )
        for world in worlds
    ]


def _answers_unpromised(
    worlds: list[World], actor: Actor, call: Call, willing: Vector
) -> list[int]:
    partner = actor._state.codes[call.partner]
    luck = _luck(actor, "answer", partner, call.rivalry)
    levels = []
    for world in worlds:
        free = oracle_aid.without_promise(world, actor.code, _plea(world, call), willing[world.at])
        ladder = oracle_aid.ladder(world, actor.code, partner, free)
        levels.append(oracle.answer(ladder, luck[world.at]))
    return levels


def _joins(worlds: list[World], actor: Actor, rivalry: Rivalry) -> list[int]:
    luck = _luck(actor, "join", "", rivalry.code)
    chances = [oracle_choices.join(world, actor.code, rivalry.code) for world in worlds]
    return [
        side + 1 if drawn < chance else 0
        for (chance, side), drawn in zip(chances, luck, strict=True)
    ]


def _done(odds: list[float], luck: Vector) -> list[int]:
    return [int(drawn < oracle.chance(each)) for each, drawn in zip(odds, luck, strict=True)]


def _rival(actor: Actor, rivalry: Rivalry) -> str:
    one, other = (actor._state.codes[rival] for rival in rivalry.rivals)
    return other if actor.code == one else one


def _luck(actor: Actor, decision: str, towards: str, about: str) -> Vector:
    state = actor._state
    return state.streams.uniform(decision, state.month, actor.code, towards, about)
