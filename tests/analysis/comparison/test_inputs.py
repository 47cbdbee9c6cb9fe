from __future__ import annotations

import pytest

from sim.analysis.comparison.differing_input import ABSENT, DifferingInput
from sim.analysis.comparison.inputs import compare_inputs
from sim.scenario.schema.quantity import Quantity
from sim.scenario.schema.scenario import Scenario
from tests.scenario.folder import Folder


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    return Folder.at(tmp_path_factory.mktemp("inputs"))


def differing(folder: Folder, *settings: str) -> list[DifferingInput]:
    return compare_inputs([folder.load().scenario, folder.load(*settings).scenario])


def test_alike_scenarios_differ_in_nothing(folder: Folder) -> None:
    assert differing(folder) == []


@pytest.mark.parametrize(
    "setting",
    [
        'title="Another"',
        'headlines=["war_any"]',
        'rules.honour.reputation.source="votes"',
        'rules.honour.reputation.note="More"',
        'treaties.pact.note="Less"',
    ],
)
def test_texts_and_sources_are_no_inputs(folder: Folder, setting: str) -> None:
    assert differing(folder, setting) == []


def test_a_plain_value_is_reported_with_its_key_and_meaning(folder: Folder) -> None:
    [item] = differing(folder, "treaties.pact.concluded=false")
    assert item.key == "treaties.pact.concluded"
    assert item.values == (True, False)
    assert item.meaning.startswith("False where the scenario asks what happens without it")


def test_a_number_is_reported_completely(folder: Folder) -> None:
    [item] = differing(folder, "rules.honour.reputation=1.3")
    assert item.key == "rules.honour.reputation"
    first_value, second_value = item.values
    assert isinstance(first_value, Quantity)
    assert isinstance(second_value, Quantity)
    assert (first_value.low, first_value.high) == (0.6, 1.8)
    assert (second_value.low, second_value.high) == (1.3, 1.3)


def test_a_range_alone_makes_a_difference(folder: Folder) -> None:
    assert len(differing(folder, "rules.honour.reputation.high=1.9")) == 1
    assert len(differing(folder, 'rules.honour.reputation.shape="uniform"')) == 1


def test_worlds_months_and_seed_are_inputs(folder: Folder) -> None:
    inputs = differing(folder, "worlds=3", "months=4", "seed=5")
    assert [item.key for item in inputs] == ["months", "worlds", "seed"]


def test_a_table_that_is_missing_is_named_as_a_whole(folder: Folder) -> None:
    scenario = folder.load().scenario
    without = scenario.model_copy(update={"treaties": {"pact": scenario.treaties["pact"]}})
    [item] = compare_inputs([scenario, without])
    assert item.key == "treaties.friendship"
    assert item.values == (scenario.treaties["friendship"], ABSENT)
    [back] = compare_inputs([without, scenario])
    assert back.values == item.values[::-1]


def test_of_three_all_that_differs_between_any_two(folder: Folder) -> None:
    def load(*settings: str) -> Scenario:
        return folder.load(*settings).scenario

    inputs = compare_inputs([load(), load("months=4"), load("seed=5")])
    assert {item.key: item.values for item in inputs} == {"months": (24, 4, 24), "seed": (7, 7, 5)}


def test_a_code_that_reads_like_a_text_still_counts(folder: Folder) -> None:
    scenario = folder.load().scenario
    treaties = scenario.treaties | {"note": scenario.treaties["pact"]}
    [item] = compare_inputs([scenario, scenario.model_copy(update={"treaties": treaties})])
    assert item.key == "treaties.note"
