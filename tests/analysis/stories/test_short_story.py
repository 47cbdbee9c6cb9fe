"""Half a page on one world: its turning points, counts of routine, and one draw gone otherwise."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from sim.analysis.stories.point_columns import Point
from sim.analysis.stories.render_short import (
    render_short_markdown,
    render_short_text,
    short_record,
)
from sim.analysis.stories.replay import Choice, resimulate, resimulate_chosen
from sim.analysis.stories.short_head import head_words
from sim.analysis.stories.short_story import (
    Otherwise,
    ShortLine,
    ShortStory,
    percent,
    short_stories,
    short_story,
)
from sim.analysis.stories.turned import NearMiss, draw_name, near_misses, turn_one_draw
from sim.model.decision_log import DecisionLog, DrawKey
from sim.model.randomness.controlled import TurnedStreams
from sim.model.simulate import simulate
from tests.analysis.stories.example_worlds import by_hand, choice, hot, hot_lives
from tests.analysis.stories.test_turning_points import points_of_lives

_WARLIKE = 3


@cache
def warlike() -> ShortStory:
    """Return the short story of a world with many turning points."""
    return short_story(hot(), _WARLIKE)


def test_worlds_told_side_by_side_are_told_as_each_alone() -> None:
    other = short_story(hot(), 0)
    assert short_stories(hot(), [_WARLIKE, 0, _WARLIKE]) == [warlike(), other, warlike()]


def test_a_world_chosen_among_others_is_that_world() -> None:
    chosen, alone = resimulate_chosen(hot(), [5, _WARLIKE]), resimulate(hot(), _WARLIKE)
    record = chosen.world_record(_WARLIKE)
    assert (record.events, record.choices) == (alone.events, alone.choices)
    assert record.measure_values == alone.measure_values
    assert set(chosen.history.months["world"]) == {_WARLIKE, 5}
    for name, column in record.month_columns.items():
        np.testing.assert_array_equal(column, alone.month_columns[name])


def test_the_head_names_the_war() -> None:
    record = hot_lives().world_record(_WARLIKE)
    wars = [event for event in record.events if event.event == "war"]
    assert wars
    assert warlike().title.startswith(f"World {_WARLIKE}: war between Somebody and Somebody (")


def test_the_head_says_what_there_was_of_wars_soldiers_and_intervention() -> None:
    points = [
        Point(3, "war", "dprk", "rok", "korea", 5),
        Point(3, "honoured", "usa", "rok", "us_rok_1953", 3),
        Point(4, "nuclear_use", "dprk", "", "korea", 0),
        Point(5, "technology", "russia", "dprk", "arms_2023", 3),
        Point(14, "peace", "russia", "ukraine", "ukraine", 0),
    ]
    assert head_words(by_hand(), points) == (
        "war between the DPRK and South Korea (Aug 2024), nuclear use, the war between Russia and "
        "Ukraine ends, no soldiers, technology, the United States intervenes"
    )
    assert head_words(by_hand(), []) == "no soldiers, no technology, no intervention"
    many = [Point(3, "war", "dprk", "rok", "korea", 5)] * 3
    helpers = [Point(3, "helps", who, "rok", "korea", 3) for who in ("usa", "japan", "china")]
    assert "another new war" in head_words(by_hand(), many)
    assert "2 further new wars" in head_words(by_hand(), [*many, many[0]])
    assert head_words(by_hand(), helpers).endswith("the United States, Japan and 1 more intervene")


def test_turning_points_are_told_in_order_and_the_rest_is_counted() -> None:
    story = warlike()
    points = points_of_lives(hot_lives(), _WARLIKE)
    assert len(story.lines) + story.left_out == len(points)
    assert [line.month for line in story.lines] == sorted(line.month for line in story.lines)
    assert story.routine.startswith("Routine: ")
    disputes = [
        event for event in hot_lives().world_record(_WARLIKE).events if event.event == "challenge"
    ]
    assert f"{len(disputes)} dispute" in story.routine


def test_a_short_story_is_half_a_page() -> None:
    text = render_short_text(warlike(), "Chosen: for a test.")
    assert max(map(len, text.splitlines())) <= 80
    assert len(text.splitlines()) < 60
    assert "Chosen: for a test." in text
    assert "Had this one draw gone otherwise, all others kept: in " in text
    assert render_short_markdown(warlike()).startswith(f"# {warlike().title}\n")
    assert short_record(warlike())["otherwise"] == warlike().otherwise


def test_a_copy_without_a_turned_draw_is_the_world_itself() -> None:
    streams = TurnedStreams(hot().seed, _WARLIKE, [(("settle", 2, "siege", "", ""), 0.0)])
    copies = simulate(hot(), 0, streams.count, streams=streams)
    own = hot_lives().history.worlds
    for name, column in copies.worlds.items():
        if name != "world":
            assert np.array_equal(column[0], own[name][_WARLIKE], equal_nan=column.dtype != object)


@pytest.mark.parametrize("nth", [0, 5])
def test_the_turned_draw_turns_its_decision_and_no_earlier_one(nth: int) -> None:
    record = hot_lives().world_record(_WARLIKE)
    miss = near_misses(record)[nth]
    name = draw_name(hot(), _WARLIKE, miss.choice)
    streams = TurnedStreams(hot().seed, _WARLIKE, [(name, miss.turned_draw)])
    log = DecisionLog()
    simulate(hot(), 0, 2, streams=streams, log=log, months=miss.choice.month)
    (turned,) = (
        decision
        for decision in log.decisions
        if (decision.month, decision.key) == (miss.choice.month, miss.choice.key)
    )
    assert turned.level[0] == miss.choice.level
    assert (turned.level[1] >= miss.level) != miss.reached
    earlier = [each for each in log.decisions if each.month < miss.choice.month]
    assert all(each.level[0] == each.level[1] for each in earlier if each.where.all())


def test_the_draw_that_is_turned_is_the_nearest_that_mattered() -> None:
    turned = turn_one_draw(hot_lives().world_record(_WARLIKE))
    assert turned is not None
    assert turned.near.distance <= 1.0
    assert turned.rank <= 2
    assert set(turned.gained).isdisjoint(turned.lost)


def test_a_world_in_which_no_draw_was_near_has_no_turned_draw() -> None:
    far = [choice(1, DrawKey("settle", "ukraine"), {}, 0.01, 0.9)]
    record = by_hand()
    assert turn_one_draw(replace(record, choices=far)) is None


@pytest.mark.parametrize(
    ("chance", "draw", "reached", "close"),
    [(0.31, 0.33, False, True), (0.31, 0.1, True, False), (0.5, 0.49, True, True)],
)
def test_a_miss_is_close_by_its_log_odds(
    chance: float, draw: float, reached: bool, close: bool
) -> None:
    taken: Choice = choice(1, DrawKey("troops", "dprk", "russia"), {}, chance, draw)
    distance = abs(float(np.log(draw / (1 - draw)) - np.log(chance / (1 - chance))))
    miss = NearMiss(taken, 1, distance)
    assert (miss.reached, miss.is_close) == (reached, close)
    assert (miss.turned_draw < chance) != reached


def test_what_would_have_followed_is_said_in_sentences() -> None:
    near = ShortLine(14, "Aug 2025", "South Korea all but sent arms", "chance 31%, draw 0.33")
    war = ShortLine(20, "Feb 2026", "War breaks out: A attacks B.")
    assert Otherwise(near, (), (), 0).text == (
        "in Aug 2025 South Korea all but sent arms (chance 31%, draw 0.33). No other turning "
        "point would have been different."
    )
    assert Otherwise(near, (war,), (war,), 2).text.endswith(
        "Then also: War breaks out: A attacks B (Feb 2026). Not then: War breaks out: A attacks B "
        "(Feb 2026). 2 further turning points would have been different."
    )


@pytest.mark.parametrize(
    ("chance", "words"),
    [(0.0001, "under 0.1%"), (0.004, "0.4%"), (0.045, "4%"), (0.999, "over 99%")],
)
def test_a_chance_is_never_none_or_all(chance: float, words: str) -> None:
    assert percent(chance) == words
