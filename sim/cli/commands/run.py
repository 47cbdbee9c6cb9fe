"""`sim run`: live a scenario's worlds and say what happened in them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

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
from sim.errors import RequestError

if TYPE_CHECKING:
    from sim.experiment.run import RunOptions, RunOutcome
    from sim.scenario.load import LoadedScenario

SchedulerOption = Annotated[
    str | None,
    typer.Option(metavar="ADDRESS", help="Let the workers of a Dask scheduler live the worlds."),
]
ForceOption = Annotated[
    bool, typer.Option("--force", help="Live the worlds again even if the answer is there.")
]
QuietOption = Annotated[
    bool, typer.Option("--quiet", help="Print only the path of the results folder.")
]


def run(
    ctx: typer.Context,
    file: ScenarioFileArgument,
    *,
    worlds: WorldsOption = None,
    more_worlds: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help="Add N worlds to the finished run that has most."),
    ] = None,
    until: Annotated[
        list[str] | None,
        typer.Option(
            metavar='"MEASURE +-AMOUNT"',
            help="Add worlds until a measure is known so well, such as war_any +-0.5pp.",
        ),
    ] = None,
    at_most: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="With --until: end at N worlds anyhow.")
    ] = None,
    months: MonthsOption = None,
    seed: SeedOption = None,
    workers: WorkersOption = None,
    scheduler: SchedulerOption = None,
    out: OutOption = Path("results"),
    force: ForceOption = False,
    quiet: QuietOption = False,
    set_: SettingsOption = None,
) -> None:
    """Live a scenario's worlds and say what happened in them, how often, and how surely."""
    from sim.cli import progress  # noqa: PLC0415
    from sim.cli.exit import end_run  # noqa: PLC0415
    from sim.experiment.headlines import select_headline_measures  # noqa: PLC0415
    from sim.experiment.run import RunOptions  # noqa: PLC0415
    from sim.experiment.run import run_scenario as answer_question  # noqa: PLC0415
    from sim.scenario.load import load_scenario  # noqa: PLC0415

    _check_options(worlds, more_worlds, until, at_most)
    given = merge_settings(set_, worlds=worlds, months=months, seed=seed)
    loaded = load_scenario(file, given)
    shown = select_headline_measures(loaded)
    wish = RunOptions(workers=workers, scheduler=scheduler, force=force, command=ctx.obj)
    if until:
        answered = _run_until_precise(loaded, until, at_most, out, wish, quiet=quiet)
    elif more_worlds:
        answered = _run_more_worlds(loaded, more_worlds, out, wish, quiet=quiet)
    else:
        with progress.track_worlds(loaded.scenario.worlds, quiet=quiet) as told:
            answered = answer_question(loaded, out, replace(wish, on_progress=told))
    end_run(answered, loaded.scenario, shown, quiet=quiet)


def _check_options(
    worlds: int | None, more_worlds: int | None, until: list[str] | None, at_most: int | None
) -> None:
    if more_worlds and worlds:
        raise RequestError("--worlds and --more-worlds: one at a time; the second adds to a run")
    if more_worlds and until:
        raise RequestError("--more-worlds and --until: one at a time; --until adds worlds itself")
    if at_most and not until:
        raise RequestError("--at-most: says where --until ends, and there is no --until")


def _run_more_worlds(
    loaded: LoadedScenario, more_worlds: int, out: Path, options: RunOptions, *, quiet: bool
) -> RunOutcome:
    from sim.cli import progress  # noqa: PLC0415
    from sim.experiment.run import extend_finished_run  # noqa: PLC0415
    from sim.experiment.run import run_scenario as answer_question  # noqa: PLC0415

    larger, before = extend_finished_run(loaded, more_worlds, out)
    with progress.track_worlds(larger.scenario.worlds, quiet=quiet) as told:
        return answer_question(
            larger, out, replace(options, on_progress=told), finished_runs=[before]
        )


def _run_until_precise(
    loaded: LoadedScenario,
    until: list[str],
    at_most: int | None,
    out: Path,
    options: RunOptions,
    *,
    quiet: bool,
) -> RunOutcome:
    from sim.cli import progress  # noqa: PLC0415
    from sim.experiment.run_until import DEFAULT_MAX_WORLDS, parse_precisions, run_until  # noqa: PLC0415

    wanted, most = (
        parse_precisions(until, loaded),
        at_most or max(DEFAULT_MAX_WORLDS, loaded.scenario.worlds),
    )
    with progress.track_worlds(most, quiet=quiet) as told:
        return run_until(loaded, wanted, out, replace(options, on_progress=told), most)
