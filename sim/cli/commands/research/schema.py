"""`sim schema`: the JSON Schema of a scenario file."""

from __future__ import annotations


def schema() -> None:
    """Print the JSON Schema of a scenario file, for completion and checking in an editor."""
    from sim.cli.output import write_output  # noqa: PLC0415
    from sim.output import render_json  # noqa: PLC0415
    from sim.scenario.schema.json_schema import build_json_schema  # noqa: PLC0415

    write_output(render_json(build_json_schema()))
