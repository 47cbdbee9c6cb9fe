"""A measure is defined once: its column, what is said of it, and how it is computed."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys

import pytest

from sim.model.measures.measure import Measure, MeasureKind
from sim.model.measures.registry import list_measures
from sim.model.measures.snapshot import Snapshot
from sim.model.model import AllianceModel
from sim.model.simulate import simulate
from tests.worlds import quarrel, real, tangle

SCENARIOS = {"pact": real("pact"), "quarrel": quarrel(months=2), "tangle": tangle()}


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_table_of_worlds_has_one_column_for_each_measure_in_their_order(name: str) -> None:
    scenario = SCENARIOS[name]
    columns, measures = simulate(scenario, 0, 3, months=1).worlds, list_measures(scenario)
    assert list(columns) == ["world", *(measure.name for measure in measures)]
    for measure in measures:
        assert columns[measure.name].shape == (3,)
        assert (columns[measure.name].dtype == bool) == (measure.kind is MeasureKind.HAPPENED)


@pytest.mark.parametrize("name", SCENARIOS)
def test_no_name_is_given_twice_and_every_condition_is_a_measure(name: str) -> None:
    names = [measure.name for measure in list_measures(SCENARIOS[name])]
    assert len(names) == len(set(names))
    assert {measure.given for measure in list_measures(SCENARIOS[name])} <= {"", *names}


def test_measures_of_two_listings_are_equal() -> None:
    first, second = list_measures(SCENARIOS["pact"]), list_measures(SCENARIOS["pact"])
    assert first == second
    assert hash(first) == hash(second)


def test_a_measure_can_be_sent_to_another_process() -> None:
    for measure in list_measures(SCENARIOS["pact"]):
        received = pickle.loads(pickle.dumps(measure))
        assert received == measure
        assert received.compute is None


def test_a_measure_without_its_function_says_so() -> None:
    [measure, *_] = pickle.loads(pickle.dumps(list_measures(SCENARIOS["pact"])))
    model = AllianceModel(SCENARIOS["quarrel"], 0, 1)
    model.close()
    with pytest.raises(ValueError, match="the measure war_any is a description only"):
        measure.column(Snapshot(model.context))


def test_what_a_results_folder_stores_of_a_measure_gives_it_back() -> None:
    for measure in list_measures(SCENARIOS["pact"]):
        stored = json.loads(json.dumps(measure.description()))
        assert Measure.restore(stored) == measure


def test_measures_are_listed_without_loading_the_model() -> None:
    code = (
        "import sys; import sim.model.measures.registry;"
        "print(sorted({'mesa', 'sim.model.model', 'sim.model.state'} & set(sys.modules)))"
    )
    printed = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert printed.stdout == "[]\n"
