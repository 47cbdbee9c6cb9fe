"""`sim check`: whether a scenario is sound, and what it consists of."""

from __future__ import annotations

import typer

from sim.cli.options import ScenarioFileArgument, SettingsOption


def check(file: ScenarioFileArgument, set_: SettingsOption = None) -> None:
    """Say whether a scenario is sound, and what it consists of."""
    from sim.cli.wording import (  # noqa: PLC0415
        describe_contents,
        describe_grades,
        describe_run_size,
        indent_paragraph,
    )
    from sim.experiment.design.design import build_design  # noqa: PLC0415
    from sim.experiment.headlines import select_headline_measures  # noqa: PLC0415
    from sim.scenario.load import load_scenario  # noqa: PLC0415

    loaded = load_scenario(file, set_ or ())
    select_headline_measures(loaded)
    build_design(loaded)
    typer.echo(f"{file} is sound: {loaded.scenario.title}")
    for line in (
        describe_contents(loaded.scenario),
        describe_grades(loaded.scenario),
        describe_run_size(loaded.scenario),
    ):
        typer.echo(indent_paragraph(line))
