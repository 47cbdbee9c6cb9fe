"""`sim check`: whether a scenario is sound, and what it consists of."""

from __future__ import annotations

import typer

from sim.cli.options import File, Settings


def check(file: File, set_: Settings = None) -> None:
    """Say whether a scenario is sound, and what it consists of."""
    from sim.cli.wording import contents, extent, grades, indented  # noqa: PLC0415
    from sim.experiment.design.design import design  # noqa: PLC0415
    from sim.experiment.headlines import headlines  # noqa: PLC0415
    from sim.scenario.load import load  # noqa: PLC0415

    loaded = load(file, set_ or ())
    headlines(loaded)
    design(loaded)
    typer.echo(f"{file} is sound: {loaded.scenario.title}")
    for line in (contents(loaded.scenario), grades(loaded.scenario), extent(loaded.scenario)):
        typer.echo(indented(line))
