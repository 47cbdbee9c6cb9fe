"""`sim levers`: which numbers of a scenario move any measure, and which move none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.options import (
    CsvOption,
    MonthsOption,
    SeedOption,
    SettingsOption,
    WorkersOption,
    merge_settings,
)
from sim.cli.whole_number import whole_number_option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.analysis.sensitivity.levers import Levers
    from sim.model.measures.registry import Measure
    from sim.scenario.schema.scenario import Scenario

_ScenarioArgument = Annotated[
    Path, typer.Argument(metavar="FILE", help="The scenario file; by default the pact.")
]
_MeasuresOption = Annotated[
    list[str] | None,
    typer.Option("--measure", metavar="NAME", help="Only this measure; repeatable."),
]
_HeadlinesOption = Annotated[
    bool, typer.Option("--headlines", help="Only the measures of the short table.")
]
_WorldsOption = Annotated[
    int, whole_number_option(least=20, text="Number of worlds at each end of a range.")
]
_TopOption = Annotated[
    int,
    whole_number_option(least=1, text="Show the N numbers that move a measure most."),
]
_AllOption = Annotated[bool, typer.Option("--all", help="Show every number.")]
_PageOption = Annotated[
    Path | None,
    typer.Option(
        "--to", metavar="PAGE", help="Write a page in Markdown; replaces one that it wrote."
    ),
]


def levers(
    file: _ScenarioArgument = Path("scenarios/pact.toml"),
    *,
    measure: _MeasuresOption = None,
    headlines: _HeadlinesOption = False,
    worlds: _WorldsOption = 500,
    top: _TopOption = 20,
    all_: _AllOption = False,
    table: CsvOption = None,
    page: _PageOption = None,
    months: MonthsOption = None,
    seed: SeedOption = None,
    workers: WorkersOption = None,
    set_: SettingsOption = None,
) -> None:
    """Find which numbers move any measure, how far, and which move none."""
    from sim.analysis.sensitivity.levers import select_measures  # noqa: PLC0415
    from sim.cli.output import write_csv_output  # noqa: PLC0415
    from sim.cli.views.research import levers as view  # noqa: PLC0415
    from sim.cli.views.research import levers_page  # noqa: PLC0415
    from sim.experiment.storage.atomic import require_absent  # noqa: PLC0415
    from sim.scenario.load import load_scenario  # noqa: PLC0415

    settings = merge_settings(set_, months=months, seed=seed)
    scenario = load_scenario(file, settings).scenario
    named = [*(measure or ()), *(scenario.headlines if headlines else ())]
    measures = select_measures(scenario, named)
    if table:
        require_absent(table, "name another file", "--csv")
    reasons = levers_page.prepare_page(page, file.parent, scenario) if page else {}
    result = _screen(scenario, measures, worlds, workers)
    view.show_levers(result, scenario, None if all_ else top)
    if table:
        write_csv_output(view.build_lever_records(result), table)
    if page:
        levers_page.write_page(page, result, scenario, reasons)


def _screen(
    scenario: Scenario, measures: Sequence[Measure], worlds: int, workers: int | None
) -> Levers:
    from sim.analysis.sensitivity.levers import count_worlds, screen_levers  # noqa: PLC0415
    from sim.cli import progress  # noqa: PLC0415

    with progress.track_worlds(count_worlds(scenario, worlds)) as on_progress:
        return screen_levers(scenario, measures, worlds, on_progress, workers)
