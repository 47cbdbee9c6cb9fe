"""Every world has its story, the same as when it is told alone."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.analysis.stories.point_words import pack_turning_points
from sim.analysis.stories.turning_points import record_turning_points
from sim.explore.sides import Sides


@pytest.fixture
def stories(header: dict[str, Any]) -> dict[str, Any]:
    """The stories of all worlds."""
    packed: dict[str, Any] = header["stories"]
    return packed


def rows_of(stories: dict[str, Any], side: int, world: int) -> list[tuple[int, str, str]]:
    """Return month, sentence and reason of each turning point of a world, as the page reads it."""
    columns = stories["sides"][side]
    ends = np.cumsum(columns["rows"].values).astype(int)
    rows = slice(ends[world] - int(columns["rows"].values[world]), ends[world])
    month, what, why = (
        columns[n].values[rows].astype(int) for n in ("month", "sentence", "reason")
    )
    return [
        (int(m), stories["sentences"][w]["text"], stories["reasons"][y])
        for m, w, y in zip(month, what, why, strict=True)
    ]


@pytest.mark.parametrize(("side", "world"), [(0, 17), (1, 17), (1, 209)])
def test_a_world_has_the_turning_points_that_it_has_alone(
    stories: dict[str, Any], sides: Sides, side: int, world: int
) -> None:
    alone = pack_turning_points(record_turning_points(sides.scenarios[side], world, 1))
    expected = [
        (int(month), alone.sentences[what], alone.reasons[reason])
        for month, what, reason in zip(alone.month, alone.what, alone.reason, strict=True)
    ]
    assert rows_of(stories, side, world) == expected


def test_every_world_has_its_rows(stories: dict[str, Any], sides: Sides) -> None:
    for columns in stories["sides"]:
        assert len(columns["rows"].codes) == len(sides.worlds)
        rows = columns["rows"].values.sum()
        names = ("month", "sentence", "chance", "reason")
        assert all(len(columns[name].codes) == rows for name in names)
        assert columns["month"].values.max() <= sides.months


def test_chances_lie_between_none_and_all(stories: dict[str, Any]) -> None:
    chances = stories["sides"][0]["chance"].values
    decided = chances[~np.isnan(chances)]
    assert 0 < decided.min() < decided.max() < 1
    assert np.isnan(chances).any()


def test_sentences_of_both_sides_stand_in_one_list_each_once(stories: dict[str, Any]) -> None:
    texts = [sentence["text"] for sentence in stories["sentences"]]
    assert len(set(texts)) == len(texts) > 10
    assert any(sentence["calendar"] for sentence in stories["sentences"])
