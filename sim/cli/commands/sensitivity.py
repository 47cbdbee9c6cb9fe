"""`sim sensitivity`: which assumptions move a measure, and how much is left to chance."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.analysis.sensitivity.methods import Method
from sim.cli.options import (
    MonthsOption,
    ScenarioFileArgument,
    SeedOption,
    SettingsOption,
    WorkersOption,
    merge_settings,
)


def sensitivity(
    file: ScenarioFileArgument,
    *,
    measure: Annotated[
        str, typer.Option(metavar="NAME", help="The measure, by its name in metrics.csv.")
    ],
    factors: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KEY", help="A number to vary, by its key; give it again for each further one."
        ),
    ] = None,
    top: Annotated[
        int,
        typer.Option(
            min=1, metavar="N", help="Without factors: vary the N that go most with the measure."
        ),
    ] = 5,
    method: Annotated[
        Method, typer.Option(help="How: shares of the spread, or how far each moves the measure.")
    ] = Method.SOBOL,
    samples: Annotated[
        int, typer.Option(min=2, metavar="N", help="Base samples of Sobol, or paths of Morris.")
    ] = 64,
    worlds: Annotated[
        int, typer.Option(min=2, metavar="N", help="Live N worlds at each point.")
    ] = 16,
    months: MonthsOption = None,
    seed: SeedOption = None,
    table: Annotated[
        Path | None, typer.Option("--csv", metavar="FILE", help="Write the table to a new file.")
    ] = None,
    workers: WorkersOption = None,
    set_: SettingsOption = None,
) -> None:
    """Say which assumptions move a measure, how far, and how much is left to chance."""
    from sim.analysis.sensitivity.sensitivity import SensitivityPlan, check_plan, count_worlds  # noqa: PLC0415
    from sim.analysis.sensitivity.sensitivity import analyse_sensitivity as found  # noqa: PLC0415
    from sim.cli import progress  # noqa: PLC0415
    from sim.cli.output import format_csv, write_output  # noqa: PLC0415
    from sim.cli.views import sensitivity as view  # noqa: PLC0415
    from sim.experiment.storage.atomic import require_absent  # noqa: PLC0415
    from sim.scenario.load import load_scenario  # noqa: PLC0415

    scenario = load_scenario(file, merge_settings(set_, months=months, seed=seed)).scenario
    plan = SensitivityPlan(method, tuple(dict.fromkeys(factors or ())), top, samples, worlds)
    check_plan(scenario, measure, plan)
    if table:
        require_absent(table, "name another file", "--csv")
    with progress.track_worlds(count_worlds(plan, scenario)) as told:
        answer = found(scenario, measure, plan, told, workers)
    view.show_sensitivity(answer, scenario)
    if table and answer.indices:
        write_output(format_csv(view.build_sensitivity_records(answer)), table)
