"""Pasts are compared part by part, and decisions by hand one by one."""

from __future__ import annotations

from sim.analysis.comparison.differing_input import ABSENT
from sim.analysis.comparison.past_inputs import AS_DRAWN, compare_pasts, shared_draws
from sim.scenario.schema.scenario import Scenario
from tests.model.past.forks import fork, move
from tests.worlds import quarrel

QUARREL = quarrel()
CHALLENGE = move(4, "challenge", "rival", "member", "feud")
ANSWER = move(2, "answer", "patron", "member", "feud", level=3)


def differing(*scenarios: Scenario) -> dict[str, tuple[object, ...]]:
    return {each.key: each.values for each in compare_pasts(scenarios)}


def test_games_alike_differ_in_nothing() -> None:
    assert differing(QUARREL, QUARREL) == {}
    assert differing(fork(QUARREL, 3, ANSWER), fork(QUARREL, 3, ANSWER)) == {}


def test_moves_are_listed_by_month_with_what_was_decided() -> None:
    other = ANSWER.model_copy(update={"level": 0})
    assert differing(fork(QUARREL, 3, CHALLENGE, ANSWER), fork(QUARREL, 3, other)) == {
        "past.moves, month 2: patron, answer, member, feud": ("open war", "no aid"),
        "past.moves, month 4: rival, challenge, member, feud": ("challenge", AS_DRAWN),
    }


def test_a_scenario_without_a_past_has_none_of_its_parts() -> None:
    found = differing(fork(QUARREL, 3), QUARREL)
    assert found["past.months"] == (3, ABSENT)
    assert found["past.world"] == (17, ABSENT)


def test_worlds_share_their_draws_after_the_longer_of_two_pasts() -> None:
    assert shared_draws(QUARREL, QUARREL) == "the same random draws"
    assert shared_draws(fork(QUARREL, 3), fork(QUARREL, 3, CHALLENGE)) == "the same random draws"
    expected = "the same random draws after month 5"
    assert shared_draws(fork(QUARREL, 3), fork(QUARREL, 5)) == expected
    assert shared_draws(QUARREL, fork(QUARREL, 5)) == expected
