"""Which mechanism makes two scenarios differ: shares that add up, found where they were put."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sim.analysis.attribution.attribution import (
    attribute_differences,
    attribute_measure,
    select_measures,
)
from sim.analysis.attribution.factorial import (
    AttributionPlan,
    SubsetDesign,
    load_side,
    simulate_differences,
)
from sim.analysis.attribution.mechanisms import (
    MAX_MECHANISMS,
    MECHANISM_GROUPS,
    disabled_switches,
    select_mechanisms,
)
from sim.analysis.attribution.subset_differences import SubsetDifferences
from sim.errors import RequestError
from sim.experiment.run import RunOptions, run_scenario
from sim.experiment.storage.parquet import read_column
from sim.model.measures.registry import Measure, MeasureKind
from sim.scenario.load import load_scenario
from sim.scenario.schema.scenario import Mechanisms
from sim.statistics.ratio import PartlyDefined, mean_where_defined
from sim.statistics.shapley import all_subsets
from tests.worlds import SCENARIOS, real

WAR = Measure("war_any", "share of worlds", "a war", MeasureKind.HAPPENED)
KEPT = Measure("kept", "share of worlds", "aid comes", MeasureKind.HAPPENED, given="called")
PACT, NO_PACT = SCENARIOS / "pact.toml", SCENARIOS / "no_pact.toml"
SMALL = {"worlds": 20, "months": 6}
HERE = RunOptions(workers=1)


def everywhere(values: np.ndarray) -> SubsetDifferences:
    """Return the differences of a measure that every world defines."""
    cases = np.full((2, len(values)), values.shape[1])
    return SubsetDifferences(values, cases)


def promises(
    called: dict[int, float], kept: dict[int, float], worlds: int = 4000
) -> list[PartlyDefined]:
    """Return whether aid comes where it is called for, for each subset of two mechanisms.

    `called` and `kept` are how likely either is in each subset; random draws are the same.
    """
    one, two = np.random.default_rng(7).random((2, worlds))
    return [
        PartlyDefined(((one < called[at]) & (two < kept[at])).astype(float), one < called[at])
        for at in range(4)
    ]


def test_a_conditional_difference_is_split_as_one_of_ratios() -> None:
    """Mechanism a raises how often aid is called for and b whether it comes, on the first side."""
    first = promises({0: 0.2, 1: 0.6, 2: 0.2, 3: 0.6}, {0: 0.3, 1: 0.3, 2: 0.7, 3: 0.7})
    second = promises(dict.fromkeys(range(4), 0.2), dict.fromkeys(range(4), 0.3))
    attributed = attribute_measure(KEPT, ("a", "b"), SubsetDifferences.of(first, second))
    ratios = [
        mean_where_defined(one) - mean_where_defined(other)
        for one, other in zip(first, second, strict=True)
    ]
    assert attributed.total.value == pytest.approx(ratios[3], abs=1e-9)
    assert attributed.remainder.value == pytest.approx(ratios[0], abs=1e-9)
    assert attributed.shares["b"].value == pytest.approx(0.4, abs=0.05)
    assert attributed.shares["b"].low < 0.4 < attributed.shares["b"].high
    assert attributed.shares["a"].low < 0 < attributed.shares["a"].high
    parts = sum(share.value for share in attributed.shares.values()) + attributed.remainder.value
    assert parts == pytest.approx(attributed.total.value, abs=1e-9)
    assert attributed.fewest_cases == second[0].cases


def test_a_mechanism_without_which_nobody_is_called_is_held_on() -> None:
    first = promises({0: 0, 1: 0.5, 2: 0, 3: 0.5}, {0: 0, 1: 0.3, 2: 0, 3: 0.8})
    second = promises({0: 0, 1: 0.5, 2: 0, 3: 0.5}, dict.fromkeys(range(4), 0.3))
    attributed = attribute_measure(KEPT, ("a", "b"), SubsetDifferences.of(first, second))
    assert attributed.held_on == ("a",)
    assert list(attributed.shares) == ["b"]
    assert attributed.shares["b"].value == pytest.approx(0.5, abs=0.05)
    assert attributed.is_defined
    assert attributed.remainder.value == 0


def test_what_a_side_never_defines_is_not_split() -> None:
    never = promises(dict.fromkeys(range(4), 0.0), dict.fromkeys(range(4), 0.3))
    first = promises(dict.fromkeys(range(4), 0.5), dict.fromkeys(range(4), 0.3))
    attributed = attribute_measure(KEPT, ("a", "b"), SubsetDifferences.of(first, never))
    assert not attributed.is_defined
    assert attributed.fewest_cases == 0


def test_a_difference_that_one_mechanism_makes_is_its_own() -> None:
    has = all_subsets(3)
    noise = np.random.default_rng(3).normal(size=400)
    differences = 0.5 + 2.0 * has[:, [1]] * (1 + 0.1 * noise)
    attributed = attribute_measure(WAR, ("a", "b", "c"), everywhere(differences))
    assert attributed.shares["b"].value == pytest.approx(2.0, abs=0.05)
    assert attributed.shares["b"].low < 2.0 < attributed.shares["b"].high
    assert attributed.shares["a"] == attributed.shares["c"] == (0.0, 0.0, 0.0)
    assert attributed.remainder.value == pytest.approx(0.5)


def test_shares_and_other_ways_add_up_to_all_together() -> None:
    differences = np.random.default_rng(4).normal(size=(16, 50))
    attributed = attribute_measure(WAR, tuple("abcd"), everywhere(differences))
    parts = sum(share.value for share in attributed.shares.values()) + attributed.remainder.value
    assert abs(parts - attributed.total.value) < 1e-9


def test_intervals_cover_the_truth_as_often_as_they_say() -> None:
    generator = np.random.default_rng(5)
    covered = 0
    for _ in range(200):
        drawn = generator.normal(loc=0.3, size=(1, 60))
        rows = np.vstack([np.zeros_like(drawn), drawn])
        attributed = attribute_measure(WAR, ("a",), everywhere(rows))
        covered += attributed.shares["a"].low <= 0.3 <= attributed.shares["a"].high
    assert 0.88 <= covered / 200 <= 0.99


def test_the_same_worlds_give_the_same_intervals() -> None:
    differences = everywhere(np.random.default_rng(6).normal(size=(4, 30)))
    assert attribute_measure(WAR, ("a", "b"), differences) == attribute_measure(
        WAR, ("a", "b"), differences
    )


def test_the_whole_difference_is_that_of_the_scenarios_as_they_are(tmp_path: Path) -> None:
    plan = AttributionPlan((PACT, NO_PACT), SMALL, ("reputation",))
    shown = select_measures(plan.check_sides(), ["provocations_dprk", "munitions_arms_2023"])
    progress: list[int] = []
    attributed = list(attribute_differences(plan, shown, tmp_path, HERE, progress.append))
    assert progress[-1] == 20 * plan.run_count == 80
    for attribution in attributed:
        parts = attribution.shares["reputation"].value + attribution.remainder.value
        assert abs(parts - attribution.total.value) < 1e-9
        assert attribution.total.value == pytest.approx(
            _gap(attribution.measure.name, tmp_path), abs=1e-12
        )


def test_a_conditional_measure_is_split_to_the_difference_of_what_runs_report(
    tmp_path: Path,
) -> None:
    plan = AttributionPlan((PACT, NO_PACT), SMALL | {"worlds": 60}, ("deterrence",))
    shown = select_measures(plan.check_sides(), ["force_disputed_usa_dprk"])
    [attribution] = attribute_differences(plan, shown, tmp_path, HERE)
    settings = ["worlds=60", "months=6"]
    runs = [
        run_scenario(load_scenario(f, settings), tmp_path, HERE).results for f in (PACT, NO_PACT)
    ]
    values = [run.metrics["force_disputed_usa_dprk"].value for run in runs]
    assert attribution.total.value == pytest.approx(values[0] - values[1], abs=1e-12)  # type: ignore[operator]
    parts = attribution.shares["deterrence"].value + attribution.remainder.value
    assert parts == pytest.approx(attribution.total.value, abs=1e-12)


def test_the_switches_of_a_subset_are_those_of_a_run_with_them_off(tmp_path: Path) -> None:
    plan = AttributionPlan((PACT, NO_PACT), SMALL, ("exchange", "balancing"))
    shown = select_measures(plan.check_sides(), ["provocations_dprk"])
    attributed = simulate_differences(plan, shown, tmp_path, HERE)["provocations_dprk"].values
    off = [f"mechanisms.{switch}=false" for switch in MECHANISM_GROUPS["exchange"]]
    exchange_off, without = 2, _gap("provocations_dprk", tmp_path, *off)
    assert attributed[exchange_off].mean() == pytest.approx(without, abs=1e-12)


def test_existing_results_are_not_simulated_again(tmp_path: Path) -> None:
    plan = AttributionPlan((PACT, NO_PACT), SMALL, ("reputation",))
    shown = select_measures(plan.check_sides(), ["disputes"])
    first = list(attribute_differences(plan, shown, tmp_path, HERE))
    ages = {file: file.stat().st_mtime_ns for file in tmp_path.rglob("*.parquet")}
    assert list(attribute_differences(plan, shown, tmp_path, HERE)) == first
    assert {file: file.stat().st_mtime_ns for file in tmp_path.rglob("*.parquet")} == ages


def test_results_folders_are_split_like_their_scenarios(tmp_path: Path) -> None:
    settings = [f"{name}={value}" for name, value in SMALL.items()]
    folders = [
        run_scenario(load_scenario(file, settings), tmp_path, HERE).results.folder
        for file in (PACT, NO_PACT)
    ]
    splits = []
    for sides in ((PACT, NO_PACT), (folders[0], folders[1])):
        plan = AttributionPlan(sides, SMALL, ("reputation",))
        shown = select_measures(plan.check_sides(), ["disputes"])
        splits.append(list(attribute_differences(plan, shown, tmp_path / "split", HERE)))
        assert plan.side_names == ("pact", "no_pact")
    assert splits[0] == splits[1]


def test_a_results_folder_is_simulated_with_the_requested_number_of_worlds(tmp_path: Path) -> None:
    folder = run_scenario(
        load_scenario(PACT, ["worlds=5", "months=3"]), tmp_path, HERE
    ).results.folder
    assert load_side(folder, {}).scenario.worlds == 5
    requested = load_side(folder, {"worlds": 8, "months": 4}).scenario
    assert (requested.worlds, requested.months) == (8, 4)


def test_a_mechanism_switched_takes_its_companions_along() -> None:
    design = SubsetDesign.of(load_scenario(PACT), ("exchange", "reputation"))
    off, on = (design.points_by_subset[at].build_scenario().mechanisms for at in (0b10, 0b11))
    assert (off.exchange, off.technology, off.payment, off.memory) == (False, False, False, True)
    assert on == Mechanisms()


def test_coinciding_subsets_are_simulated_once() -> None:
    design = SubsetDesign.of(load_scenario(PACT), ("exchange", "payment"))
    assert len(design.points_by_subset) == 4
    assert design.point_count == 3


def test_what_a_scenario_switches_off_stays_off() -> None:
    design = SubsetDesign.of(
        load_scenario(PACT, ["mechanisms.memory=false"]), ("reputation", "balancing")
    )
    assert {point.build_scenario().mechanisms.memory for point in design.points} == {False}
    assert design.point_count == 2


def test_every_switch_named_is_one() -> None:
    named = {switch for group in MECHANISM_GROUPS.values() for switch in group}
    assert named <= set(Mechanisms.model_fields)
    assert set(disabled_switches(tuple(MECHANISM_GROUPS), [False] * len(MECHANISM_GROUPS))) == named


def test_the_mechanisms_a_seminar_asks_for_are_split_by_default() -> None:
    requested = {"deterrence", "emboldenment", "exchange", "political_cover", "reputation"}
    assert requested <= set(select_mechanisms(None))


# -- what cannot be split -----------------------------------------------------------------------


def test_an_unknown_mechanism_is_refused() -> None:
    with pytest.raises(RequestError) as refused:
        select_mechanisms(["deterence"])
    assert str(refused.value).startswith("--mechanism deterence: is not a mechanism\n    allowed: ")
    assert str(refused.value).endswith("did you mean 'deterrence'?")


def test_too_many_mechanisms_are_refused() -> None:
    with pytest.raises(
        RequestError, match="8 mechanisms take 512 runs\n    allowed: up to 7, which take 256"
    ):
        select_mechanisms([*Mechanisms.model_fields][: MAX_MECHANISMS + 1])


def test_headlines_are_split_where_nothing_is_named() -> None:
    shown = select_measures(real("pact"), None)
    assert shown
    assert all(measure.headline and not measure.given for measure in shown)


def test_scenarios_with_other_seeds_are_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.toml"
    other.write_text(f'extends = "{PACT.as_posix()}"\nseed = 7\n', encoding="utf-8")
    with pytest.raises(RequestError, match="seed is 20240619 in the first and 7 in the second"):
        AttributionPlan((PACT, other), {}, ("reputation",)).check_sides()


def test_a_scenario_and_itself_are_refused_before_anything_is_simulated() -> None:
    with pytest.raises(RequestError) as error:
        AttributionPlan((PACT, PACT), {}, ("reputation",)).check_sides()
    assert str(error.value) == (
        f"{PACT} and {PACT}: have the same assumptions, so that no world differs\n"
        "    name two scenarios that differ"
    )


def test_too_much_at_once_is_refused() -> None:
    with pytest.raises(RequestError, match="are too many for one sweep"):
        AttributionPlan((PACT, NO_PACT), {"worlds": 1_000_000}, ("reputation",)).check_sides()


def _gap(measure: str, out: Path, *off: str) -> float:
    """Return the difference in a measure between the two scenarios, each simulated by itself."""
    settings = [*(f"{name}={value}" for name, value in SMALL.items()), *off]
    one, other = (
        read_column(
            run_scenario(load_scenario(file, settings), out, HERE).results.table_path("worlds"),
            measure,
        )
        for file in (PACT, NO_PACT)
    )
    return float(one.mean() - other.mean())
