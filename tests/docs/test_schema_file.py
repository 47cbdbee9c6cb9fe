"""The schema that editors read is that of the package, and every scenario points at it."""

from __future__ import annotations

import json
from os.path import relpath
from pathlib import Path

import pytest

from sim.scenario.schema.json_schema import build_json_schema
from tests.docs.pages import TOP, name, text

SCENARIOS = TOP / "scenarios"
SCHEMA = SCENARIOS / "scenario.schema.json"
NOT_SCENARIOS = ("hindcast",)  # data about questions, with forms of their own
FILES = [
    file
    for file in sorted(SCENARIOS.rglob("*.toml"))
    if file.name != "sources.toml" and file.parent.name not in NOT_SCENARIOS
]


def test_the_schema_file_is_current() -> None:
    today = json.loads(json.dumps(build_json_schema()))
    assert json.loads(text(SCHEMA)) == today, "python .ci/renew.py writes it anew"


@pytest.mark.parametrize("file", FILES, ids=name)
def test_every_scenario_points_an_editor_to_the_schema(file: Path) -> None:
    first = text(file).splitlines()[0]
    assert first == f"#:schema {relpath(SCHEMA, file.parent)}"
