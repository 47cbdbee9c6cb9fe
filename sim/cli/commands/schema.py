"""`sim schema`: the JSON Schema of a scenario file."""

from __future__ import annotations

import json

import typer


def schema() -> None:
    """Print the JSON Schema of a scenario file, for completion and checking in an editor."""
    from sim.scenario.schema.json_schema import build_json_schema  # noqa: PLC0415

    typer.echo(json.dumps(build_json_schema(), indent=2, ensure_ascii=False))
