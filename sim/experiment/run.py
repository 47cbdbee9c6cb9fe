"""Answers the question a scenario asks: with the answer that is there, or by living its worlds."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sim.experiment.blocks import BLOCK
from sim.experiment.limits import check_size
from sim.experiment.question import Question, question
from sim.experiment.results import Results, answer, results
from sim.scenario.load import Loaded

BLOCKS_PER_WORKER = 4
"""How many blocks make it worth while to start one more process."""


@dataclass(frozen=True)
class Answer:
    """The results of a run, and whether they were there already."""

    results: Results
    reused: bool


@dataclass(frozen=True)
class Wish:
    """How the answer is wanted; only `force` decides whether worlds are lived anew.

    Attributes:
        workers: processes to live with; None leaves it to the size of the run.
        force: live the worlds even if the answer is there, and put the new one in its place.
        size: how many worlds a block has.
        told: is told how many worlds have been lived so far.
        words: the command as it was given, for the manifest.
    """

    workers: int | None = None
    force: bool = False
    size: int = BLOCK
    told: Callable[[int], None] = lambda _: None
    words: tuple[str, ...] = ()


def run(loaded: Loaded, out: Path, wish: Wish = Wish()) -> Answer:
    """Answer a scenario's question in a folder below `out`.

    Raises:
        RequestError: more is asked than one run may do.
        ResultsError: the folder cannot be written, or holds something else.
        BlockError: some worlds could not be lived.
    """
    check_size(loaded.scenario.worlds, loaded.scenario.months)
    asked = question(loaded)
    folder = out / asked.folder
    if os.path.lexists(folder) and not wish.force:
        return Answer(answer(folder, asked), reused=True)
    _live(asked, loaded, folder, wish)
    return Answer(results(folder), reused=False)


def sensible_workers(worlds: int, size: int = BLOCK) -> int:
    """Return how many processes are worth starting for so many worlds on this machine."""
    return max(1, min(_processors(), worlds // (size * BLOCKS_PER_WORKER)))


def _live(asked: Question, loaded: Loaded, folder: Path, wish: Wish) -> None:
    from sim.experiment.record import Manner, record  # noqa: PLC0415  Parquet takes a while to load
    from sim.experiment.workers import crew  # noqa: PLC0415

    worlds = loaded.scenario.worlds
    blocks = -(-worlds // wish.size)
    workers = min(wish.workers or sensible_workers(worlds, wish.size), blocks)
    with crew(workers, loaded.scenario) as executor:
        ahead = 2 * workers if workers > 1 else 1
        manner = Manner(executor, ahead, wish.size, wish.told, wish.words)
        record(asked, loaded, folder, manner, replace=wish.force)


def _processors() -> int:
    """Return how many processors this process may use, which may be fewer than there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
