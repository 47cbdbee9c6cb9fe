"""What the command line changed, beside what it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.scenario.provenance.changes import Change, list_changes
from tests.scenario.folder import Folder


@pytest.mark.parametrize(
    ("setting", "text"),
    [
        ("rules.honour.reputation=1.5", "rules.honour.reputation 1.5 (was 1.2)"),
        ("rules.honour.reputation=1.2", "rules.honour.reputation 1.2 exactly (was 0.6 to 1.8)"),
        ("rules.honour.reputation.value=1.3", "rules.honour.reputation 1.3 (was 1.2)"),
        ("treaties.pact.conditional=false", "treaties.pact.conditional false (was true)"),
        ("treaties.pact.theatres=[]", "treaties.pact.theatres none (was strait)"),
        ("mechanisms.memory=false", "mechanisms.memory false (was true)"),
        ("seed=8", "seed 8 (was 7)"),
    ],
)
def test_a_change_is_written_with_what_it_was(tmp_path: Path, setting: str, text: str) -> None:
    [change] = list_changes(Folder.at(tmp_path).load(setting))
    assert str(change) == text


@pytest.mark.parametrize(
    "setting", ["worlds=9", "months=9", "title=Mine", "treaties.pact.concluded=true", "seed=7"]
)
def test_what_stands_in_the_heading_or_is_the_same_is_no_change(
    tmp_path: Path, setting: str
) -> None:
    assert list_changes(Folder.at(tmp_path).load(setting)) == []


def test_without_settings_nothing_is_changed(tmp_path: Path) -> None:
    assert list_changes(Folder.at(tmp_path).load()) == []


def test_where_the_file_is_not_valid_alone_only_the_new_value_is_known(tmp_path: Path) -> None:
    folder = Folder.at(tmp_path)
    folder.with_line("seed = 7", "seed = -7")
    assert list_changes(folder.load("seed=8")) == [Change("seed", "8")]
    assert str(Change("seed", "8")) == "seed 8"
