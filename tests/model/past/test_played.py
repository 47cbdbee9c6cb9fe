"""What was decided by hand stands where the decision arises, and nowhere else."""

from __future__ import annotations

import numpy as np
import pytest

from sim.model.decision_log import DecisionLog, DrawKey
from sim.model.decisions.played import Played, moves_by_key
from sim.model.recording.history import History
from sim.model.simulate import simulate
from sim.scenario.schema.past import MoveSpec
from sim.scenario.schema.scenario import Scenario
from tests.model.compare_histories import counted, same_history
from tests.model.past.forks import move
from tests.worlds import quarrel, real, shock

WORLDS = 40
QUARREL = quarrel(months=3)
ATTACKED = quarrel(months=2, shocks__raid=shock("dispute", 1, "rival"))
PACT = real("pact").model_copy(update={"months": 2})


def played(scenario: Scenario, *moves: MoveSpec, worlds: int = WORLDS) -> History:
    return simulate(scenario, 0, worlds, played=Played(moves_by_key(moves)))


def test_with_nothing_decided_by_hand_no_bit_is_another() -> None:
    assert same_history(played(QUARREL), simulate(QUARREL, 0, WORLDS))


CHALLENGE = move(1, "challenge", "rival", "member", "feud")
NO_CHALLENGE = move(1, "challenge", "member", "rival", "feud", level=0)


def test_a_challenge_by_hand_comes_in_every_world() -> None:
    history = played(QUARREL, CHALLENGE, NO_CHALLENGE)
    assert set(counted(history, "challenge", actor="rival", month=1)) == {1}
    assert set(counted(history, "challenge", actor="member", month=1)) == {0}


@pytest.mark.parametrize("rung", [0, 1, 2])
def test_it_opens_on_the_rung_that_was_chosen(rung: int) -> None:
    opening = move(1, "opening", "rival", "", "feud", level=rung)
    history = played(QUARREL, CHALLENGE, NO_CHALLENGE, opening)
    assert set(counted(history, "challenge", actor="rival", month=1, level=2 + rung)) == {1}


@pytest.mark.parametrize(("level", "event"), [(0, "let_pass"), (1, "resist")])
def test_it_is_resisted_or_not_as_was_decided(level: int, event: str) -> None:
    reply = move(1, "resist challenge", "member", "rival", "feud", level=level)
    history = played(QUARREL, CHALLENGE, NO_CHALLENGE, reply)
    assert set(counted(history, event, actor="member", month=1)) == {1}


@pytest.mark.parametrize(("level", "event"), [(0, "yield"), (1, "climb")])
def test_a_dispute_is_taken_further_and_the_other_stands_firm_or_yields(
    level: int, event: str
) -> None:
    steps = (
        move(1, "opening", "rival", "", "feud", level=0),
        move(1, "resist challenge", "member", "rival", "feud"),
        move(2, "climb", "rival", "member", "feud"),
        move(2, "climb", "member", "rival", "feud", level=0),
        move(2, "resist climb", "member", "rival", "feud", level=level),
    )
    history = played(QUARREL, CHALLENGE, NO_CHALLENGE, *steps)
    assert set(counted(history, event, month=2)) == {1}


@pytest.mark.parametrize("level", [0, 1, 2, 3])
def test_an_ally_answers_as_was_decided(level: int) -> None:
    history = played(ATTACKED, move(1, "answer", "patron", "member", "feud", level=level))
    event = "honoured" if level else "reneged"
    assert set(counted(history, event, actor="patron", level=level, month=1)) == {1}


def test_an_answer_by_hand_is_no_entrapment() -> None:
    drawn = simulate(ATTACKED, 0, WORLDS)
    assert counted(drawn, "entrapped", actor="patron").any()
    by_hand = played(ATTACKED, move(1, "answer", "patron", "member", "feud", level=3))
    assert not counted(by_hand, "entrapped", actor="patron", month=1).any()


def test_an_onlooker_joins_as_was_decided() -> None:
    history = played(
        ATTACKED,
        move(1, "join", "friend", "member", "feud", level=3),
        move(1, "join", "friend", "rival", "feud", level=0),
        move(1, "answer", "patron", "member", "feud", level=0),
    )
    assert set(counted(history, "joins", actor="friend", towards="member", month=1)) == {1}


def test_a_vote_by_hand_is_a_veto_or_none() -> None:
    key = ("russia", "dprk", "security_council")
    test = move(1, "provocation", "dprk", "", "nuclear")
    draft = move(1, "draft", "usa", "", "security_council")
    for level in (0, 1):
        history = played(PACT, test, draft, move(1, "vote", *key, level=level), worlds=9)
        assert set(counted(history, "draft", month=1)) == {1}
        assert set(counted(history, "veto", actor="russia", month=1)) == {level}


@pytest.mark.parametrize("count", [0, 3])
def test_so_many_tests_are_made_as_was_decided(count: int) -> None:
    history = played(PACT, move(1, "provocation", "dprk", "", "ballistic", level=count), worlds=9)
    made = counted(history, "provocation", subject="ballistic", month=1, level=count)
    assert set(made) == {1 if count else 0}


def test_what_does_not_arise_cannot_be_decided() -> None:
    answers = [move(month, "answer", "friend", "rival", "feud", level=3) for month in (1, 2, 3)]
    assert same_history(played(QUARREL, *answers), simulate(QUARREL, 0, WORLDS))


def test_nobody_challenges_a_rival_with_whom_it_is_at_war() -> None:
    at_war = move(1, "challenge", "ukraine", "russia", "ukraine")
    assert same_history(played(PACT, at_war, worlds=5), simulate(PACT, 0, 5))


def test_only_what_was_decided_by_hand_differs_in_that_month() -> None:
    drawn, by_hand = simulate(PACT, 0, 9), played(PACT, move(1, "restrain", "usa", "rok"), worlds=9)
    plain, other = (events_of(history, 1) for history in (drawn, by_hand))
    assert {event[1] for event in plain ^ other} == {"restrains"}


def events_of(history: History, month: int) -> set[tuple[object, ...]]:
    events = history.events
    rows = np.flatnonzero(events["month"] == month)
    names = ("world", "event", "actor", "towards", "subject", "level")
    return {tuple(events[name][row] for name in names) for row in rows.tolist()}


def test_the_log_says_what_was_decided_by_hand_and_its_chance_all_the_same() -> None:
    log, key = DecisionLog(), DrawKey("challenge", "rival", "member", "feud")
    simulate(QUARREL, 0, 5, months=2, log=log, played=Played({(1, key): 1}))
    decisions = [decision for decision in log.decisions if decision.key == key]
    assert [decision.played for decision in decisions] == [True, False]
    assert (decisions[0].level == 1).all()
    assert (decisions[0].chances[0] < 1).all()


def test_once_nothing_more_is_decided_by_hand_blocks_are_divided_again() -> None:
    left = list[bool]()
    simulate(
        QUARREL,
        0,
        2,
        played=Played(moves_by_key([CHALLENGE])),
        observe=lambda _, model: left.append(model.context.state.played is not None),
    )
    assert left == [True, True, False, False]


@pytest.fixture(scope="module")
def spread() -> History:
    """Few worlds of the quarrel with a challenge by hand, in one block."""
    return played(QUARREL, CHALLENGE, worlds=7)


def test_moves_are_the_same_in_blocks_of_any_size(spread: History) -> None:
    by_hand = moves_by_key([CHALLENGE])
    blocks = [simulate(QUARREL, first, 1, played=Played(by_hand)) for first in range(7)]
    assert [block.worlds["disputes"][0] for block in blocks] == spread.worlds["disputes"].tolist()
