from __future__ import annotations

import json

from sim.scenario.schema.json_schema import build_json_schema
from tests.cli.conftest import Sim


def test_the_schema_is_printed_as_json(sim: Sim) -> None:
    result = sim("schema")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == build_json_schema()
