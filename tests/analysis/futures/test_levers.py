"""Levers are told apart from uncertainties, in a file or by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.analysis.data.checked import check_scenario
from sim.analysis.futures.levers import Choice, choose_levers, list_uncertainties, read_levers
from sim.errors import RequestError, ScenarioError
from sim.experiment.storage.run_key import compute_point_id
from tests.scenario.folder import Folder

PROMISE, NUMBER = "treaties.pact.concluded", "rules.honour.reputation"
LEVERS = f"""\
extends = "whole.toml"
[levers]
"{PROMISE}" = [true, false]
"{NUMBER}" = "0.8:high"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    folder = Folder.at(tmp_path)
    folder.write("choice.toml", LEVERS)
    return folder


def test_a_scenario_names_its_levers(folder: Folder) -> None:
    loaded = folder.load(name="choice.toml")
    assert read_levers(loaded) == (
        Choice(PROMISE, (True, False)),
        Choice(NUMBER, (0.8, 1.8), is_range=True),
    )
    check_scenario(loaded)


def test_levers_change_no_world(folder: Folder) -> None:
    ids = {
        compute_point_id(folder.load(name=name).scenario) for name in ("whole.toml", "choice.toml")
    }
    assert len(ids) == 1


def test_a_lever_is_no_uncertainty(folder: Folder) -> None:
    loaded = folder.load(name="choice.toml")
    unknown = list_uncertainties(loaded, read_levers(loaded))
    assert NUMBER in list_uncertainties(loaded, ())
    assert NUMBER not in unknown
    group = list_uncertainties(loaded, (), ["rules.honour"])
    assert all(key.startswith("rules.honour.") for key in group)
    with pytest.raises(
        RequestError, match=r"uncertainties: rules\.honor is no number with a range"
    ):
        list_uncertainties(loaded, (), ["rules.honor"])


def test_a_lever_without_levels_is_yes_or_no_or_its_range(folder: Folder) -> None:
    loaded = folder.load()
    assert choose_levers(loaded, [PROMISE, NUMBER]) == (
        Choice(PROMISE, (True, False)),
        Choice(NUMBER, (0.6, 1.8), is_range=True),
    )
    own = choose_levers(folder.load(name="choice.toml"), [NUMBER])
    assert own == (Choice(NUMBER, (0.8, 1.8), is_range=True),)
    assert choose_levers(loaded, {NUMBER: [0.7, 1.2]}) == (Choice(NUMBER, (0.7, 1.2)),)


@pytest.mark.parametrize(
    ("named", "message"),
    [
        ({NUMBER: [0.7, 9.0]}, f"lever {NUMBER}: 9.0 is outside its range\n    allowed: from 0.6"),
        ({NUMBER: [0.7]}, f"lever {NUMBER}: has one level only"),
        (["months"], "lever months: its levels are not known\n    allowed: a list or a range"),
        (["rules.honour.reputaton"], "lever rules.honour.reputaton: there is no such key"),
    ],
)
def test_what_is_no_lever_is_said(folder: Folder, named: object, message: str) -> None:
    with pytest.raises(RequestError) as caught:
        choose_levers(folder.load(), named)  # type: ignore[arg-type]
    assert str(caught.value).startswith(message)


def test_a_lever_of_a_file_is_reported_with_its_line(folder: Folder) -> None:
    folder.with_line('"0.8:high"', '"0.8:9"', "choice.toml")
    with pytest.raises(ScenarioError) as caught:
        check_scenario(folder.load(name="choice.toml"))
    message = str(caught.value).replace(f"{folder.path}/", "")
    assert message.startswith(f"choice.toml:4: levers.{NUMBER}: ")
    assert "is outside its range" in message
