"""The JSON Schema of a scenario file, for completion and checking in an editor."""

from __future__ import annotations

from typing import Any

from sim.scenario.schema.scenario import Scenario


def build_json_schema() -> dict[str, Any]:
    """Return the schema of one scenario file.

    A file may extend others and say only what differs, so nothing is required in the file itself;
    `sim check` sees to it that the whole is complete.
    """
    schema = Scenario.model_json_schema()
    schema["$schema"] = "http://json-schema.org/draft-07/schema#"
    schema["title"] = "Scenario"
    paths = {"type": ["string", "array"], "items": {"type": "string"}}
    schema["properties"]["extends"] = paths | {
        "description": "The file, or files, that this one lies on top of; later ones win."
    }
    schema["properties"]["bibliography"] = paths | {
        "description": "The file, or files, in which the keys under `source` are explained."
    }
    closed: dict[str, Any] = _relax_for_one_file(schema)
    return closed


def _relax_for_one_file(schema: Any) -> Any:
    """Return a part of the schema with nothing required, and no name allowed but those it knows."""
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
