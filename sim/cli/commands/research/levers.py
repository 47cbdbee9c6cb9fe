"""`sim levers`: which numbers of a scenario move any measure, and which move none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.completion import complete_measures, complete_scenarios
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

_DEFAULT_WORLDS = 500
_ScenarioArgument = Annotated[
    Path,
    typer.Argument(
        metavar="SCENARIO",
        help="A scenario or its file; by default the pact.",
        autocompletion=complete_scenarios,
    ),
]
_MeasuresOption = Annotated[
    list[str] | None,
    typer.Option(
        "--measure",
        metavar="NAME",
        help="Only this measure; repeatable.",
        autocompletion=complete_measures,
    ),
]
_HeadlinesOption = Annotated[
    bool, typer.Option("--headlines", help="Only the measures of the short table.")
]
_WorldsOption = Annotated[
    int | None,
    whole_number_option(least=20, text="Number of worlds at each end of a range; by default 500."),
]
_TopOption = Annotated[
    int,
    whole_number_option(least=1, text="Show the N numbers that move a measure most."),
]
_AgainOption = Annotated[
    bool,
    typer.Option("--again", help="Simulate the pact again instead of showing the table at hand."),
]
_AllOption = Annotated[bool, typer.Option("--all", help="Show every number.")]
_PageOption = Annotated[
    Path | None,
    typer.Option(
        "--to", metavar="PAGE", help="Write a page in Markdown; replaces one that it wrote."
    ),
]


def levers(
    file: _ScenarioArgument = Path("pact"),
    *,
    measure: _MeasuresOption = None,
    headlines: _HeadlinesOption = False,
    worlds: _WorldsOption = None,
    top: _TopOption = 20,
    all_: _AllOption = False,
    again: _AgainOption = False,
    table: CsvOption = None,
    page: _PageOption = None,
    months: MonthsOption = None,
    seed: SeedOption = None,
    workers: WorkersOption = None,
    set_: SettingsOption = None,
) -> None:
    """Find which numbers move any measure, how far, and which move none."""
    settings = merge_settings(set_, months=months, seed=seed)
    asked = (measure, headlines, worlds, again, table, page, settings)
    if not any(asked) and _show_known(file, None if all_ else top):
        return
    from sim.analysis.sensitivity.levers import select_measures  # noqa: PLC0415
    from sim.analysis.sensitivity.tables import lever_rows  # noqa: PLC0415
    from sim.cli.output import write_csv_output  # noqa: PLC0415
    from sim.cli.views.research import levers as view  # noqa: PLC0415
    from sim.cli.views.research import levers_page  # noqa: PLC0415
    from sim.experiment.storage.atomic import require_absent  # noqa: PLC0415
    from sim.scenario.load import load_scenario  # noqa: PLC0415

    loaded = load_scenario(file, settings)
    scenario = loaded.scenario
    named = [*(measure or ()), *(scenario.headlines if headlines else ())]
    measures = select_measures(scenario, named)
    if table:
        require_absent(table, "name another file", "--csv")
    reasons = levers_page.prepare_page(page, loaded.file.parent, scenario) if page else {}
    result = _screen(scenario, measures, worlds or _DEFAULT_WORLDS, workers)
    view.show_levers(result, scenario, None if all_ else top)
    if table:
        write_csv_output(lever_rows(result), table)
    if page:
        levers_page.write_page(page, result, scenario, reasons)


def _show_known(file: Path, top: int | None) -> bool:
    """Show the table at hand if it is that of the scenario; return whether it was shown."""
    from sim.analysis.sensitivity.known_levers import find_known_page, read_known_levers  # noqa: PLC0415
    from sim.cli.views.research.levers import show_known_levers  # noqa: PLC0415
    from sim.scenario.files.lookup import find_scenario  # noqa: PLC0415
    from sim.scenario.load import load_scenario  # noqa: PLC0415

    found = find_scenario(file)
    page = find_known_page(found) if found else None
    if page:
        show_known_levers(read_known_levers(page), load_scenario(file).scenario, top)
    return page is not None


def _screen(
    scenario: Scenario, measures: Sequence[Measure], worlds: int, workers: int | None
) -> Levers:
    from sim.analysis.sensitivity.levers import count_worlds, screen_levers  # noqa: PLC0415
    from sim.cli import progress  # noqa: PLC0415

    count = count_worlds(scenario, worlds)
    with progress.track_worlds(count, months=scenario.months) as on_progress:
        return screen_levers(scenario, measures, worlds, on_progress, workers)
