"""Has worlds lived and keeps every block: a few here to see how long they take, then by a crew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    wait,
)
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain

from sim.errors import WorkerError
from sim.experiment.blocks import LEAST, Block, Failure, Pace, cut, gaps
from sim.experiment.execution.cluster import cluster
from sim.experiment.execution.task import (
    Live,
    Lived,
    Packing,
    Task,
    failure,
    live_worlds,
    load_engine,
)
from sim.experiment.execution.workers import GONE, THRIFTY, crew, live_here, processors
from sim.experiment.storage.checkpoint import KEPT, Keep

Outcome = Lived[bytes] | Failure
"""A block as it will be kept, or what went wrong."""

START = 4.0
"""Seconds that have to be saved before it is worth while to start processes."""
_GLANCE = 15.0  # seconds after which it is asked whether a cluster is still there


@dataclass(frozen=True)
class Lot:
    """The worlds of one point.

    Attributes:
        point: its id.
        scenario: returns its scenario as JSON when it is needed.
        worlds: how many of its worlds are wanted, from world 0 on.
        before: worlds at the beginning that need not be lived, since a finished run has them.
    """

    point: str
    scenario: Callable[[], str]
    worlds: int
    before: int = 0


@dataclass(frozen=True)
class Hands:
    """Who lives the worlds, and how; results do not depend on it.

    Attributes:
        workers: processes to live with; None leaves it to the size of the work.
        scheduler: address of a Dask scheduler whose workers live them instead.
        size: how many worlds a block has; None leaves it to how long they take.
        live: lives a block.
    """

    workers: int | None = None
    scheduler: str | None = None
    size: int | None = None
    live: Live = live_worlds


@dataclass
class Toll:
    """What came of it.

    Attributes:
        workers: how many blocks were lived at a time.
        lived: how many worlds were lived, not counting those that were kept before.
        failures: worlds that could not be lived.
    """

    workers: int = 1
    lived: int = 0
    failures: list[Failure] = field(default_factory=list)


def labour(
    lots: Iterable[Lot],
    keep: Keep,
    hands: Hands,
    told: Callable[[int], None] = lambda _: None,
    pace: Pace | None = None,
) -> Toll:
    """Have all worlds of all lots lived that are not kept yet.

    A block that fails is noted, and the rest goes on. The pace of worlds lived before may be given.

    Raises:
        WorkerError: the workers or their scheduler are gone; what they had finished is kept.
        ResultsError: a block cannot be written.
    """
    return _Labour(list(lots), keep, hands, told, pace or Pace(hands.size)).done()


class _Labour:
    def __init__(
        self, lots: list[Lot], keep: Keep, hands: Hands, told: Callable[[int], None], pace: Pace
    ) -> None:
        self.keep, self.hands, self.told = keep, hands, told
        self.pace, self.toll = pace, Toll()
        self.workers = hands.workers or processors()
        missing = {lot.point: sum(gap.size for gap in _gaps(lot, keep)) for lot in lots}
        self.order = {lot.point: place for place, lot in enumerate(lots)}
        self.left = sum(missing.values())
        here = hands.scheduler is None and self.workers > 1
        self.idle = self.workers if here and len(lots) == 1 else 0
        self.kept = sum(lot.worlds for lot in lots) - self.left
        self.tasks = chain.from_iterable(
            map(self._cut, (lot for lot in lots if missing[lot.point]))
        )

    def done(self) -> Toll:
        if not self.left:
            return self.toll
        self.told(self.kept)
        if self.hands.scheduler is None and self.hands.size is None:
            self._begin_here()
        if self.left:
            with self._crew() as (executor, self.toll.workers, answers):
                ahead = 2 * self.toll.workers if self.toll.workers > 1 else 1
                self._live(executor, ahead, answers)
        self.toll.failures.sort(key=lambda failure: (self.order[failure.point], failure.first))
        return self.toll

    def _begin_here(self) -> None:
        """Live in this process for as long as others would not be done sooner."""
        known = self._worth_while()  # as far as it is before anything was lived
        if known or self.workers == 1:
            self.pace.trust()
        if known:
            return
        if self.hands.live is live_worlds:
            load_engine()
        with crew(1) as executor:
            while self.left and not self._worth_while():
                self._live(executor, 1, limit=1)

    def _worth_while(self) -> bool:
        return self.left * self.pace.seconds_per_world * (1 - 1 / self.workers) > START

    @contextmanager
    def _crew(self) -> Iterator[tuple[Executor, int, Callable[[], bool]]]:
        if self.hands.scheduler is not None:
            with cluster(self.hands.scheduler) as many:
                yield many.executor, many.workers, many.answers
            return
        most = processors() if self.hands.size is None else 1
        workers = min(self.hands.workers or most, self._blocks())
        with crew(workers) as executor:
            yield executor, workers, lambda: True

    def _blocks(self) -> int:
        """Return how many blocks there can be of what is left, to be lived at the same time."""
        size = LEAST if self.idle and self.pace.learning else self.pace.size
        return -(-self.left // size)

    def _live(
        self,
        executor: Executor,
        ahead: int,
        answers: Callable[[], bool] = lambda: True,
        limit: int | None = None,
    ) -> None:
        """Hand out tasks, at most so many at a time and in all, and keep what comes back."""
        under_way: dict[Future[Outcome], Task] = {}
        handed = 0
        while True:
            while len(under_way) < ahead and handed != limit and (task := next(self.tasks, None)):
                under_way[self._hand(executor, task)] = task
                handed += 1
            if not under_way:
                return
            done, _ = wait(under_way, _GLANCE, FIRST_COMPLETED)
            if not done and not answers():
                raise _gone(self.hands)
            for future in done:
                self._take(under_way.pop(future), future)

    def _take(self, task: Task, future: Future[Outcome]) -> None:
        outcome = self._outcome(task, future)
        self.left -= task.block.size
        if isinstance(outcome, Failure):
            self.toll.failures.append(outcome)
            return
        self.keep.save(task.point, task.block, outcome.made)
        self.pace.learn(task.block.size, outcome.seconds)
        self.toll.lived += task.block.size
        self.told(self.kept + self.toll.lived)

    def _hand(self, executor: Executor, task: Task) -> Future[Outcome]:
        try:
            return executor.submit(live_here, task, Packing(self.hands.live))
        except RuntimeError:  # a broken executor takes nothing more
            raise _gone(self.hands) from None

    def _outcome(self, task: Task, future: Future[Outcome]) -> Outcome:
        try:
            return future.result()
        except (BrokenExecutor, CancelledError):
            raise _gone(self.hands) from None
        except Exception as error:  # a cluster gives up on a block whose workers keep dying
            return failure(task.point, task.block, error)

    def _cut(self, lot: Lot) -> Iterator[Task]:
        scenario = lot.scenario()
        for gap in list(_gaps(lot, self.keep)):
            for block in cut(gap, self.pace, self.idle):
                yield Task(lot.point, scenario, block)


def _gaps(lot: Lot, keep: Keep) -> Iterator[Block]:
    kept = [piece.block for piece in keep.done(lot.point)]
    return gaps(lot.worlds, [Block(0, lot.before), *kept])


def _gone(hands: Hands) -> WorkerError:
    if hands.scheduler is not None:
        return WorkerError(f"--scheduler {hands.scheduler}: the cluster went away\n{KEPT}")
    return WorkerError(f"{GONE}\n{KEPT}; {THRIFTY}")
