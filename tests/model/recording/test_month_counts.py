"""Months counted while worlds are simulated: the same worlds, each value rounded."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sim.experiment.engine import simulate_tables
from sim.experiment.layout import COUNT_TABLES
from sim.model.model import AllianceModel
from sim.model.recording.chronicle import (
    CountingChronicle,
    MonthsChronicle,
    SilentChronicle,
)
from sim.model.recording.history import History
from sim.model.recording.month_counts import (
    EVER,
    SAMPLED_WORLDS,
    count_months,
    restore_values,
    round_values,
)
from sim.model.simulate import simulate
from tests.model.compare_histories import same
from tests.worlds import EAGER, tangle

WORLDS = 60
TANGLE = tangle(**EAGER)
Counts = dict[tuple[str, int, float], int]


@cache
def recorded() -> History:
    """The tangle's history, with its months one by one."""
    return simulate(TANGLE, 0, WORLDS)


@cache
def counted(first: int = 0, count: int = WORLDS) -> History:
    """The tangle's history, with its months counted."""
    return simulate(TANGLE, first, count, chronicle=CountingChronicle)


def as_mapping(history: History) -> Counts:
    """Return the worlds of each value by column and month."""
    table = history.month_counts
    keys = zip(table["column"], table["month"].tolist(), table["value"].tolist(), strict=True)
    return dict(zip(keys, table["worlds"].tolist(), strict=True))


@given(arrays(np.float32, 20, elements=st.floats(-(2.0**90), 2.0**90, width=32)))
def test_a_value_is_rounded_by_four_in_a_thousand_at_most(
    values: np.ndarray[tuple[int], np.dtype[np.float32]],
) -> None:
    near = np.abs(restore_values(round_values(values)) - values)
    assert (near <= np.abs(values) * 0.004 + 1e-38).all()


def test_small_whole_numbers_are_exact_and_what_is_undefined_stays_so() -> None:
    whole = np.arange(-256, 257, dtype=np.float32)
    assert np.array_equal(restore_values(round_values(whole)), whole)
    undefined = round_values(np.array([np.nan, -np.nan, 0.0, -0.0], dtype=np.float32))
    assert np.isnan(restore_values(undefined[:2])).all()
    assert undefined[2] == undefined[3] == 0
    assert restore_values(round_values(np.array([np.inf], dtype=np.float32))) == np.inf


def test_each_world_with_a_value_is_counted_once_a_month() -> None:
    counts, months = as_mapping(counted()), recorded().months
    for name in months.keys() - {"world", "month"}:
        for month in (1, TANGLE.months):
            values = months[name][months["month"] == month].astype(np.float32)
            rounded = restore_values(round_values(values[np.isfinite(values)]))
            occurring, worlds = np.unique(rounded, return_counts=True)
            expected = dict(zip(occurring.tolist(), worlds.tolist(), strict=True))
            found = {v: n for (column, at, v), n in counts.items() if (column, at) == (name, month)}
            assert found == expected, name


def test_worlds_in_which_a_quantity_is_ever_other_than_zero_are_counted() -> None:
    counts = as_mapping(counted())
    rung = recorded().months["invoked_pact"].reshape(WORLDS, -1)
    assert 0 < counts["invoked_pact", EVER, 1.0] == (rung != 0).any(axis=1).sum() < WORLDS
    assert counts["invoked_pact", EVER, 0.0] == (rung == 0).all(axis=1).sum()


def test_counts_of_blocks_add_up_to_those_of_the_whole() -> None:
    added: Counts = {}
    for first, count in ((0, 7), (7, 1), (8, WORLDS - 8)):
        for key, worlds in as_mapping(counted(first, count)).items():
            added[key] = added.get(key, 0) + worlds
    assert added == as_mapping(counted())


def test_the_first_worlds_are_recorded_one_by_one_too() -> None:
    samples, months = counted().month_samples, recorded().months
    first = months["world"] < SAMPLED_WORLDS
    assert same(samples, {name: values[first] for name, values in months.items()})
    assert counted(7, 1).month_samples["month"].size == TANGLE.months
    assert counted(40, 5).month_samples["month"].size == 0


def test_counts_of_a_history_recorded_in_full_are_the_same() -> None:
    later = count_months(recorded(), 0)
    assert as_mapping(later) == as_mapping(counted())
    assert count_months(later, 0) is later
    assert same(later.month_samples, counted().month_samples)


@pytest.mark.parametrize("chronicle", [MonthsChronicle, CountingChronicle, SilentChronicle])
def test_what_is_recorded_changes_no_world(chronicle: type[MonthsChronicle]) -> None:
    history = simulate(TANGLE, 0, WORLDS, chronicle=chronicle)
    assert same(history.worlds, recorded().worlds)
    assert not history.events.get("level", np.zeros(0)).size
    if chronicle is MonthsChronicle:
        assert same(history.months, recorded().months)


def test_samples_hold_on_to_no_month_of_the_other_worlds() -> None:
    sampled = set[tuple[int, bool]]()

    def look(_: int, model: AllianceModel) -> None:
        months = model.context.chronicle._months
        values = [values for month in months for values in month.values()]
        sampled.update((each.size, each.base is None) for each in values)

    simulate(
        TANGLE,
        SAMPLED_WORLDS - 1,
        WORLDS,
        months=2,
        chronicle=CountingChronicle,
        observe=look,
    )
    assert sampled == {(1, True)}


@pytest.mark.parametrize(
    ("tables", "stored"),
    [
        (("worlds",), set()),
        (("worlds", *COUNT_TABLES), set(COUNT_TABLES)),
        (("worlds", "months"), {"months"}),
        (("worlds", "events"), {"months", "events"}),
    ],
)
def test_no_more_is_recorded_than_is_stored(tables: tuple[str, ...], stored: set[str]) -> None:
    history = simulate_tables(TANGLE, 0, 5, tables)
    filled = {
        name
        for name in ("months", "events", *COUNT_TABLES)
        if any(column.size for column in getattr(history, name).values())
    }
    assert filled == stored
