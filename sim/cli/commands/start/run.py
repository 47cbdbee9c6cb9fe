"""`sim run`: simulate a scenario and report what happened."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.options import (
    ExecutionOptions,
    NameOption,
    ScenarioFileArgument,
    ScenarioOptions,
    expand_options,
)
from sim.cli.whole_number import whole_number_option
from sim.errors import RequestError
from sim.experiment.layout import StoredTables

if TYPE_CHECKING:
    from pathlib import Path

    from sim.experiment.run import RunOptions, RunOutcome
    from sim.scenario.load import LoadedScenario

MoreWorldsOption = Annotated[
    int | None,
    whole_number_option(least=1, text="Add N worlds to the largest finished run."),
]
UntilOption = Annotated[
    list[str] | None,
    typer.Option(
        metavar='"MEASURE +-AMOUNT"',
        help="Add worlds until a measure is this precise, such as war_any +-0.5pp.",
    ),
]
AtMostOption = Annotated[
    int | None, whole_number_option(least=1, text="With --until: stop at N worlds.")
]
TablesOption = Annotated[
    StoredTables | None,
    typer.Option(
        help="What is stored of each world: worlds (for very many), months too, or all with events "
        "(default)."
    ),
]


@expand_options
def run(
    ctx: typer.Context,
    file: ScenarioFileArgument,
    *,
    scenario: ScenarioOptions,
    execution: ExecutionOptions,
    more_worlds: MoreWorldsOption = None,
    until: UntilOption = None,
    at_most: AtMostOption = None,
    name: NameOption = None,
    tables: TablesOption = None,
) -> None:
    """Simulate a scenario and report how often each outcome occurred, with 95% intervals."""
    from sim.cli.exit import end_run  # noqa: PLC0415
    from sim.experiment.headlines import select_headline_measures  # noqa: PLC0415
    from sim.experiment.storage.label import check_label  # noqa: PLC0415

    _check_options(scenario.worlds, more_worlds, until, at_most)
    loaded = scenario.load(file)
    headlines = select_headline_measures(loaded)
    options, out, quiet = execution.run_options(ctx), execution.out, execution.quiet
    if name is not None:
        options = replace(options, label=check_label(name))
    options = replace(options, tables=StoredTables(tables or StoredTables.ALL))
    if until:
        outcome = _run_until_precise(loaded, until, at_most, out, options, quiet=quiet)
    elif more_worlds:
        outcome = _run_more_worlds(loaded, more_worlds, out, options, quiet=quiet)
    else:
        outcome = _run_once(loaded, out, options, quiet=quiet)
    end_run(outcome, loaded.scenario, headlines, quiet=quiet)


def _check_options(
    worlds: int | None, more_worlds: int | None, until: list[str] | None, at_most: int | None
) -> None:
    if more_worlds and worlds:
        raise RequestError("--worlds and --more-worlds: one at a time; the second adds to a run")
    if more_worlds and until:
        raise RequestError("--more-worlds and --until: one at a time; --until adds worlds itself")
    if at_most and not until:
        raise RequestError("--at-most: limits --until, and there is no --until")


def _run_once(loaded: LoadedScenario, out: Path, options: RunOptions, *, quiet: bool) -> RunOutcome:
    from sim.cli import progress  # noqa: PLC0415
    from sim.experiment.run import run_scenario  # noqa: PLC0415

    with progress.track_worlds(
        loaded.scenario.worlds, quiet=quiet, months=loaded.scenario.months
    ) as on_progress:
        return run_scenario(loaded, out, replace(options, on_progress=on_progress))


def _run_more_worlds(
    loaded: LoadedScenario, more_worlds: int, out: Path, options: RunOptions, *, quiet: bool
) -> RunOutcome:
    from sim.cli import progress  # noqa: PLC0415
    from sim.experiment.run import extend_finished_run, run_scenario  # noqa: PLC0415

    larger, before = extend_finished_run(loaded, more_worlds, out, options.tables)
    with progress.track_worlds(
        larger.scenario.worlds, quiet=quiet, months=larger.scenario.months
    ) as on_progress:
        options = replace(options, on_progress=on_progress)
        return run_scenario(larger, out, options, finished_runs=[before])


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

    precisions = parse_precisions(until, loaded)
    most = at_most or max(DEFAULT_MAX_WORLDS, loaded.scenario.worlds)
    with progress.track_worlds(
        most, quiet=quiet, months=loaded.scenario.months, resumes=True
    ) as on_progress:
        options = replace(options, on_progress=on_progress)
        return run_until(loaded, precisions, out, options, most)
