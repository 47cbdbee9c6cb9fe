"""`sim landscape`: the most stable division of a scenario's actors into two blocs."""

from __future__ import annotations

from typing import Annotated

from sim.cli.options import (
    CsvOption,
    ScenarioFileArgument,
    SettingsOption,
    WorldsOption,
    merge_settings,
)
from sim.cli.whole_number import whole_number_option


def landscape(
    file: ScenarioFileArgument,
    *,
    month: Annotated[
        int, whole_number_option(least=0, metavar="M", text="After M months; 0 is the opening day.")
    ] = 0,
    worlds: WorldsOption = None,
    table: CsvOption = None,
    set_: SettingsOption = None,
) -> None:
    """Find the most stable division of the actors into two blocs."""
    from sim.analysis.landscape import survey_alignments, write_alignments  # noqa: PLC0415
    from sim.cli import progress  # noqa: PLC0415
    from sim.cli.views.research.landscape import show_landscape  # noqa: PLC0415
    from sim.experiment.limits import check_size  # noqa: PLC0415
    from sim.experiment.storage.atomic import require_absent  # noqa: PLC0415
    from sim.scenario.load import load_scenario  # noqa: PLC0415

    scenario = load_scenario(file, merge_settings(set_, worlds=worlds)).scenario
    check_size(scenario.worlds, max(month, 1))
    if table:
        require_absent(table, "name another file", "--csv")
    with progress.track_worlds(scenario.worlds, months=max(month, 1)) as on_progress:
        alignments = survey_alignments(scenario, month, on_progress)
    if table:
        write_alignments(table, alignments, scenario.worlds, month)
    show_landscape(alignments, scenario, month)
