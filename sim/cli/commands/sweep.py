"""`sim sweep`: live a scenario at many points, and say what differs between them."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from sim.cli.commands.run import ForceOption, QuietOption, SchedulerOption
from sim.cli.options import (
    MonthsOption,
    OutOption,
    ScenarioFileArgument,
    SeedOption,
    SettingsOption,
    WorkersOption,
    WorldsOption,
    merge_settings,
)


class ExtraTable(StrEnum):
    """Tables that are kept only where asked for."""

    MONTHS = "months"
    EVENTS = "events"


def sweep(
    ctx: typer.Context,
    file: ScenarioFileArgument,
    *,
    vary: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KEY=A,B,C", help="Vary a value: a list, or low:high:5; may be given again."
        ),
    ] = None,
    sample: Annotated[
        str | None,
        typer.Option(metavar="lhs:N", help="Sample uncertain numbers: lhs:N or sobol:N points."),
    ] = None,
    over: Annotated[
        list[str] | None,
        typer.Option(metavar="KEY", help="Sample only this number or group of them."),
    ] = None,
    also: Annotated[
        list[ExtraTable] | None, typer.Option(help="Keep the table of months or events too.")
    ] = None,
    worlds: WorldsOption = None,
    months: MonthsOption = None,
    seed: SeedOption = None,
    workers: WorkersOption = None,
    scheduler: SchedulerOption = None,
    out: OutOption = Path("results"),
    force: ForceOption = False,
    quiet: QuietOption = False,
    set_: SettingsOption = None,
) -> None:
    """Live a scenario at many points, all with the same luck, and say what differs."""
    from sim.cli import progress  # noqa: PLC0415
    from sim.cli.exit import end_sweep  # noqa: PLC0415
    from sim.experiment.design.design import build_design  # noqa: PLC0415
    from sim.experiment.headlines import select_headline_measures  # noqa: PLC0415
    from sim.experiment.run import RunOptions  # noqa: PLC0415
    from sim.experiment.sweep import run_sweep as answer_sweep  # noqa: PLC0415
    from sim.scenario.load import load_scenario  # noqa: PLC0415

    given = merge_settings(set_, worlds=worlds, months=months, seed=seed)
    loaded = load_scenario(file, given)
    shown = select_headline_measures(loaded)
    asked = build_design(loaded, vary or (), sample, over or (), given)
    wish = RunOptions(workers=workers, scheduler=scheduler, force=force, command=ctx.obj)
    with progress.track_worlds(loaded.scenario.worlds * asked.point_count, quiet=quiet) as told:
        answered = answer_sweep(loaded, asked, out, replace(wish, on_progress=told), also or ())
    end_sweep(answered, loaded.scenario, asked, shown, quiet=quiet)
