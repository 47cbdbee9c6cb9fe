"""What a reader of the page counts is what a filter of the Parquet tables counts."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from sim.analysis.conditioning.events import Tables
from sim.analysis.conditioning.steps import read_condition
from sim.analysis.conditioning.vocabulary import ALIASES
from sim.analysis.data.frames import Frames
from sim.experiment.storage.results import Results
from sim.explore.data.happened import LABELS
from sim.explore.sides import Sides
from sim.statistics.arrays import Mask

Header = dict[str, Any]
LOW, HIGH = 85, 170
"""The codes of quantiles at which the middle and the highest third begin."""


def third(assumption: Header, place: str) -> Mask:
    """Return the worlds in a third, as the page selects them, (world,)."""
    codes = assumption["quantile"].codes
    return {"low": codes < LOW, "high": codes >= HIGH}.get(place, (codes >= LOW) & (codes < HIGH))


def third_of_parquet(frames: Frames, assumption: Header, place: str) -> pd.Series:
    """Return the same from the parameters that the worlds drew."""
    values, (first, second) = frames.assumptions[assumption["key"]], assumption["cuts"]
    return {"low": values < first, "high": values >= second}.get(
        place, (values >= first) & (values < second)
    )


def met(text: str, results: Results) -> Mask:
    """Return where `sim condition --on` is met, (world,)."""
    return read_condition(text, Tables(results)).agrees


@pytest.mark.parametrize("place", ["low", "middle", "high"])
def test_thirds_of_assumptions_hold_the_same_worlds(
    header: Header, sides: Sides, place: str
) -> None:
    frames = Frames(sides.results[0])
    for assumption in header["assumptions"]:
        selected = third(assumption, place)
        assert np.array_equal(selected, third_of_parquet(frames, assumption, place))
        assert 40 < selected.sum() < 120


def test_outcomes_of_part_of_the_worlds_are_counted_exactly(header: Header, sides: Sides) -> None:
    first, second = header["assumptions"][:2]
    [happened] = [each for each in header["happened"] if each["phrase"] == "ceasefire"]
    for side, results in enumerate(sides.results):
        frames = Frames(results)
        on_page = third(first, "low") & ~third(second, "high")
        on_page &= happened["month"].values[side] <= 9
        in_table = third_of_parquet(frames, first, "low") & ~third_of_parquet(
            frames, second, "high"
        )
        in_table &= met("ceasefire by 9", results)
        assert on_page.sum() == in_table.sum() > 0
        for outcome in header["outcomes"]:
            counted = outcome["values"].values[side][on_page].sum()
            filtered = frames.worlds[outcome["name"]][in_table].astype(float).sum()
            assert counted == pytest.approx(filtered, abs=outcome["error"] * int(on_page.sum()))


def test_every_outcome_that_differs_between_worlds_is_there(header: Header, sides: Sides) -> None:
    tables = [Frames(results).worlds.drop(columns="world") for results in sides.results]
    joint = pd.concat(tables).astype(float)
    varying = [name for name in joint if joint[name].nunique() > 1]
    assert sorted(outcome["name"] for outcome in header["outcomes"]) == sorted(varying)


def test_facts_and_counts_are_exact_and_other_numbers_nearly(header: Header, sides: Sides) -> None:
    kinds = {outcome["kind"] for outcome in header["outcomes"]}
    assert kinds == {"yes", "count", "number", "share"}
    for outcome in header["outcomes"]:
        stored = sides.column(outcome["name"]).astype(float)
        assert np.abs(outcome["values"].values - stored).max() <= outcome["error"] * 1.0001
        assert outcome["error"] <= np.ptp(stored) / 100_000


def test_what_had_happened_by_a_month_is_what_the_condition_selects(
    header: Header, sides: Sides
) -> None:
    assert len(header["happened"]) > 5
    for happened in header["happened"]:
        for side, results in enumerate(sides.results):
            on_page = happened["month"].values[side] <= 6
            if on_page.any():
                text = f"{happened['phrase']} by 6"
                assert np.array_equal(on_page, met(text, results)), text


def test_the_course_of_each_world_is_there_within_a_step(header: Header, sides: Sides) -> None:
    names = [series["name"] for series in header["series"]]
    assert {"front_ukraine", "tension_dprk"} <= set(names)
    for series in header["series"]:
        stored = sides.month_column(series["name"])
        off = np.abs(series["values"].values - stored)
        assert np.nanmax(off) <= series["values"].scale * 0.5001
        assert np.array_equal(np.isnan(off), np.isnan(stored))


def test_every_name_of_a_condition_has_its_words() -> None:
    assert set(LABELS) == set(ALIASES)
