"""`sim discover`: which combinations of assumptions lead to an outcome."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def discover(
    results: Annotated[
        Path,
        typer.Argument(metavar="RESULTS", help="The results folder, or one point of a sweep's."),
    ],
    *,
    measure: Annotated[
        str, typer.Option(metavar="NAME", help="The measure, by its name in metrics.csv.")
    ],
    above: Annotated[
        float | None, typer.Option(metavar="X", help="Of an amount: look for more than X.")
    ] = None,
    below: Annotated[
        float | None, typer.Option(metavar="X", help="Of an amount: look for less than X.")
    ] = None,
    conditions: Annotated[
        int, typer.Option(min=1, max=6, metavar="N", help="At most N conditions in a rule.")
    ] = 3,
    table: Annotated[
        Path | None, typer.Option("--csv", metavar="FILE", help="Write the rules to a new file.")
    ] = None,
) -> None:
    """Say which combinations of assumptions lead to an outcome, as one or two rules."""
    from sim.analysis.data.resolve import open_run  # noqa: PLC0415
    from sim.analysis.sensitivity import scenario_discovery  # noqa: PLC0415
    from sim.cli.output import format_csv, write_output  # noqa: PLC0415
    from sim.cli.views import discover as view  # noqa: PLC0415
    from sim.experiment.storage.atomic import require_absent  # noqa: PLC0415

    if table:
        require_absent(table, "name another file", "--csv")
    worlds = open_run(results)
    wanted = scenario_discovery.define_outcome(worlds, measure, above, below)
    found = scenario_discovery.discover_rules(worlds, wanted, conditions)
    view.show_discovery(found, worlds)
    if table and found.rules:
        write_output(format_csv(view.build_discovery_records(found)), table)
