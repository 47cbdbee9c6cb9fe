"""Answers the question a scenario asks: with the answer that is there, or by living its worlds."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sim.errors import LivingError, RequestError, ResultsError
from sim.experiment.blocks import Block, Failure, Pace
from sim.experiment.execution.task import Live, live_worlds
from sim.experiment.limits import SECONDS_PER_WORLD_MONTH, check_size
from sim.experiment.patched import require_unpatched_engine
from sim.experiment.storage.fingerprint import Question, question
from sim.experiment.storage.results import Results, answer, results, sweep_results
from sim.scenario.load import Loaded

if TYPE_CHECKING:
    from sim.experiment.execution.scheduler import Hands, Toll
    from sim.experiment.storage.block_files import FinishedRun, Piece
    from sim.experiment.storage.checkpoint import Keep


@dataclass(frozen=True)
class Answer:
    """The results of a run or sweep.

    Attributes:
        results: the folder.
        reused: whether they were there already.
        note: a line that the user should know of, or nothing.
    """

    results: Results
    reused: bool
    note: str = ""


@dataclass(frozen=True)
class Wish:
    """How the answer is wanted; only `force` decides whether worlds are lived anew.

    Attributes:
        workers: processes to live with; None leaves it to the size of the work.
        scheduler: address of a Dask scheduler whose workers live the worlds.
        force: live the worlds even if the answer is there, and put the new one in its place.
        size: how many worlds a block has; None leaves it to how long they take.
        told: is told how many worlds have been lived so far.
        words: the command as it was given, for the manifest.
        live: lives a block of worlds.
    """

    workers: int | None = None
    scheduler: str | None = None
    force: bool = False
    size: int | None = None
    told: Callable[[int], None] = lambda _: None
    words: tuple[str, ...] = ()
    live: Live = live_worlds

    @property
    def hands(self) -> Hands:
        """Who lives the worlds."""
        from sim.experiment.execution.scheduler import Hands  # noqa: PLC0415

        return Hands(self.workers, self.scheduler, self.size, self.live)

    def pace(self, months: int) -> Pace:
        """How long a world of so many months takes: as measured, or unknown of another engine."""
        known = SECONDS_PER_WORLD_MONTH * months if self.live is live_worlds else 0.0
        return Pace(self.size, known)


def run(loaded: Loaded, out: Path, wish: Wish = Wish(), *, before: Sequence[Piece] = ()) -> Answer:
    """Answer a scenario's question in a folder below `out`.

    Worlds that stand in a finished run given as `before` are not lived again.

    Raises:
        RequestError: more is asked than one run may do.
        ResultsError: the folder cannot be written, or holds something else.
        LivingError: no world could be lived.
        WorkerError: the workers are gone; what they had finished is kept.
    """
    check_size(loaded.scenario.worlds, loaded.scenario.months)
    asked = question(loaded)

    def make(keep: Keep, folder: Path, standing: bool) -> Toll:
        from sim.experiment.execution.scheduler import Lot, labour  # noqa: PLC0415  Parquet takes a while
        from sim.experiment.storage.manifest import Making  # noqa: PLC0415
        from sim.experiment.storage.writer import record  # noqa: PLC0415

        begun = Making(wish.words)
        known = max((piece.block.end for piece in before), default=0)
        lot = Lot(asked.point, loaded.scenario.model_dump_json, loaded.scenario.worlds, known)
        pace = wish.pace(loaded.scenario.months)
        toll = labour([lot], keep, wish.hands, wish.told, pace)
        see_that_some_lived(toll.failures, any_lived=bool(before or keep.done(asked.point)))
        made = replace(begun, failures=toll.failures)
        record(asked, loaded, folder, keep, made, before=before, replace=standing)
        return toll

    return answered(asked, out, wish, make)


Make = Callable[["Keep", Path, bool], "Toll"]
"""Lives worlds, keeps them and writes the folder; is told whether something stands there."""


def answered(asked: Question, out: Path, wish: Wish, make: Make, *, kind: str = "run") -> Answer:
    """Answer a question with what is there, or have the answer made.

    Worlds that were kept when the same question was asked before, and not answered, are not lived
    again.

    Raises:
        RequestError: a function of the engine was replaced in memory.
    """
    from sim.experiment.storage.checkpoint import clear, keeping  # noqa: PLC0415  Parquet takes a while to load

    require_unpatched_engine()
    folder = out / asked.folder
    standing = os.path.lexists(folder)
    if standing and not wish.force and (found := answer(folder, asked, kind)):
        clear(folder)
        return Answer(found, reused=True)
    with keeping(folder, asked.digest, fresh=wish.force) as keep:
        toll = make(keep, folder, standing)
        if not toll.failures:
            keep.discard()
    opened = results if kind == "run" else sweep_results
    return Answer(opened(folder, partial=True), reused=False, note=_note(wish, toll))


def see_that_some_lived(failures: Sequence[Failure], *, any_lived: bool) -> None:
    """See to it that there is something to write.

    Raises:
        LivingError: no world could be lived; the message says why the first could not.
    """
    if not any_lived:
        others = len(failures) - 1
        more = f"\n    nor could {others:,} other block{'s' * (others > 1)}" if others else ""
        raise LivingError(f"{failures[0]}{more}")


def finished(loaded: Loaded, out: Path) -> Results | None:
    """Return the finished run of a scenario with the most worlds, whatever their number."""
    stem, found = question(loaded).stem, []
    for folder in out.glob(f"{loaded.name}-*"):
        try:
            there = results(folder)
        except ResultsError:
            continue
        if there.manifest.get("stem") == stem:
            found.append(there)
    return max(found, key=lambda there: int(there.manifest["worlds"]), default=None)


def extended(loaded: Loaded, more: int, out: Path) -> tuple[Loaded, FinishedRun]:
    """Return a scenario with more worlds than its largest finished run has, and that run.

    Raises:
        RequestError: there is none.
    """
    from sim.experiment.storage.block_files import FinishedRun  # noqa: PLC0415  Parquet takes a while to load

    if there := finished(loaded, out):
        worlds = int(there.manifest["worlds"])
        scenario = loaded.scenario.model_copy(update={"worlds": worlds + more})
        return replace(loaded, scenario=scenario), FinishedRun(there.folder, Block(0, worlds))
    raise RequestError(
        f"--more-worlds: {out} holds no finished run of this scenario with these months, this seed "
        "and this engine\n    leave the option out to begin one"
    )


def _note(wish: Wish, toll: Toll) -> str:
    if toll.lived and toll.workers == 1 and (wish.workers or 1) > 1:
        return "So few worlds are lived sooner by one process than others would take to start."
    return ""
