"""Compares every decision of every actor with the oracle's, as it is taken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from sim.model.actor import Actor
from sim.model.arrays import Mask, Vector
from sim.model.decisions.calls import Call
from sim.model.decisions.crisis_decisions import CrisisChoice, CrisisDecisions
from sim.model.decisions.phase_cache import PhaseCache
from sim.model.decisions.third_parties import OnlookerSide
from sim.model.decisions.willingness import AllyCase
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
        "decide_answer": _answers,
        "counterfactual_answer": _counterfactual_answers,
        "decide_intervention": _intervenes,
    }
    for decision, expect in decisions.items():
        monkeypatch.setattr(Actor, decision, _compare_decision(decision, expect, counts))
    monkeypatch.setattr(CrisisDecisions, "decide", _compare_choices(counts))
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
        if decision in ("decide_answer", "counterfactual_answer"):
            worlds = _calling(worlds, arguments[0].call)
        if decision == "decide_intervention":
            worlds = [world for world in worlds if arguments[2][world.at]]
        outcomes, expected = _outcomes(decided, worlds), expect(worlds, actor, *arguments)
        assert outcomes == expected, (decision, actor.code, actor._state.month)
        counts.update((decision, outcome) for outcome in expected)
        return decided

    return decide_and_compare


def _compare_choices(counts: OutcomeCounts) -> Callable[..., Any]:
    """Return the choices of a crisis, compared with the oracle's wherever a side faces one."""
    original = CrisisDecisions.decide

    def decide_and_compare(decisions: CrisisDecisions, choice: CrisisChoice, where: Mask) -> Mask:
        decided = original(decisions, choice, where)
        for row, at in zip(*where.nonzero(), strict=True):
            world = World(decisions.expectations.state, int(at))
            rivalry = decisions.expectations.theatres[row >> 1]
            name, likely = _likely(choice, world, rivalry, world.rivals(rivalry)[row & 1])
            key = choice.what, *world.rivals(rivalry)[:: -1 if row & 1 else 1], rivalry
            streams, month = decisions.expectations.state.streams, world.month
            draw = streams.uniform(key[0], month, *key[1:])[at]
            expected = draw < oracle.chance(likely)
            assert decided[row, at] == expected, (key, month)
            counts[name, int(expected)] += 1
        assert not (decided & ~where).any()
        return decided

    return decide_and_compare


def _likely(choice: CrisisChoice, world: World, rivalry: str, who: str) -> tuple[str, float]:
    """Return the name of a choice and its log-odds, as the oracle has them."""
    if choice.what == "challenge":
        return "decide_challenge", oracle_choices.challenge(world, who, rivalry)
    if choice.what == "climb":
        return "decide_climb", oracle_choices.climb(world, who, rivalry)
    return "decide_resistance", oracle_choices.resist(world, who, rivalry, observer=who)


def _compare_willingness(
    original: Callable[[Actor, AllyCase, PhaseCache], Vector], counts: OutcomeCounts
) -> Callable[[Actor, AllyCase, PhaseCache], Vector]:
    """Return the willingness of an actor, compared with the oracle's where its partner calls."""

    def judge_and_compare(actor: Actor, case: AllyCase, cache: PhaseCache) -> Vector:
        willing = original(actor, case, cache)
        for world in _calling(_worlds(actor._state), case.call):
            chance = oracle_aid.chances(world, actor.code, _plea(world, case.call))[2]
            assert oracle.chance(willing[world.at]) == pytest.approx(chance), world.month
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
    return [int(decided[world.at]) for world in worlds]


# -- decision by decision -----------------------------------------------------------------------


def _answers(worlds: list[World], actor: Actor, case: AllyCase, cache: PhaseCache) -> list[int]:
    return _answered(worlds, actor, case, oracle_aid.chances)


def _counterfactual_answers(
    worlds: list[World], actor: Actor, case: AllyCase, cache: PhaseCache
) -> list[int]:
    return _answered(worlds, actor, case, oracle_aid.chances_without_promise)


def _answered(
    worlds: list[World],
    actor: Actor,
    case: AllyCase,
    chances: Callable[[World, str, oracle_aid.Plea], oracle_aid.Chances],
) -> list[int]:
    draws = _answer_draws(actor, case.call)
    return [
        oracle.answer(chances(world, actor.code, _plea(world, case.call)), draws[world.at])
        for world in worlds
    ]


def _intervenes(
    worlds: list[World], actor: Actor, view: OnlookerSide, cache: PhaseCache, where: Mask
) -> list[int]:
    call = view.case.call
    draws = _draws(actor, "join", actor._state.codes[call.partner], call.rivalry)
    return [
        oracle.answer(
            oracle_choices.intervene(world, actor.code, *_side(world, call)[:2]), draws[world.at]
        )
        for world in worlds
    ]


def _answer_draws(actor: Actor, call: Call) -> list[float]:
    """Return the draw of an answer in each world, the same in every month of a war."""
    state = actor._state
    key = actor.code, state.codes[call.partner], call.rivalry
    wars = state.rivalries[call.rivalry].war.number.tolist()
    return [state.streams.uniform("answer", war, *key)[at] for at, war in enumerate(wars)]


def _draws(actor: Actor, decision: str, towards: str, about: str) -> Vector:
    state = actor._state
    return state.streams.uniform(decision, state.month, actor.code, towards, about)
