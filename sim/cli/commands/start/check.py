"""`sim check`: whether a scenario is valid, and what it consists of."""

from __future__ import annotations

import typer

from sim.cli.options import ScenarioFileArgument, SettingsOption


def check(file: ScenarioFileArgument, set_: SettingsOption = None) -> None:
    """Check that a scenario is valid, and describe what it consists of."""
    from sim.analysis.data.checked import check_scenario  # noqa: PLC0415
    from sim.cli.wording import (  # noqa: PLC0415
        describe_contents,
        describe_grades,
        describe_past,
        describe_run_size,
        indent_paragraph,
    )
    from sim.scenario.load import load_scenario  # noqa: PLC0415

    loaded = load_scenario(file, set_ or ())
    check_scenario(loaded)
    typer.echo(f"{file} is valid: {loaded.scenario.title}")
    for describe in (describe_contents, describe_past, describe_grades, describe_run_size):
        if sentence := describe(loaded.scenario).removesuffix("."):
            typer.echo(indent_paragraph(f"{sentence}."))
