"""A world as a story: exact, complete, in words, and no wider than a page."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import sim
from sim.analysis.stories.phrases import chance_in_words, load_phrases, with_article
from sim.analysis.stories.render_story import WorldStory, render_story_text, story_measures
from sim.analysis.stories.replay import BlockRecord, Choice, Event, WorldRecord, resimulate
from sim.analysis.stories.story import (
    compose_story,
    event_sentence,
    find_choice,
    is_scenario_shock,
)
from sim.analysis.stories.weights import describe_draw, explain_choice, weigh_terms
from sim.model.decision_log import DrawKey
from sim.model.model import AllianceModel
from sim.model.randomness.streams import RandomStreams
from sim.model.recording.history import Columns
from sim.model.simulate import simulate
from tests.analysis.stories.example_worlds import by_hand, choice, hot, hot_lives, pact_lives
from tests.analysis.stories.golden import DATA, GOLDEN
from tests.worlds import real

_EVENT = re.compile(r"(?:\brecord(?:_in)?\(\s*|end_war\([^\"]*)\"(\w+)\"")
LIVES = {"pact": pact_lives, "tangle": hot_lives}


@pytest.fixture(params=LIVES)
def lives(request: pytest.FixtureRequest) -> BlockRecord:
    """Worlds of an invented and of a real scenario, with their decisions."""
    return LIVES[request.param]()


# -- a world simulated again is the same world ----------------------------------------------------


def test_logging_decisions_changes_nothing(lives: BlockRecord) -> None:
    count = len(lives.history.worlds["world"])
    plain = simulate(lives.scenario, 0, count)
    for table in ("worlds", "months", "events"):
        _same(getattr(lives.history, table), getattr(plain, table))


@pytest.mark.parametrize("world", [0, 7, 39])
def test_a_world_is_the_same_alone(world: int) -> None:
    alone, among = resimulate(real("pact"), world), pact_lives().world_record(world)
    assert (alone.events, alone.measure_values) == (among.events, among.measure_values)
    assert [*map(_without_rounding, alone.choices)] == [*map(_without_rounding, among.choices)]


def test_worlds_simulated_for_results_log_no_decisions() -> None:
    worlds = AllianceModel(hot(), 0, 2)
    worlds.step()
    worlds.close()
    assert worlds.context.state.log is None


def test_the_draw_of_a_decision_is_that_of_its_key() -> None:
    streams = RandomStreams(real("pact").seed, 0, 40)
    for decision in pact_lives().decisions[::53]:
        what = "veto" if decision.key.what == "vote" else decision.key.what
        if what in ("provocation", "shock", "answer"):
            continue
        towards = "" if what == "veto" else decision.key.towards
        drawn = streams.uniform(what, decision.month, decision.key.who, towards, decision.key.about)
        assert np.array_equal(drawn, decision.draws)


def test_an_answer_has_one_draw_for_a_war_in_whichever_month_it_comes() -> None:
    streams = RandomStreams(hot().seed, 0, 100)
    answers = [it for it in hot_lives().decisions if it.key.what == "answer"]
    for answer in answers:
        first, second, third = (streams.uniform("answer", war, *answer.key[1:]) for war in range(3))
        assert np.all(np.isin(answer.draws, [first, second, third]))
    assert answers


def test_an_onlooker_that_sends_lesser_aid_has_its_decision() -> None:
    records = [hot_lives().world_record(world) for world in range(100)]
    helps = [(it, event) for it in records for event in it.events if event.event == "helps"]
    deciding = {choice.key.what for it, event in helps if (choice := find_choice(it, event))}
    assert deciding == {"answer", "join"}


def test_a_level_is_reached_where_the_draw_is_below_its_chance(lives: BlockRecord) -> None:
    for decision in lives.decisions:
        reached = np.sum([decision.draws < chance for chance in decision.chances], axis=0)
        if decision.key.what == "provocation":
            assert np.array_equal(reached > 0, decision.level > 0)
        else:
            assert np.array_equal(reached, decision.level)


def test_considerations_add_up_to_the_chance(lives: BlockRecord) -> None:
    for decision in lives.decisions:
        if not decision.terms or decision.key.what == "vote":
            continue
        total = np.sum([*decision.terms.values()], axis=0)
        chance = decision.chances[-1]
        if decision.key.what == "provocation":
            mean = np.where(decision.where, np.exp(total), 0.0)
            assert np.allclose(1 - np.exp(-mean), chance, atol=1e-9)
        elif decision.key.what == "join":
            months, spread = _months_of(chance, of=total), lives.scenario.rules.join.spread
            assert np.all((spread.low - 1e-6 < months) & (months < spread.high + 1e-6))
        elif decision.key.what in ("conclude", "leave"):
            own = decision.terms.get("own_share", np.zeros_like(total))
            yearly = 1 / (1 + np.exp(own - total))
            expected = 1 - (1 - yearly) ** (np.exp(own) / 12)
            assert np.allclose(expected[decision.where], chance[decision.where], atol=1e-9)
        else:
            assert np.allclose(1 / (1 + np.exp(-total)), chance, atol=1e-9)


def _months_of(chance: np.ndarray, *, of: np.ndarray) -> np.ndarray:
    """Return over how many months a chance of some log-odds is spread, given that of one month."""
    return -np.logaddexp(0, of) / np.log1p(-chance)


def test_lesser_aid_is_as_likely_as_open_war_or_likelier(
    lives: BlockRecord,
) -> None:
    answers = [it for it in lives.decisions if it.key.what in ("answer", "join")]
    assert answers
    for answer in answers:
        any_aid, troops, open_war = answer.chances
        assert np.all((any_aid >= troops) & (troops >= open_war) & (open_war > 0))


# -- every event has its sentence, and its reasons ----------------------------------------------


def test_every_event_of_the_engine_has_a_sentence() -> None:
    engine = Path(sim.__file__).parent / "model"
    noted = {event for file in engine.rglob("*.py") for event in _EVENT.findall(file.read_text())}
    assert {"challenge", "honoured", "technology", "peace"} <= noted
    assert noted - {*load_phrases()["events"], *load_phrases()["routine"]} == set()


def test_every_consideration_has_words(lives: BlockRecord) -> None:
    named = {name for decision in lives.decisions for name in decision.terms}
    known = {*load_phrases()["terms"]["default"], *load_phrases()["starting"]["terms"]}
    assert named - known == set()
    assert len(named) > 30 or lives.scenario.title == "The quarrel"


def test_events_are_reported_with_their_decisions(lives: BlockRecord) -> None:
    of_war = {"war", "troops_sent"}  # may follow from an assumption, or from an earlier answer
    reported = set()
    for world in range(len(lives.history.worlds["world"])):
        record = lives.world_record(world)
        for event in record.events:
            expected = event.event in load_phrases()["decided"] and event.event not in of_war
            if expected and not is_scenario_shock(record, event):
                assert find_choice(record, event) is not None, event
                reported.add(event.event)
    assert len(reported) > 8


def test_an_event_of_chance_alone_has_no_reasons() -> None:
    choices = [
        find_choice(_hot(0), event) for event in _hot(0).events if event.event == "dies_down"
    ]
    assert all(choice is not None and not choice.terms for choice in choices)


_RUNGS = {2: "a threat of force in words", 3: "a show of force", 4: "an armed incident"}


@pytest.mark.parametrize("rung", _RUNGS)
def test_a_dispute_is_told_as_what_opened_it(rung: int) -> None:
    event = Event(1, "challenge", "russia", "japan", "kurils", rung)
    told = event_sentence(by_hand(), event)
    assert told.startswith(f"Russia opens a dispute with Japan, with {_RUNGS[rung]}")
    assert "use of force" not in told


def test_who_is_threatened_with_arms_for_its_enemy_is_told_whom_they_are_for() -> None:
    event = Event(1, "threatens_arms", "rok", "russia", "rok_ukraine", 0)
    assert event_sentence(by_hand(), event) == "South Korea says that it may arm Ukraine."


def test_nobody_denies_admits_or_detects_what_is_announced() -> None:
    kinds = ("admits", "deliveries_seen", "troops_seen", "technology_seen")
    events = pact_lives().history.events
    subjects = {*events["subject"][np.isin(events["event"], kinds)]}
    assert subjects == {"arms_2023"}


def test_months_are_reported_in_order_and_once(lives: BlockRecord) -> None:
    months = [month.number for month in compose_story(lives.world_record(3))]
    assert months == sorted(set(months))


def test_nothing_is_left_out(lives: BlockRecord) -> None:
    record = lives.world_record(3)
    reported = {
        (month.number, line.event) for month in compose_story(record) for line in month.lines
    }
    happened = {(event.month, event.event) for event in record.events} - reported
    assert {event for _, event in happened} <= {"sends"}


def test_a_story_fits_eighty_columns(lives: BlockRecord) -> None:
    reported = WorldStory("any", lives.world_record(5), "", story_measures(lives.scenario))
    assert max(map(len, render_story_text(reported).splitlines())) <= 80


@pytest.mark.parametrize("name", GOLDEN)
def test_the_example_world_is_rendered_as_reviewed(name: str) -> None:
    rendered, reviewed = GOLDEN[name](), (DATA / name).read_text(encoding="utf-8")
    if name.endswith(".json"):
        assert _rounded(json.loads(rendered)) == _rounded(json.loads(reviewed))
    else:
        assert rendered == reviewed
        assert name.endswith("page.txt") or max(map(len, rendered.splitlines())) <= 80


def test_an_assumption_of_the_scenario_is_reported_as_one() -> None:
    lines = [line for month in compose_story(by_hand()) for line in month.lines]
    (challenge,) = [line for line in lines if line.event == "challenge"]
    assert challenge.reason == "The scenario assumes it."


def test_reasons_of_recurring_events_are_given_when_they_change() -> None:
    routine = [
        line
        for month in compose_story(pact_lives().world_record(1))
        for line in month.lines
        if line.event in load_phrases()["routine"]
    ]
    assert 0 < sum(bool(line.reason) for line in routine) < len(routine) / 2
    assert all(line.choice for line in routine)


# -- chances and draws in words -------------------------------------------------------------------


@given(st.floats(0, 1))
def test_every_chance_has_words(chance: float) -> None:
    assert chance_in_words(chance)


@pytest.mark.parametrize(
    ("chance", "words"),
    [
        (0.0, "less than one in a thousand"),
        (0.001, "about one in a thousand"),
        (0.05, "about one in twenty"),
        (1 / 3, "about one in three"),
        (0.5, "about even"),
        (2 / 3, "about two in three"),
        (0.95, "about nineteen in twenty"),
        (1.0, "next to certain"),
    ],
)
def test_chances_in_words(chance: float, words: str) -> None:
    assert chance_in_words(chance) == words


@pytest.mark.parametrize(
    ("chance", "draw", "words"),
    [
        (0.8, 0.2, "yes"),
        (0.8, 0.9, "no, against the odds"),
        (0.2, 0.9, "no"),
        (0.2, 0.1, "yes, against the odds"),
        (0.2, 0.199, "yes, narrowly, against the odds"),
        (0.8, 0.805, "no, narrowly, against the odds"),
        (0.45, 0.1, "yes"),
    ],
)
def test_the_draw_is_described(chance: float, draw: float, words: str) -> None:
    assert describe_draw(choice(1, DrawKey("answer", "a", "b"), {}, chance, draw)) == words


def test_a_decision_that_recurs_every_month_is_not_against_the_odds() -> None:
    monthly = choice(1, DrawKey("challenge", "a", "b"), {}, 0.02, 0.01)
    assert describe_draw(monthly) == "yes"


def test_the_main_reasons_are_given_by_their_sign() -> None:
    terms = {"record": -9.0, "payment": 0.2, "nuclear": -1.0, "worth": 0.9, "busy": -0.04}
    answer = choice(1, DrawKey("answer", "a", "b"), terms, 0.4, 0.6)
    assert [reason.name for reason in weigh_terms(answer)] == ["nuclear", "worth", "payment"]
    assert explain_choice(answer) == (
        "Chance of any aid 40% (draw 0.60: no). Main reasons for: its stake in the partner and the "
        "payment it receives; against: the nuclear risk."
    )


def test_of_aid_the_chance_of_the_level_decided_on_is_told() -> None:
    chances = 0.7, 0.5, 0.3
    key = DrawKey("answer", "a", "b")
    told = explain_choice(Choice(1, key, {}, chances, 0.2, 3))
    assert told == "Chance of open intervention 30%, of any aid 70% (draw 0.20: yes)."
    told = explain_choice(Choice(1, key, {}, chances, 0.6, 1))
    assert told == "Chance of any aid 70% (draw 0.60: yes)."


def test_the_draw_and_the_chance_have_digits_that_distinguish_them() -> None:
    answer = choice(1, DrawKey("answer", "a", "b"), {}, 0.4051, 0.4052)
    assert "Chance of any aid 40.51% (draw 0.4052: no, narrowly)" in explain_choice(answer)


def test_names_take_an_article_where_they_need_one() -> None:
    assert (with_article("United States"), with_article("Japan")) == ("the United States", "Japan")


# -- helpers ------------------------------------------------------------------------------------


def _hot(world: int) -> WorldRecord:
    return hot_lives().world_record(world)


def _same(columns: Columns, others: Columns) -> None:
    assert list(columns) == list(others)
    for name, column in columns.items():
        assert np.array_equal(column, others[name], equal_nan=column.dtype.kind == "f"), name


def _without_rounding(reported: Choice) -> tuple[object, ...]:
    rounded = {name: round(term, 9) for name, term in reported.terms.items()}
    terms = {
        name: term for name, term in rounded.items() if term
    }  # zero is as if it were not there
    chances = tuple(round(chance, 9) for chance in reported.chances)
    return reported.month, reported.key, terms, chances, reported.draw, reported.level


def _rounded(reported: Any) -> Any:
    """Return a record without what the last bit of a sum may change."""
    if isinstance(reported, dict):
        return {name: _rounded(value) for name, value in reported.items()}
    if isinstance(reported, list):
        return [_rounded(value) for value in reported]
    return round(reported, 9) + 0.0 if isinstance(reported, float) else reported
