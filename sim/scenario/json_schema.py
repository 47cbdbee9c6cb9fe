"""The JSON Schema of a scenario file, for completion and checking in an editor."""

from __future__ import annotations

from typing import Any

from sim.scenario.schema import Scenario


def json_schema() -> dict[str, Any]:
    """Return the schema of one scenario file.

    A file may extend others and say only what differs, so nothing is required in the file itself;
    `sim check` sees to it that the whole is complete.
    """
    schema = Scenario.model_json_schema()
    schema["$schema"] = "http://json-schema.org/draft-07/schema#"
    schema["title"] = "Scenario"
    paths = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
    schema["properties"]["extends"] = paths | {
        "description": "The file, or files, that this one lies on top of; later ones win."
    }
    schema["properties"]["bibliography"] = {
        "type": "string",
        "description": "The file in which the keys under `source` are explained.",
    }
    closed: dict[str, Any] = _nothing_required(schema)
    return closed


def _nothing_required(part: Any) -> Any:
    if isinstance(part, dict):
        return {
            name: _nothing_required(value)
            for name, value in part.items()
            if not (name == "required" and isinstance(value, list))
        }
    if isinstance(part, list):
        return [_nothing_required(value) for value in part]
    return part
