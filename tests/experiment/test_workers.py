from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from time import monotonic
from typing import Any

import numpy as np
import pytest

from sim.errors import ScenarioError, SimError
from sim.experiment.blocks import Block, blocks
from sim.experiment.workers import BlockError, Live, crew, histories, live_worlds
from sim.model.history import History
from sim.scenario.schema import Scenario
from tests.experiment import fakes
from tests.experiment.conftest import Ask


def lived(scenario: Scenario, workers: int, size: int, live: Live = fakes.live) -> list[History]:
    with crew(workers, scenario, live) as executor:
        return list(histories(executor, blocks(scenario.worlds, size), ahead=2 * workers))


@pytest.mark.parametrize("workers", [1, 2])
def test_histories_come_in_the_order_of_the_worlds(ask: Ask, workers: int) -> None:
    found = lived(ask("worlds=50").scenario, workers, size=7)
    worlds = np.concatenate([history.worlds["world"] for history in found])
    assert worlds.tolist() == list(range(50))


@pytest.mark.parametrize("workers", [1, 2])
def test_a_block_that_raises_is_named_with_the_place(ask: Ask, workers: int) -> None:
    with pytest.raises(BlockError) as told:
        lived(ask("worlds=200").scenario, workers, size=40, live=fakes.fail)
    message = str(told.value)
    assert message.startswith(
        "worlds 80 to 119 could not be lived: ZeroDivisionError: no strength left (fakes.py, line "
    )


def test_blocks_under_way_are_broken_off_when_one_fails(ask: Ask) -> None:
    begun = monotonic()
    with pytest.raises(BlockError, match="worlds 0 to 19 could not be lived"):
        lived(ask("worlds=200").scenario, workers=2, size=20, live=fakes.linger)
    assert monotonic() - begun < 60, "a single block would take five minutes"


def test_a_worker_that_dies_is_told(ask: Ask) -> None:
    with pytest.raises(BlockError) as told:
        lived(ask().scenario, workers=2, size=40, live=fakes.die)
    assert str(told.value) == (
        "a worker process ended before its worlds were lived, perhaps for want of memory\n"
        "    fewer at a time may do: --workers 1"
    )


def test_such_an_error_is_shown_without_a_traceback() -> None:
    assert issubclass(BlockError, SimError)


def test_an_error_of_the_scenario_is_told_like_any_other(ask: Ask) -> None:
    def refuse(*_: object) -> History:
        raise ScenarioError([])

    with pytest.raises(BlockError, match=r"^worlds 0 to 99 could not be lived: ScenarioError \("):
        lived(ask("worlds=100").scenario, 1, 100, live=refuse)


class Counting(Executor):
    """Lives nothing and counts how many blocks were handed out but not yet fetched."""

    def __init__(self) -> None:
        self.under_way = self.most = self.submitted = 0

    def submit(self, call: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.submitted += 1
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        future: Future[Any] = Future()
        future.set_result(self.fetched(args[0]))
        return future

    def fetched(self, block: Block) -> Block:
        return block


@pytest.mark.parametrize("ahead", [1, 2, 5])
def test_no_more_blocks_are_under_way_than_allowed(ahead: int) -> None:
    counting = Counting()
    for _ in histories(counting, blocks(100, 1), ahead):
        counting.under_way -= 1
    assert counting.submitted == 100
    assert counting.most == ahead


def test_blocks_are_cut_as_they_are_needed() -> None:
    def endless() -> Iterator[Block]:
        first = 0
        while True:
            yield Block(first, 1)
            first += 1

    found = histories(Counting(), endless(), ahead=3)
    assert [next(found) for _ in range(4)] == [Block(k, 1) for k in range(4)]  # type: ignore[comparison-overlap]


def test_the_engine_is_found_when_it_is_needed(ask: Ask, engine: Callable[[Live], None]) -> None:
    scenario = ask().scenario
    assert live_worlds(scenario, 3, 4).worlds["world"].tolist() == [3, 4, 5, 6]


def test_a_worker_reads_the_very_scenario_it_was_told(ask: Ask) -> None:
    told: list[Scenario] = []

    def look(scenario: Scenario, first: int, count: int) -> History:
        told.append(scenario)
        return fakes.live(scenario, first, count)

    scenario = ask("rules.honour.reputation=0.7234567890123457").scenario
    lived(scenario, 1, 100, live=look)
    assert told == [scenario]
