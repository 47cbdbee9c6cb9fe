"""The scenario has the numbers that the record gives."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import pytest

from sim.validation.studies.quarrels.__main__ import main
from sim.validation.studies.quarrels.lines import render_rivalries
from tests.worlds import SCENARIOS, real

WORLD = SCENARIOS / "parts/world_2024.toml"


@cache
def printed() -> tuple[str, ...]:
    return tuple(render_rivalries(SCENARIOS))


def test_the_world_of_2024_has_the_lines_that_are_printed() -> None:
    lines = WORLD.read_text(encoding="utf-8").splitlines()
    missing, table = [], ""
    for line in printed():
        table = line if line.startswith("[") else table
        if line and not line.startswith(("#", "[")):
            start = lines.index(table) + 1
            end = next(n for n in range(start, len(lines)) if lines[n].startswith("["))
            missing += [] if line in lines[start:end] else [f"{table}: {line}"]
    assert missing == []


def test_every_rivalry_of_the_world_is_printed() -> None:
    tree = tomllib.loads("\n".join(printed()))
    assert list(tree["rivalries"]) == list(real("no_pact").rivalries)


def test_openings_add_up_to_one_as_printed() -> None:
    for rivalry in tomllib.loads("\n".join(printed()))["rivalries"].values():
        values = [share["value"] for share in rivalry["opening"].values()]
        assert sum(values) == pytest.approx(1)


def test_claims_that_a_number_grounds_stay_with_it() -> None:
    assert any('article = ["A46"]' in line for line in printed())


def test_the_weights_of_the_earlier_period_come_first(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(SCENARIOS) == 0
    heads = [line for line in capsys.readouterr().out.splitlines() if line.startswith("#")]
    assert [head.split(":")[0] for head in heads] == [
        "# disputes a year", "# who begins", "# resisted or not", "# highest rung",
    ]  # fmt: skip
    assert heads[0] == "# disputes a year: weight 0.08 (0.02 to 0.20), prior 0.85, 3.28"


def test_a_folder_without_scenarios_is_one_message(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(tmp_path) == 2
    assert capsys.readouterr().err.endswith("subjects.csv: there is no such file\n")
