"""A game is played again from its moves, up to where a seat is asked to decide."""

from __future__ import annotations

import pytest

from sim.model.decision_log import DrawKey
from sim.model.decisions.played import Question
from sim.model.replay import CRISIS_KINDS, replay
from sim.model.simulate import simulate
from sim.scenario.schema.past import MoveSpec
from tests.model.compare_histories import same_history, story
from tests.model.past.forks import fork, move
from tests.worlds import quarrel

QUARREL = quarrel(months=8)
WORLD = 2
EVERYBODY = frozenset(QUARREL.actors)
CHALLENGE = move(2, "challenge", "rival", "member", "feud")
NO_OTHER = [
    move(month, "challenge", *names, "feud", level=0)
    for month in (1, 2)
    for names in (("rival", "member"), ("member", "rival"))
    if (month, *names) != (2, "rival", "member")
]
MOVES = [CHALLENGE, *NO_OTHER]
RESIST = DrawKey("resist challenge", "member", "rival", "feud")


def answer(question: Question, level: int) -> MoveSpec:
    what, who, towards, about = question.key
    return move(question.month, what, who, towards, about, level=level)


def test_without_moves_and_seats_it_is_the_world_itself() -> None:
    played = replay(QUARREL, WORLD, QUARREL.months, [])
    assert same_history(played.history, simulate(QUARREL, WORLD, 1))
    assert (played.questions, played.months) == ((), QUARREL.months)


def test_a_seat_is_asked_where_it_has_no_move_and_the_month_is_broken_off() -> None:
    played = replay(QUARREL, WORLD, 8, MOVES, seats=EVERYBODY)
    ((month, key, drawn),) = played.questions
    assert (month, key) == (2, RESIST)
    assert drawn in (0, 1)
    assert played.months == 1
    events = story(played.history.events, WORLD)
    assert events[-1][:2] == (2, "resist" if drawn else "let_pass")  # the stand-in


@pytest.mark.parametrize("level", [0, 1])
def test_with_the_answer_it_goes_on_as_answered(level: int) -> None:
    asked = replay(QUARREL, WORLD, 2, MOVES, seats=EVERYBODY).questions[0]
    played = replay(QUARREL, WORLD, 2, [*MOVES, answer(asked, level)], seats=EVERYBODY)
    assert not played.questions
    assert played.months == 2
    expected = "resist" if level else "let_pass"
    assert (2, expected) in {event[:2] for event in story(played.history.events, WORLD)}


def test_what_a_seat_leaves_to_the_model_is_not_asked_again_and_is_as_drawn() -> None:
    left = set[tuple[int, DrawKey]]()
    while (played := replay(QUARREL, WORLD, 8, [], seats=EVERYBODY, left=left)).questions:
        left |= {question[:2] for question in played.questions}
    assert left
    assert same_history(played.history, simulate(QUARREL, WORLD, 1))


def test_only_seats_are_asked() -> None:
    assert not replay(QUARREL, WORLD, 2, MOVES, seats={"rival", "patron"}).questions


def test_seats_are_asked_about_the_kinds_that_were_named() -> None:
    played = replay(QUARREL, WORLD, 1, [], seats={"member"}, kinds={"challenge"})
    assert [question.key[:2] for question in played.questions] == [("challenge", "member")]


def test_a_crisis_is_what_others_bring_about() -> None:
    assert {"resist challenge", "resist climb", "answer", "vote"} == CRISIS_KINDS


def test_the_moves_of_a_past_come_first_and_later_moves_take_their_place() -> None:
    with_past = fork(QUARREL, 2, *MOVES, move(2, *RESIST, level=1), world=WORLD)
    resisted = replay(with_past, WORLD, 2, []).history
    yielding = replay(with_past, WORLD, 2, [move(2, *RESIST, level=0)]).history
    kinds = [
        {event[1] for event in story(each.events, WORLD) if event[0] == 2}
        for each in (resisted, yielding)
    ]
    assert "resist" in kinds[0]
    assert "let_pass" in kinds[1]


def test_a_game_written_as_a_past_is_the_game_itself() -> None:
    moves = [*MOVES, move(2, *RESIST, level=1)]
    game = replay(QUARREL, WORLD, 8, moves).history
    assert same_history(simulate(fork(QUARREL, 8, *moves, world=WORLD), WORLD, 1), game)
