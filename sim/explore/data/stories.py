"""The story of every world as its turning points, for the dot that stands for it.

All worlds are simulated again with a record of what was decided, how likely it was and why. A world
has some ten turning points; each is a row of small numbers that name a sentence, a chance and a
reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.analysis.choices.simulation import simulate_in_blocks
from sim.analysis.stories.point_columns import CALENDAR_KINDS
from sim.analysis.stories.point_words import (
    CHANCE_STEPS,
    NO_CHANCE,
    PackedPoints,
    pack_turning_points,
)
from sim.analysis.stories.turning_points import record_turning_points
from sim.explore.data.arrays import PackedArray, pack_counts
from sim.explore.progress import TrackWorlds, track_nothing
from sim.explore.sides import Sides
from sim.scenario.schema.scenario import Scenario


def describe_stories(
    sides: Sides, workers: int | None = None, track: TrackWorlds = track_nothing
) -> dict[str, Any]:
    """Return the turning points of every world of every side.

    Args:
        sides: the runs.
        workers: number of processes.
        track: reports progress.

    Raises:
        SimulationError: some worlds could not be simulated.
        WorkerError: a worker process was lost.
    """
    blocks = [_simulate(scenario, sides, workers, track) for scenario in sides.scenarios]
    every = [block for of_side in blocks for block in of_side]
    sentences = _Legend((block.sentences, block.kinds) for block in every)
    reasons = _Legend((block.reasons, block.reasons) for block in every)
    return {
        "sentences": [
            {"text": text, "kind": kind, "calendar": kind in CALENDAR_KINDS}
            for text, kind in sentences.entries
        ],
        "reasons": [text for text, _ in reasons.entries],
        "sides": [_join(of_side, sentences, reasons) for of_side in blocks],
    }


def _simulate(
    scenario: Scenario, sides: Sides, workers: int | None, track: TrackWorlds
) -> list[PackedPoints]:
    worlds = len(sides.worlds)
    with track(worlds, "Recording stories") as on_progress:
        return simulate_in_blocks(scenario, worlds, _record_block, workers, on_progress=on_progress)


def _record_block(scenario: Scenario, first: int, count: int) -> PackedPoints:
    return pack_turning_points(record_turning_points(scenario, first, count))


class _Legend:
    """Texts of several blocks in one list, each once."""

    def __init__(self, blocks: Iterable[tuple[Sequence[str], Sequence[str]]]) -> None:
        pairs = (pair for texts, kinds in blocks for pair in zip(texts, kinds, strict=True))
        self.entries = list(dict.fromkeys(pairs))
        self._places = {text: place for place, (text, _) in enumerate(self.entries)}

    def places_of(self, texts: Sequence[str]) -> NDArray[np.int64]:
        """Return the places of texts in the list, (text,)."""
        return np.array([self._places[text] for text in texts], dtype=np.int64)


def _join(blocks: Sequence[PackedPoints], sentences: _Legend, reasons: _Legend) -> dict[str, Any]:
    """Return the rows of a side: how many each world has, and the columns of all, (row,)."""
    what = [sentences.places_of(block.sentences)[block.what] for block in blocks]
    reason = [reasons.places_of(block.reasons)[block.reason] for block in blocks]
    chance = np.concatenate([block.chance for block in blocks])
    return {
        "rows": pack_counts(np.concatenate([np.diff(block.starts) for block in blocks])),
        "month": pack_counts(np.concatenate([block.month for block in blocks])),
        "sentence": pack_counts(np.concatenate(what)),
        "chance": PackedArray(chance, "u1", 1 / CHANCE_STEPS, missing=NO_CHANCE),
        "reason": pack_counts(np.concatenate(reason)),
    }
