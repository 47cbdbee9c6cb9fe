"""Turning points of many worlds: those of the stories, with their chances, and no bit changed."""

from __future__ import annotations

from functools import cache
from gzip import compress

import numpy as np
import pytest

from sim.analysis.stories.phrases import load_phrases
from sim.analysis.stories.point_columns import KINDS, Point, list_points, point_rows
from sim.analysis.stories.point_decisions import event_behind, outcome_log
from sim.analysis.stories.point_words import (
    CHANCE_STEPS,
    NO_CHANCE,
    near_words,
    pack_turning_points,
    point_sentence,
)
from sim.analysis.stories.replay import BlockRecord
from sim.analysis.stories.story import find_choice
from sim.analysis.stories.turned import near_misses
from sim.analysis.stories.turning_points import (
    TurningPoints,
    first_parting,
    record_turning_points,
)
from sim.analysis.stories.weights import weigh_terms
from sim.model.simulate import simulate
from tests.analysis.stories.example_worlds import hot, hot_lives
from tests.worlds import changed

_WORLDS = 100


@cache
def hot_points() -> TurningPoints:
    """Return the turning points of the worlds of `hot_lives`."""
    return record_turning_points(hot(), 0, _WORLDS)


def points_in(points: TurningPoints, world: int) -> list[Point]:
    """Return the turning points of one world, with their codes."""
    codes = points.codes
    return [
        Point(
            int(points.month[row]),
            KINDS[points.kind[row]],
            codes[points.who[row]],
            codes[points.towards[row]],
            codes[points.about[row]],
            int(points.level[row]),
        )
        for row in points.rows_of(world)
    ]


def points_of_lives(lives: BlockRecord, world: int) -> list[Point]:
    """Return the same from the history of a block."""
    rows = point_rows(lives.history)
    return list_points({name: column[rows["world"] == world] for name, column in rows.items()})


def test_recording_outcomes_changes_no_bit() -> None:
    recorded = simulate(hot(), 0, _WORLDS, log=outcome_log(_WORLDS))
    for table in ("worlds", "months", "events"):
        plain = getattr(hot_lives().history, table)
        for name, column in getattr(recorded, table).items():
            same_bits = column.tolist() if column.dtype == object else column.tobytes()
            assert same_bits == (
                plain[name].tolist() if column.dtype == object else plain[name].tobytes()
            )


def test_the_chance_of_a_turning_point_is_that_of_the_decision_behind_it() -> None:
    points, decided = hot_points(), 0
    for world in range(0, _WORLDS, 7):
        record = hot_lives().world_record(world)
        for row, point in zip(points.rows_of(world), points_in(points, world), strict=True):
            choice = find_choice(record, event_behind(point))
            if choice is None:
                assert np.isnan(points.chance[row])
                continue
            decided += 1
            level = choice.level if choice.key.what in ("answer", "join") else 1
            chance = choice.chances[level - 1] if choice.level else 1 - choice.chances[0]
            assert points.chance[row] == pytest.approx(chance, rel=1e-5)
            sign = 1 if choice.level else -1
            reasons = [each.name for each in weigh_terms(choice) if each.log_odds * sign > 0]
            assert points.reasons[points.reason[row]] == (reasons[0] if reasons else "")
    assert decided > 50


def test_a_turning_point_is_the_first_of_its_kind() -> None:
    for world in range(_WORLDS):
        told = [point[1:] for point in points_in(hot_points(), world)]
        assert len(told) == len(set(told))


def test_turning_points_do_not_depend_on_the_block() -> None:
    some = record_turning_points(hot(), 40, 5)
    for world in range(40, 45):
        assert points_in(some, world) == points_in(hot_points(), world)
        rows, others = some.rows_of(world), hot_points().rows_of(world)
        assert np.allclose(some.chance[rows], hot_points().chance[others], equal_nan=True)
    assert some.near.month.tolist() == hot_points().near.month[40:45].tolist()


def test_blocks_are_joined_under_common_legends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.analysis.stories.turning_points._BLOCK", 3)
    some = record_turning_points(hot(), 40, 5)
    assert [points_in(some, world) for world in range(40, 45)] == [
        points_in(hot_points(), world) for world in range(40, 45)
    ]
    whole = hot_points()
    assert [some.near_keys[key] for key in some.near.key] == [
        whole.near_keys[key] for key in whole.near.key[40:45]
    ]


def test_the_near_miss_of_a_world_is_the_nearest_of_its_decisions() -> None:
    near = hot_points().near
    for world in range(0, _WORLDS, 20):
        nearest = near_misses(hot_lives().world_record(world))[0]
        assert near.distance[world] == pytest.approx(nearest.distance, rel=1e-6)
        assert hot_points().near_keys[near.key[world]] == nearest.choice.key
        assert (near.month[world], near.level[world]) == (nearest.choice.month, nearest.level)


def test_worlds_without_a_difference_do_not_part() -> None:
    parting = first_parting(hot_points(), hot_points())
    assert not parting.month.any()
    assert (parting.row_a == -1).all()
    assert (parting.row_b == -1).all()


def test_the_first_parting_is_the_first_decision_that_differs() -> None:
    other = record_turning_points(changed(hot(), treaties__pact=None), 0, 30)
    first = record_turning_points(hot(), 0, 30)
    parting = first_parting(first, other)
    for world in range(30):
        sides = [
            [point for point in points_in(points, world) if point.kind not in KINDS[:3]]
            for points in (first, other)
        ]
        months = [min(set(a) - set(b), default=None) for a, b in (sides, sides[::-1])]
        expected = min((point.month for point in months if point), default=0)
        if sides[0] == sides[1]:
            assert parting.month[world] == 0
        elif expected:
            assert parting.month[world] == expected
            assert max(parting.row_a[world], parting.row_b[world]) >= 0
    assert parting.month.any()


def test_only_the_same_worlds_can_part() -> None:
    with pytest.raises(ValueError, match="different worlds"):
        first_parting(hot_points(), record_turning_points(hot(), 0, 2))


def test_packed_turning_points_read_as_sentences_with_chances() -> None:
    points, packed = hot_points(), pack_turning_points(hot_points())
    for row, point in zip(points.rows_of(5), points_in(points, 5), strict=True):
        assert packed.sentences[packed.what[row]] == point_sentence(points.scenario, point)
        assert packed.kinds[packed.what[row]] == point.kind
        if packed.chance[row] == NO_CHANCE:
            assert np.isnan(points.chance[row])
        else:
            steps = packed.chance[row] / CHANCE_STEPS
            assert steps == pytest.approx(points.chance[row], abs=1 / CHANCE_STEPS)
        assert bool(packed.reasons[packed.reason[row]]) == bool(points.reason[row])
    assert packed.starts[-1] == points.world.size


def test_a_declined_call_has_a_reason_against_it() -> None:
    points, packed = hot_points(), pack_turning_points(hot_points())
    against = {str(words[1]) for words in load_phrases()["terms"]["default"].values()}
    declined = np.flatnonzero((points.kind == KINDS.index("reneged")) & (points.reason > 0))
    assert declined.size
    assert {packed.reasons[packed.reason[row]] for row in declined} <= against


def test_a_world_takes_few_bytes() -> None:
    packed = pack_turning_points(hot_points())
    columns = packed.starts, packed.month, packed.what, packed.chance, packed.reason
    assert len(compress(b"".join(column.tobytes() for column in columns))) / _WORLDS < 100


def test_every_kind_and_every_near_miss_has_words() -> None:
    phrases, scenario = load_phrases(), hot()
    for kind in KINDS:
        said = point_sentence(scenario, Point(1, kind, "rival", "member", "feud", 1))
        assert said.endswith(".")
        assert "{" not in said
        assert kind in phrases["weightiest"]["kinds"]
    for misses in near_misses(hot_lives().world_record(3))[:5]:
        for close in (True, False):
            said = near_words(scenario, misses.choice.key, misses.level, reached=True, close=close)
            assert "{" not in said
    assert set(phrases["near"]) == set(phrases["point_decisions"]["near_misses"])
