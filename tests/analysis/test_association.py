"""The sentence on what to notice comes from the worlds, by a rule, or there is none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.analysis.association import describe_association, find_association
from sim.experiment.storage.results import Results
from sim.model.measures.measure import Measure, MeasureKind

WORLDS = 1000
WORLD = np.arange(WORLDS)


class Planted(Results):
    """Results whose columns are given."""

    def __init__(self, columns: dict[str, NDArray[Any]]) -> None:
        super().__init__(Path("nowhere"), {})
        object.__setattr__(self, "columns", columns)
        measures = {name: _measure(name) for name in columns}
        vars(self)["measures"] = measures | {"amount": _measure("amount", MeasureKind.AMOUNT)}

    def column(self, name: str, table: str = "worlds") -> NDArray[Any]:
        """Return the column that was given."""
        columns: dict[str, NDArray[Any]] = vars(self)["columns"]
        return columns[name]


def _measure(name: str, kind: MeasureKind = MeasureKind.HAPPENED) -> Measure:
    return Measure(name, "share of worlds", f"the {name}", kind)


STRIKE = WORLD % 2 == 0
CALL = STRIKE & (WORLD % 20 != 0) | (WORLD % 50 == 1)
"""Called in 9 of 10 worlds with a strike, and in 1 of 25 of the others."""


def test_the_outcomes_that_go_together_most_are_named_with_both_shares() -> None:
    weaker = np.where(WORLD % 3 == 0, WORLD % 7 == 0, STRIKE)
    results = Planted({"call": CALL, "strike": STRIKE, "weaker": weaker})
    assert describe_association(results, [results.measures["call"]]) == (
        "the call, in 90% of the worlds with the strike and in 4% of the others."
    )


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (CALL | (WORLD % 3 == 0), "one never occurs without the other"),
        (WORLD % 40 == 0, "it is too rare"),
        (WORLD % 3 == 0, "they have little to do with each other"),
    ],
)
def test_nothing_is_said_where_nothing_qualifies(other: NDArray[np.bool_], why: str) -> None:
    results = Planted({"call": CALL, "other": other})
    assert describe_association(results, [results.measures["call"]]) == "", why


def test_nothing_is_said_of_few_worlds_or_of_no_headline() -> None:
    few = Planted({"call": CALL[:99], "strike": STRIKE[:99]})
    assert find_association(few, [few.measures["call"]]) is None
    many = Planted({"call": CALL, "strike": STRIKE})
    assert find_association(many, []) is None
    assert find_association(Planted({}), []) is None


def test_outcomes_that_exclude_each_other_are_noticed_too() -> None:
    results = Planted({"call": ~CALL, "strike": STRIKE})
    found = find_association(results, [results.measures["call"]])
    assert found is not None
    assert found.difference == pytest.approx(-0.86)
