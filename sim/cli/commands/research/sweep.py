"""`sim sweep`: simulate a scenario at many design points and report how they differ."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import Annotated

import typer

from sim.cli.completion import complete_keys, complete_measures, complete_settings
from sim.cli.options import (
    ExecutionOptions,
    ScenarioFileArgument,
    ScenarioOptions,
    expand_options,
)


class ExtraTable(StrEnum):
    """Tables that are stored on request only."""

    MONTHS = "months"
    EVENTS = "events"


VaryOption = Annotated[
    list[str] | None,
    typer.Option(
        metavar="KEY=A,B,C",
        help="Vary a value: a list, or low:high:5; repeatable.",
        autocompletion=complete_settings,
    ),
]
SampleOption = Annotated[
    str | None,
    typer.Option(metavar="lhs:N", help="Sample uncertain numbers: lhs:N or sobol:N points."),
]
OverOption = Annotated[
    list[str] | None,
    typer.Option(
        metavar="KEY",
        help="Sample only this number or group of numbers; repeatable.",
        autocompletion=complete_keys,
    ),
]
AlsoOption = Annotated[
    list[ExtraTable] | None, typer.Option(help="Store the table of months or events too.")
]
ShownOption = Annotated[
    list[str] | None,
    typer.Option(
        "--measure",
        metavar="NAME",
        help="Show this measure, not the headlines; repeatable.",
        autocompletion=complete_measures,
    ),
]


@expand_options
def sweep(
    ctx: typer.Context,
    file: ScenarioFileArgument,
    *,
    vary: VaryOption = None,
    sample: SampleOption = None,
    over: OverOption = None,
    also: AlsoOption = None,
    measure: ShownOption = None,
    scenario: ScenarioOptions,
    execution: ExecutionOptions,
) -> None:
    """Simulate a scenario at many points, with the same random draws, and report differences."""
    from sim.cli import progress  # noqa: PLC0415
    from sim.cli.exit import end_sweep  # noqa: PLC0415
    from sim.experiment.design.design import build_design  # noqa: PLC0415
    from sim.experiment.headlines import select_shown_measures  # noqa: PLC0415
    from sim.experiment.sweep import run_sweep  # noqa: PLC0415

    loaded = scenario.load(file)
    measures = select_shown_measures(loaded, measure or ())
    design = build_design(loaded, vary or (), sample, over or (), scenario.settings)
    worlds, options = loaded.scenario.worlds * design.point_count, execution.run_options(ctx)
    months, runs = loaded.scenario.months, design.point_count
    with progress.track_worlds(
        worlds, quiet=execution.quiet, months=months, runs=runs, resumes=True
    ) as on_progress:
        options = replace(options, on_progress=on_progress)
        outcome = run_sweep(loaded, design, execution.out, options, also or ())
    end_sweep(outcome, loaded.scenario, design, measures, quiet=execution.quiet)
