"""Compares every decision of every actor with the oracle's, as it is taken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest

from sim.model.arrays import Mask
from sim.model.decisions.answers import AllyAnswer, Answers
from sim.model.decisions.calls import AllyCall
from sim.model.decisions.crisis_decisions import CrisisChoice, CrisisDecisions
from sim.model.decisions.interventions import Intervention, Interventions
from sim.model.state import State
from tests import oracle
from tests.model import oracle_aid, oracle_choices
from tests.model.one_world import World

OutcomeCounts = Counter[tuple[str, int]]
"""How often each decision had each outcome."""


def compare_decisions_with_oracle(monkeypatch: pytest.MonkeyPatch) -> OutcomeCounts:
    """Have every decision of every actor, in every world, compared with the oracle's."""
    counts: OutcomeCounts = Counter()
    monkeypatch.setattr(CrisisDecisions, "decide", _compare_choices(counts))
    monkeypatch.setattr(Answers, "decide", _compare_answers(counts))
    monkeypatch.setattr(Interventions, "decide", _compare_interventions(counts))
    return counts


# -- what was decided, and what should have been ------------------------------------------------


def _compare_choices(counts: OutcomeCounts) -> Callable[..., Any]:
    """Return the choices of a crisis, compared with the oracle's wherever a side faces one."""
    original = CrisisDecisions.decide

    def decide_and_compare(
        decisions: CrisisDecisions, choices: Sequence[CrisisChoice], where: Mask
    ) -> Mask:
        decided = original(decisions, choices, where)
        worlds = _worlds(decisions.expectations.state)
        for place, row, at in np.argwhere(where).tolist():
            choice, world = choices[place], worlds[at]
            rivalry = decisions.expectations.theatres[row >> 1]
            name, likely = _likely(choice, world, rivalry, world.rivals(rivalry)[row & 1])
            key = choice.what, *world.rivals(rivalry)[:: -1 if row & 1 else 1], rivalry
            streams, month = decisions.expectations.state.streams, world.month
            draw = streams.uniform(key[0], month, *key[1:])[at]
            expected = draw < oracle.chance(likely)
            assert decided[place, row, at] == expected, (key, month)
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


def _compare_answers(counts: OutcomeCounts) -> Callable[..., Any]:
    """Return the answers of a round, compared with the oracle's in every world of every call."""
    original = Answers.decide

    def decide_and_compare(answers: Answers, calls: Sequence[AllyCall]) -> list[AllyAnswer]:
        decided = original(answers, calls)
        worlds = _worlds(answers._state)
        for answer in decided:
            for case, at in enumerate(answer.call.worlds.tolist()):
                world = worlds[at]
                level, unbound = _expected_answers(world, answer.call)
                assert answer.level[case] == level, (answer.call, world.month)
                assert answer.counterfactual_level[case] == unbound, (answer.call, world.month)
                counts["decide_answer", level] += 1
                counts["counterfactual_answer", unbound] += 1
        return decided

    return decide_and_compare


def _expected_answers(world: World, call: AllyCall) -> tuple[int, int]:
    """Return the oracle's answer to a call in one world, and that without any promise."""
    ally, partner = world.codes[call.ally], world.codes[call.partner]
    plea = oracle_aid.call(world, partner, call.rivalry, call.side)
    state = world._state
    war = int(state.rivalries[call.rivalry].war.number[world.at])
    draw = state.streams.uniform("answer", war, ally, partner, call.rivalry)[world.at]
    chances = oracle_aid.chances, oracle_aid.chances_without_promise
    bound, unbound = (oracle.answer(each(world, ally, plea), draw) for each in chances)
    return bound, unbound


def _worlds(state: State) -> list[World]:
    return [World(state, at) for at in range(state.count)]


def _compare_interventions(counts: OutcomeCounts) -> Callable[..., Any]:
    """Return the interventions of a month, compared with the oracle's wherever one may join."""
    original = Interventions.decide

    def decide_and_compare(
        decisions: Interventions, choices: Sequence[AllyCall]
    ) -> list[Intervention]:
        decided = original(decisions, choices)
        worlds = _worlds(decisions._state)
        levels = {id(choice): level for choice, level in decided}
        for choice in choices:
            for at in choice.worlds.tolist():
                expected = _expected_intervention(worlds[at], choice)
                reached = levels[id(choice)][at] if id(choice) in levels else 0
                assert reached == expected, (choice, decisions._state.month)
                counts["decide_intervention", expected] += 1
        return decided

    return decide_and_compare


def _expected_intervention(world: World, choice: AllyCall) -> int:
    """Return how far the oracle goes for a side in one world."""
    who, partner = world.codes[choice.ally], world.codes[choice.partner]
    chances = oracle_choices.intervene(world, who, choice.rivalry, choice.side)
    draws = world.streams.uniform("join", world.month, who, partner, choice.rivalry)
    return oracle.answer(chances, draws[world.at])
