from __future__ import annotations

from dataclasses import replace
from math import isnan
from pathlib import Path

import numpy as np
import pytest

from sim.analysis.comparison.compare import MeasureDifference, RunComparison, compare_runs
from sim.analysis.data.resolve import open_run
from sim.errors import RequestError
from sim.statistics.intervals import wilson_interval
from sim.statistics.paired import FourWay, count_four_way, unpaired_share_difference
from tests.analysis import effect_engine
from tests.analysis.conftest import WITHOUT, SimulateSmall

WORLDS = 1000


@pytest.fixture
def sides(simulate_small: SimulateSmall) -> list[Path]:
    return [simulate_small(f"worlds={WORLDS}"), simulate_small(f"worlds={WORLDS}", WITHOUT)]


def named(comparison: RunComparison, name: str) -> MeasureDifference:
    [pair] = comparison.pairs
    return next(item for item in pair.differences if item.measure.name == name)


def test_a_planted_difference_is_found_exactly(sides: list[Path]) -> None:
    war = named(compare_runs(sides), "war")
    expected = count_four_way(*(open_run(side).column("war") for side in sides))
    assert war.four_way == expected
    assert war.worlds == WORLDS
    world = np.arange(WORLDS)
    base = open_run(sides[1]).column("war")
    assert expected.added == (~base & (world % effect_engine.PROVOKED == 0)).sum()
    assert expected.averted == (base & (world % effect_engine.DETERRED == 1)).sum()
    assert war.change.value == (expected.added - expected.averted) / WORLDS


def test_what_some_worlds_define_is_compared_over_the_worlds_of_each_run(
    sides: list[Path],
) -> None:
    length = named(compare_runs(sides), "length")
    runs = [open_run(side) for side in sides]
    means = [run.column("length")[run.column("war")].mean() for run in runs]
    assert length.change.value == pytest.approx(means[0] - means[1], rel=1e-12)
    assert length.change.low < length.change.value < length.change.high
    assert length.worlds == min(int(run.column("war").sum()) for run in runs)
    assert length.four_way is None
    assert not length.identical


def test_the_side_by_side_table_differs_by_the_difference(sides: list[Path]) -> None:
    comparison = compare_runs(sides)
    values = [side.metrics["length"].value for side in comparison.sides]
    assert named(comparison, "length").change.value == pytest.approx(values[0] - values[1])  # type: ignore[operator]


def test_pairs_need_fewer_worlds(sides: list[Path]) -> None:
    war = named(compare_runs(sides), "war")
    assert war.efficiency is not None
    assert war.efficiency > 3
    first, other = (
        wilson_interval(int(open_run(side).column("war").sum()), WORLDS) for side in sides
    )
    strangers = unpaired_share_difference(first, other)
    assert war.change.high - war.change.low < strangers.high - strangers.low


def test_without_a_difference_it_is_the_same_in_every_world(simulate_small: SimulateSmall) -> None:
    first, second = simulate_small(), simulate_small("rules.honour.reputation=1.3")
    comparison = compare_runs([first, second])
    assert all(d.identical and d.change.value == 0 for d in comparison.pairs[0].differences)
    both = int(open_run(first).column("war").sum())
    assert named(comparison, "war").four_way == FourWay(both, 0, 0, 100 - both)


def test_the_order_of_the_folders_does_not_change_what_the_treaty_does(sides: list[Path]) -> None:
    [there], [back] = compare_runs(sides).pairs, compare_runs(sides[::-1]).pairs
    assert there.differences == back.differences
    assert there.added_treaties == back.added_treaties == ("pact",)
    assert (there.base_index, there.other_index) == (1, 0)
    assert (back.base_index, back.other_index) == (0, 1)


def test_without_a_differing_treaty_the_first_is_the_base(simulate_small: SimulateSmall) -> None:
    first, second = simulate_small(), simulate_small("months=25")
    [there], [back] = compare_runs([first, second]).pairs, compare_runs([second, first]).pairs
    assert (there.base_index, there.other_index, there.added_treaties) == (0, 1, ())
    forth, reverse = there.differences[1].change, back.differences[1].change
    assert forth.value > 0
    assert reverse == pytest.approx((-forth.value, -forth.high, -forth.low))


def test_more_than_two_are_each_held_against_the_first(simulate_small: SimulateSmall) -> None:
    folders = [simulate_small(WITHOUT), simulate_small(), simulate_small(WITHOUT, "months=25")]
    comparison = compare_runs(folders)
    assert [(pair.base_index, pair.other_index) for pair in comparison.pairs] == [(0, 1), (0, 2)]
    alone = compare_runs([folders[0], folders[2]]).pairs[0]
    assert comparison.pairs[1].differences == alone.differences


@pytest.mark.parametrize(
    ("setting", "why"),
    [
        ("seed=8", "their seeds differ: 7 and 8"),
        ("worlds=60", "they do not have the same worlds: 100 and 60"),
    ],
)
def test_unpaired_runs_are_compared_as_independent_samples(
    simulate_small: SimulateSmall, setting: str, why: str
) -> None:
    sides = [simulate_small(WITHOUT), simulate_small(setting)]
    comparison = compare_runs(sides)
    [pair] = comparison.pairs
    assert pair.unpaired_reason == why
    assert not pair.paired
    war = named(comparison, "war")
    assert (war.four_way, war.efficiency, war.identical) == (None, None, False)
    counts = [(int((c := open_run(side).column("war")).sum()), len(c)) for side in sides]
    assert war.change == unpaired_share_difference(
        wilson_interval(*counts[1]), wilson_interval(*counts[0])
    )
    assert war.worlds == min(worlds for _, worlds in counts)


def test_other_actors_make_no_pairs(
    simulate_small: SimulateSmall, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = simulate_small(), simulate_small(WITHOUT)
    other = open_run(second)
    actors = dict(list(other.scenario.actors.items())[1:])
    fewer = other.scenario.model_copy(update={"actors": actors})
    sides = iter([open_run(first), replace(other, point_scenario=fewer)])
    monkeypatch.setattr("sim.analysis.comparison.compare.open_sides", lambda _: [next(sides)])
    assert compare_runs([first, second]).pairs[0].unpaired_reason == "their actors differ"


def test_every_measure_on_request(sides: list[Path]) -> None:
    assert [m.name for m in compare_runs(sides).measures] == ["war", "length"]
    every = compare_runs(sides, all_measures=True).measures
    assert [measure.name for measure in every] == ["war", "never", "length", "regret"]


def test_an_undefined_measure_is_left_empty(sides: list[Path]) -> None:
    regret = named(compare_runs(sides, all_measures=True), "regret")
    assert regret.worlds == 0
    assert all(map(isnan, regret.change))


def test_headlines_of_either_side_are_compared(simulate_small: SimulateSmall) -> None:
    sides = [simulate_small(), simulate_small(WITHOUT, 'headlines=["never"]')]
    assert [measure.name for measure in compare_runs(sides).measures] == ["war", "length", "never"]


def test_a_measure_that_one_side_lacks_is_left_out_and_named(
    simulate_small: SimulateSmall, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = simulate_small(), open_run(simulate_small(WITHOUT))
    del second.measures["length"]
    sides = iter([open_run(first), second])
    monkeypatch.setattr("sim.analysis.comparison.compare.open_sides", lambda _: [next(sides)])
    comparison = compare_runs([first, first])
    assert comparison.left_out == ("length",)
    assert [measure.name for measure in comparison.measures] == ["war"]


def test_one_folder_alone_is_nothing_to_compare(simulate_small: SimulateSmall) -> None:
    with pytest.raises(RequestError, match="compare needs at least two"):
        compare_runs([simulate_small()])
