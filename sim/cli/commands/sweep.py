"""`sim sweep`: live a scenario at many points, and say what differs between them."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from sim.cli.commands.run import Force, Quiet, Scheduler
from sim.cli.options import File, Months, Out, Seed, Settings, Workers, Worlds, settings


class Also(StrEnum):
    """Tables that are kept only where asked for."""

    MONTHS = "months"
    EVENTS = "events"


def sweep(
    ctx: typer.Context,
    file: File,
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
        list[Also] | None, typer.Option(help="Keep the table of months or events too.")
    ] = None,
    worlds: Worlds = None,
    months: Months = None,
    seed: Seed = None,
    workers: Workers = None,
    scheduler: Scheduler = None,
    out: Out = Path("results"),
    force: Force = False,
    quiet: Quiet = False,
    set_: Settings = None,
) -> None:
    """Live a scenario at many points, all with the same luck, and say what differs."""
    from sim.cli import progress  # noqa: PLC0415
    from sim.cli.exit import end_sweep  # noqa: PLC0415
    from sim.experiment.design.design import design  # noqa: PLC0415
    from sim.experiment.headlines import headlines  # noqa: PLC0415
    from sim.experiment.run import Wish  # noqa: PLC0415
    from sim.experiment.sweep import sweep as answer_sweep  # noqa: PLC0415
    from sim.scenario.load import load  # noqa: PLC0415

    given = settings(set_, worlds=worlds, months=months, seed=seed)
    loaded = load(file, given)
    shown = headlines(loaded)
    asked = design(loaded, vary or (), sample, over or (), given)
    wish = Wish(workers=workers, scheduler=scheduler, force=force, words=ctx.obj)
    with progress.shown(loaded.scenario.worlds * asked.size, quiet=quiet) as told:
        answered = answer_sweep(loaded, asked, out, replace(wish, told=told), also or ())
    end_sweep(answered, loaded.scenario, asked, shown, quiet=quiet)
