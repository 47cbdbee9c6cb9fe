"""Stories mark what was decided by hand, and near misses leave it out."""

from __future__ import annotations

import pytest

from sim.analysis.stories.phrases import named_chance
from sim.analysis.stories.promise import find_promise, historical_reference, split_chance
from sim.analysis.stories.render_promise import render_promise_markdown, render_promise_text
from sim.analysis.stories.replay import Choice, Event, resimulate
from sim.analysis.stories.short_story import short_story
from sim.analysis.stories.story import compose_story, led_to
from sim.analysis.stories.turned import draw_name, near_misses, simulate_turned
from sim.analysis.stories.weights import describe_draw, explain_choice
from sim.model.decision_log import DrawKey
from tests.model.past.forks import fork, move
from tests.worlds import quarrel, shock

ATTACKED = quarrel(months=4, shocks__raid=shock("dispute", 1, "rival"))
ANSWER = move(1, "answer", "patron", "member", "feud", level=3)
KEY = DrawKey("answer", "patron", "member", "feud")


def choice(level: int, *chances: float, played: bool = True) -> Choice:
    return Choice(1, KEY, {}, chances, 0.5, level, played)


@pytest.mark.parametrize(("level", "chance"), [(0, 0.4), (1, 0.35), (2, 0.15), (3, 0.1)])
def test_the_chance_is_that_of_the_very_level(level: int, chance: float) -> None:
    assert choice(level, 0.6, 0.25, 0.1).chance == pytest.approx(chance)


def test_of_a_number_it_is_the_chance_of_at_least_one() -> None:
    assert choice(7, 0.3).chance == pytest.approx(0.3)


def test_a_decision_by_hand_has_a_chance_and_no_draw() -> None:
    by_hand = choice(1, 0.02)
    expected = "Decided by hand; the model gave it a chance of about one in fifty."
    assert explain_choice(by_hand) == expected
    assert describe_draw(by_hand) == "by hand"
    assert "draw 0.50" in explain_choice(choice(1, 0.6, played=False))


def test_a_chance_that_is_given_reads_as_a_sentence() -> None:
    assert named_chance(0.5) == "about an even chance"
    assert named_chance(0.9999) == "next to certainty"
    assert named_chance(0.34) == "a chance of about one in three"


def test_the_story_of_a_game_marks_what_was_decided_by_hand() -> None:
    record = resimulate(fork(ATTACKED, 2, ANSWER, world=6), 6)
    lines = [line for month in compose_story(record) for line in month.lines]
    reasons = [line.reason for line in lines if line.event == "honoured" and line.choice]
    assert reasons[0].startswith("Decided by hand; the model gave it a")


def test_what_was_decided_by_hand_is_no_near_miss() -> None:
    plain, by_hand = resimulate(ATTACKED, 6), resimulate(fork(ATTACKED, 2, ANSWER, world=6), 6)
    answers = [
        {miss.choice.month for miss in near_misses(record) if miss.choice.key == KEY}
        for record in (plain, by_hand)
    ]
    assert 1 in answers[0]
    assert 1 not in answers[1]


def test_the_draw_of_an_answer_is_found_in_the_past_world_too() -> None:
    forked = fork(ATTACKED, 2, world=6)
    record = resimulate(forked, 9)
    (answer,) = (each for each in record.choices if each.key == KEY and each.month == 1)
    assert draw_name(forked, 9, answer)[:2] == ("answer", 1)


def test_a_fork_with_no_draw_turned_is_the_world_itself() -> None:
    forked = fork(ATTACKED, 2, world=6)
    name = ("answer", 1, "patron", "member", "feud")
    (own, _), (turned, _) = simulate_turned(forked, 9, [(name, 0.0)])
    assert [point.kind for point in own]
    assert "honoured" in {point.kind for point in turned}


def test_each_class_of_provocations_is_a_decision_of_its_own() -> None:
    event = Event(3, "provocation", "dprk", "", "nuclear", 1)
    assert led_to(DrawKey("provocation", "dprk", "", "nuclear"), 1, event)
    assert not led_to(DrawKey("provocation", "dprk", "", "ballistic"), 1, event)


def test_half_a_page_and_the_account_of_a_promise_say_so_too() -> None:
    forked = fork(ATTACKED, 2, ANSWER, world=6)
    short = short_story(forked, 6)
    whys = [line.why for line in short.lines if "honours its commitment" in line.text]
    assert any(why.startswith("decided by hand; chance ") for why in whys)
    record = resimulate(forked, 6)
    answer = find_promise(record, "patron@1")
    explanation = split_chance(record, answer, *historical_reference(answer))
    text, page = render_promise_text(explanation), render_promise_markdown(explanation)
    assert "Decided by hand; the model gave this answer a chance of" in text
    assert "random draw" not in text.casefold()
    assert "| decided by hand |" in page
