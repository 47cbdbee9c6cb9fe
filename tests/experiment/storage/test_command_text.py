from __future__ import annotations

import shlex

import pytest

from sim.experiment.storage.command_text import write_run_command, write_sweep_command
from sim.scenario.files.settings import build_settings_layer
from sim.scenario.load import LoadedScenario
from tests.experiment.conftest import Ask

SIZE = "--worlds 20 --months 3 --seed 7"


@pytest.fixture
def loaded(ask: Ask) -> LoadedScenario:
    return ask("worlds=20", "months=3", "seed=7")


def test_the_size_is_named_wherever_it_was_set(loaded: LoadedScenario) -> None:
    assert write_run_command(loaded) == f"sim run {loaded.name} {SIZE}"


def test_a_number_of_a_range_is_set_as_it_was_typed(ask: Ask) -> None:
    changed = ask("rules.honour.reputation=1.1", "worlds=20", "months=3", "seed=7")
    assert write_run_command(changed).endswith(f"{SIZE} --set rules.honour.reputation=1.1")


SETTINGS = (
    "mechanisms.soldiers_gate=false",
    "start=2024-07-01",
    "rules.honour.reputation.value=0.9",
    "title=It's a long, quiet year",
    "headlines=['war', 'length']",
    "shocks.one={month = 3, kind = 'war', who = ['a', 'b']}",
)


@pytest.mark.parametrize("setting", SETTINGS)
def test_what_is_written_sets_the_same_values_again(setting: str, loaded: LoadedScenario) -> None:
    layer = build_settings_layer([setting], {})
    changed = LoadedScenario(loaded.file, loaded.scenario, (layer,), loaded.bibliography)
    words = shlex.split(write_run_command(changed))
    again = [words[place + 1] for place, word in enumerate(words) if word == "--set"]
    assert build_settings_layer(again, {}).tree == layer.tree


def test_a_file_alone_sets_nothing(loaded: LoadedScenario) -> None:
    without = LoadedScenario(loaded.file, loaded.scenario, loaded.layers[:-1], loaded.bibliography)
    assert "--set" not in write_run_command(without)


def test_a_sweep_names_its_factors(loaded: LoadedScenario) -> None:
    command = write_sweep_command(
        loaded, {"a.b": (0.5, True), "scenario": ("one", "two")}, "lhs:9", ("c.d",)
    )
    assert command == (
        f"sim sweep {loaded.name} {SIZE} --vary a.b=0.5,true --vary scenario=one,two "
        "--sample lhs:9 --over c.d"
    )
