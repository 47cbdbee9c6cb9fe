"""Turning points in words, and packed so that a page with thousands of worlds stays small."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.analysis.stories.phrases import (
    fill_sentence,
    join_with_and,
    load_phrases,
    with_article,
)
from sim.analysis.stories.point_columns import DECLINED_KINDS, Point
from sim.analysis.stories.story import parties_in_words, subject_name
from sim.analysis.stories.turning_points import KINDS, TurningPoints
from sim.model.decision_log import DrawKey
from sim.scenario.schema.scenario import Scenario

CHANCE_STEPS = 250
"""Chances are packed as whole numbers from 0 to so many."""
NO_CHANCE = 255
"""The packed chance where nothing was decided."""


@dataclass(frozen=True)
class PackedPoints:
    """Turning points as small columns, each row with a sentence.

    Attributes:
        starts: first row of each world, then the number of rows, (world + 1,).
        month: from 1, (row,).
        what: place in `sentences`, (row,).
        chance: in steps of 1 / `CHANCE_STEPS`, rounded to the nearest that is neither none nor
            all; `NO_CHANCE` where nothing was decided, (row,).
        reason: place in `reasons` of the main reason; 0 for none, (row,).
        sentences: what happened, in words.
        kinds: the kind of each sentence, from `KINDS`.
        reasons: the reasons in words; the first is empty.
    """

    starts: NDArray[np.uint32]
    month: NDArray[np.uint16]
    what: NDArray[np.uint16]
    chance: NDArray[np.uint8]
    reason: NDArray[np.uint8]
    sentences: tuple[str, ...]
    kinds: tuple[str, ...]
    reasons: tuple[str, ...]


def pack_turning_points(points: TurningPoints) -> PackedPoints:
    """Return the turning points as small columns."""
    columns = points.kind, points.who, points.towards, points.about, points.level
    table = np.stack([column.astype(np.int64) for column in columns], axis=1)
    distinct, what = np.unique(table, axis=0, return_inverse=True)
    named = [_point(points, *row) for row in distinct.tolist()]
    reasons, reason = _signed_reasons(points)
    return PackedPoints(
        points.starts.astype(np.uint32),
        points.month,
        what.astype(np.uint16),
        _pack_chance(points.chance),
        reason,
        tuple(point_sentence(points.scenario, point) for point in named),
        tuple(point.kind for point in named),
        reasons,
    )


def point_sentence(scenario: Scenario, point: Point) -> str:
    """Return a turning point as a sentence that makes sense alone."""
    words, kind = load_phrases(), point.kind
    template = words["points"].get(kind) or words["standalone"].get(kind) or words["events"][kind]
    about = subject_name(scenario, point.about).removeprefix("the ")
    return fill_sentence(
        template,
        actor=actor_name(scenario, point.who),
        towards=actor_name(scenario, point.towards),
        subject=about,
        treaty=about,
        parties=parties_in_words(scenario, point.about, (point.who, point.towards)),
        rivalry=_war_words(scenario, point),
        aid=words["aids"].get(str(point.level), ""),
        tier=words["tiers"].get(str(point.level), ""),
        rung=words["rungs"].get(str(point.level), "").partition(":")[0],
    )


def near_words(scenario: Scenario, key: DrawKey, level: int, *, reached: bool, close: bool) -> str:
    """Return what was all but done, or only just, in words that follow 'In March 2025'.

    Args:
        scenario: the scenario.
        key: the decision.
        level: the level that was near: of aid, otherwise 1.
        reached: whether it was reached.
        close: whether the draw lay very near to the chance.
    """
    phrases, words = load_phrases(), load_phrases()["near_words"]
    rivals = key.what in words["of_rivals"]
    return str(
        phrases["near"][key.what].format(
            who=_rivals(scenario, key.who) if rivals else actor_name(scenario, key.who),
            towards=actor_name(scenario, key.towards),
            aid=words["aids"][level - 1] if level <= len(words["aids"]) else "",
            just=words["done" if reached else "undone"][close],
        )
    )


def _rivals(scenario: Scenario, rivalry: str) -> str:
    names = [actor_name(scenario, code) for code in scenario.rivalries[rivalry].between]
    return join_with_and(names)


def _war_words(scenario: Scenario, point: Point) -> str:
    """Return the war that a turning point is about, from the view of whom it is towards."""
    if point.about not in scenario.rivalries:
        return ""
    between = scenario.rivalries[point.about].between
    if point.towards not in between:
        return f"the war between {_rivals(scenario, point.about)}"
    (opponent,) = (code for code in between if code != point.towards)
    return f"its war with {actor_name(scenario, opponent)}"


def _point(
    points: TurningPoints, kind: int, who: int, towards: int, about: int, level: int
) -> Point:
    codes = points.codes
    return Point(0, KINDS[kind], codes[who], codes[towards], codes[about], level)


def _signed_reasons(points: TurningPoints) -> tuple[tuple[str, ...], NDArray[np.uint8]]:
    """Return the reasons in words, for what was done and against it, and each row's place."""
    declined = np.isin(points.kind, [KINDS.index(kind) for kind in DECLINED_KINDS])
    signed = points.reason.astype(np.int64) * 2 + declined
    signed[points.reason == 0] = 0
    numbers, reason = np.unique(np.append(signed, 0), return_inverse=True)
    words = tuple(reason_words(points.reasons[number // 2], number % 2) for number in numbers)
    return words, reason[:-1].astype(np.uint8)


def reason_words(name: str, against: int) -> str:
    """Return a reason in words; empty for none."""
    words = load_phrases()["terms"]["default"]
    return str(words.get(name, [name.replace("_", " ")] * 2)[against]) if name else ""


def actor_name(scenario: Scenario, code: str) -> str:
    """Return the name of an actor as used within a sentence."""
    return with_article(scenario.actors[code].name) if code in scenario.actors else code


def _pack_chance(chance: NDArray[np.float32]) -> NDArray[np.uint8]:
    steps = np.clip(np.rint(chance * CHANCE_STEPS), 1, CHANCE_STEPS - 1)
    return np.where(np.isnan(chance), NO_CHANCE, steps).astype(np.uint8)
