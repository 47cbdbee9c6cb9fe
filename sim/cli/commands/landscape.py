"""`sim landscape`: into which two camps the actors of a scenario part."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.options import ScenarioFileArgument, SettingsOption, WorldsOption, merge_settings


def landscape(
    file: ScenarioFileArgument,
    *,
    month: Annotated[
        int, typer.Option(min=0, metavar="M", help="Look after M months; 0 is the opening day.")
    ] = 0,
    worlds: WorldsOption = None,
    table: Annotated[
        Path | None, typer.Option("--csv", metavar="FILE", help="Write the table to a new file.")
    ] = None,
    set_: SettingsOption = None,
) -> None:
    """Say into which two camps the actors would part, and how stable that is."""
    from sim.analysis.landscape import survey_alignments, write_alignments  # noqa: PLC0415
    from sim.cli import progress  # noqa: PLC0415
    from sim.cli.views import landscape as view  # noqa: PLC0415
    from sim.experiment.limits import check_size  # noqa: PLC0415
    from sim.experiment.storage.atomic import require_absent  # noqa: PLC0415
    from sim.scenario.load import load_scenario  # noqa: PLC0415

    scenario = load_scenario(file, merge_settings(set_, worlds=worlds)).scenario
    check_size(scenario.worlds, max(month, 1))
    if table:
        require_absent(table, "name another file", "--csv")
    with progress.track_worlds(scenario.worlds) as told:
        alignments = survey_alignments(scenario, month, told)
    if table:
        write_alignments(table, alignments, scenario.worlds, month)
    view.show_landscape(alignments, scenario, month)
