"""Several months at once: the same chances and sums as month by month."""

from __future__ import annotations

from functools import reduce

import numpy as np
import pytest

from sim.analysis.choices import month_batches
from sim.analysis.choices.choice import monthly_chances
from sim.analysis.choices.month_batches import add_up, batch_months, join_months
from sim.analysis.choices.pairs import BlockOfPairs, PairSums
from sim.analysis.choices.simulation import simulate_choices
from tests.worlds import changed, tangle

WORLDS, MONTHS = 30, 12


@pytest.fixture(scope="module")
def by_month() -> PairSums:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(month_batches, "_ROWS", 1)
        return _sums()


def test_joined_months_hold_the_chances_of_each_month() -> None:
    scenario = tangle()
    months = [month for (month,) in simulate_choices([scenario], 0, WORLDS, MONTHS)]
    joined = {code: join_months([month[code] for month in months]) for code in months[0]}
    together = dict(monthly_chances(joined, list(scenario.actors)))
    for place, month in enumerate(months):
        rows = slice(place * WORLDS, (place + 1) * WORLDS)
        for choice, chance in monthly_chances(month, list(scenario.actors)):
            assert np.array_equal(together[choice][rows], chance)


@pytest.mark.parametrize("rows", [3 * WORLDS, 5 * WORLDS, MONTHS * WORLDS])
def test_batches_change_no_sum(
    rows: int, by_month: PairSums, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(month_batches, "_ROWS", rows)
    batched = _sums()
    assert batched.choices == by_month.choices
    for choice in batched.choices:
        for mine, theirs in zip(batched.values(choice), by_month.values(choice), strict=True):
            assert np.array_equal(mine, theirs)
        none = np.zeros(WORLDS)
        for cause in {**batched.parts_of(choice), **by_month.parts_of(choice)}:
            part = by_month.parts_of(choice).get(cause, none)
            assert batched.parts_of(choice).get(cause, none) == pytest.approx(part, abs=1e-12)


def test_as_many_months_make_a_batch_as_pay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(month_batches, "_ROWS", 1000)
    assert [len(batch) for batch in batch_months(range(7), 300)] == [3, 3, 1]
    assert [len(batch) for batch in batch_months(range(2), 5000)] == [1, 1]


def test_months_are_added_in_their_order() -> None:
    months = np.random.default_rng(1).uniform(size=(9, 1)) * 10.0 ** np.arange(9)[:, None]
    whole = add_up(months.ravel(), 9, None)
    assert whole == reduce(np.add, months, np.zeros(1))
    assert add_up(months[4:].ravel(), 5, add_up(months[:4].ravel(), 4, None)) == whole


def _sums() -> PairSums:
    without = changed(tangle(), treaties__pact__concluded=False)
    return BlockOfPairs(without.model_dump_json(), MONTHS)(tangle(), 0, WORLDS)
