"""Turning points in words, and packed so that a page with thousands of worlds stays small."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.analysis.stories.phrases import fill_sentence, load_phrases, with_article
from sim.analysis.stories.story import subject_name
from sim.analysis.stories.turning_points import KINDS, TurningPoints
from sim.scenario.schema.scenario import Scenario

CHANCE_STEPS = 250
"""Chances are packed as whole numbers from 0 to so many."""
NO_CHANCE = 255
"""The packed chance where nothing was decided."""

What = tuple[int, str, str, str, int]
"""Kind, who, towards, about, level: what a sentence is about."""


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
    month: NDArray[np.uint8]
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
    codes = points.codes
    named = [
        (kind, codes[a], codes[b], codes[c], level) for kind, a, b, c, level in distinct.tolist()
    ]
    return PackedPoints(
        points.starts.astype(np.uint32),
        points.month.astype(np.uint8),
        what.astype(np.uint16),
        _pack_chance(points.chance),
        points.reason,
        tuple(point_sentence(points.scenario, each) for each in named),
        tuple(KINDS[each[0]] for each in named),
        points.reasons,
    )


def point_sentence(scenario: Scenario, what: What) -> str:
    """Return a turning point as a sentence that makes sense alone."""
    kind, who, towards, about, level = what
    words, name = load_phrases(), KINDS[kind]
    template = words["points"].get(name) or words["standalone"].get(name) or words["events"][name]
    return fill_sentence(
        template,
        actor=_actor_name(scenario, who),
        towards=_actor_name(scenario, towards),
        subject=subject_name(scenario, about).removeprefix("the "),
        treaty=subject_name(scenario, about).removeprefix("the "),
        aid=words["aids"].get(str(level), ""),
        tier=words["tiers"].get(str(level), ""),
        rung=words["rungs"].get(str(level), "").partition(":")[0],
    )


def _actor_name(scenario: Scenario, code: str) -> str:
    return with_article(scenario.actors[code].name) if code in scenario.actors else code


def _pack_chance(chance: NDArray[np.float32]) -> NDArray[np.uint8]:
    steps = np.clip(np.rint(chance * CHANCE_STEPS), 1, CHANCE_STEPS - 1)
    return np.where(np.isnan(chance), NO_CHANCE, steps).astype(np.uint8)
