"""A simulation leaves nothing in memory but its history."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Iterator

import mesa
import pytest

from sim.model.model import AllianceModel
from sim.model.simulate import simulate
from tests.worlds import quarrel

SCENARIO = quarrel(months=6)
BLOCK = 1000


@pytest.fixture
def watched() -> Iterator[None]:
    """Memory is traced."""
    gc.collect()
    tracemalloc.start()
    yield
    tracemalloc.stop()


def _held() -> int:
    gc.collect()
    return tracemalloc.get_traced_memory()[0]


def _alive() -> int:
    return sum(type(thing) is AllianceModel for thing in gc.get_objects())


@pytest.mark.slow
def test_ten_thousand_worlds_in_blocks_hold_no_more_memory_than_two_thousand(watched: None) -> None:
    for first in (0, BLOCK):
        simulate(SCENARIO, first, BLOCK)
    before = _held()
    for first in range(2 * BLOCK, 10 * BLOCK, BLOCK):
        simulate(SCENARIO, first, BLOCK)
    assert _held() - before < 200_000  # bytes; one block holds several millions


@pytest.fixture
def uncollected() -> Iterator[None]:
    """No garbage is collected."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def test_a_simulated_block_is_freed_without_garbage_collection(uncollected: None) -> None:
    before = _alive()
    simulate(SCENARIO, 0, 10)
    assert _alive() == before


def test_the_register_of_ids_is_empty_afterwards() -> None:
    before = len(mesa.Agent._ids)
    simulate(SCENARIO, 0, 10)
    assert len(mesa.Agent._ids) == before


def test_a_block_that_fails_is_gone_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(worlds: AllianceModel) -> None:
        raise ArithmeticError

    monkeypatch.setattr(AllianceModel, "step", fail)
    before = len(mesa.Agent._ids)
    with pytest.raises(ArithmeticError):
        simulate(SCENARIO, 0, 10)
    assert len(mesa.Agent._ids) == before
