"""The JSON Schema of a scenario file, for completion and checking in an editor."""

from __future__ import annotations

from typing import Any

from sim.scenario.schema.scenario import Scenario


def build_json_schema() -> dict[str, Any]:
    """Return the schema of one scenario file.

    A file may extend others and state only what differs, so nothing is required in the file itself;
    `sim check` checks that the scenario is complete.
    """
    schema = Scenario.model_json_schema()
    schema["$schema"] = "http://json-schema.org/draft-07/schema#"
    schema["title"] = "Scenario"
    paths = {"type": ["string", "array"], "items": {"type": "string"}}
    schema["properties"]["extends"] = paths | {
        "description": "The file, or files, that this one extends; later ones prevail."
    }
    schema["properties"]["bibliography"] = paths | {
        "description": "The file, or files, that explain the keys under `source`."
    }
    closed: dict[str, Any] = _relax_for_one_file(schema)
    return closed


def _relax_for_one_file(schema: Any) -> Any:
    """Return a part of the schema with nothing required, and only known names allowed."""
    if isinstance(schema, list):
        return [_relax_for_one_file(value) for value in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {
        name: _relax_for_one_file(value)
        for name, value in schema.items()
        if not (name == "required" and isinstance(value, list))
    }
    return {**closed, "additionalProperties": False} if "patternProperties" in schema else closed
