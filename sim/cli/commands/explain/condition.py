"""`sim condition`: the worlds that agree with what has happened."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.inputs import open_input
from sim.cli.options import (
    InputArgument,
    OutOption,
    SizeOptions,
    WorkersOption,
    expand_options,
)

OnOption = Annotated[
    list[str] | None,
    typer.Option(
        "--on",
        metavar="CONDITION",
        help="Such as 'soldiers_sent by 6' or 'not ceasefire by 12'; repeatable.",
    ),
]
EventsOption = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Weight worlds by a file of dated events, CSV or TOML."),
]
MissOption = Annotated[
    float,
    typer.Option(metavar="X", help="With --events: the factor for each event that a world lacks."),
]
AllOption = Annotated[bool, typer.Option("--all", help="All measures, not the headlines only.")]
ToOption = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="Write worlds and tables to a new folder, as CSV."),
]


@expand_options
def condition(
    ctx: typer.Context,
    results: InputArgument,
    *,
    on: OnOption = None,
    events: EventsOption = None,
    miss: MissOption = 0.05,
    every: AllOption = False,
    to: ToOption = None,
    size: SizeOptions,
    workers: WorkersOption = None,
    out: OutOption = Path("results"),
) -> None:
    """Condition worlds on what has happened: what follows, and which assumptions it favours."""
    from sim.analysis.conditioning.conditioning import condition_results  # noqa: PLC0415
    from sim.analysis.conditioning.tables import write_conditioning  # noqa: PLC0415
    from sim.cli.progress import track_announced  # noqa: PLC0415
    from sim.cli.views.explain.condition import show_conditioning  # noqa: PLC0415
    from sim.cli.work import condition_steps  # noqa: PLC0415
    from sim.experiment.storage.atomic import require_absent  # noqa: PLC0415

    if to:
        require_absent(to, "name another folder", "--to")
    run = open_input(ctx, results, size, workers, out)
    with track_announced("Weighing worlds", condition_steps(len(run.worlds))):
        conditioning = condition_results(run, on or (), events, miss=miss, every=every)
    if to:
        write_conditioning(to, conditioning)
    show_conditioning(conditioning)
    if to:
        print(to)
