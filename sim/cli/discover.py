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
    from sim.analysis import discovery  # noqa: PLC0415
    from sim.analysis.landscape import check_free  # noqa: PLC0415
    from sim.analysis.sides import reading  # noqa: PLC0415
    from sim.cli import discovered  # noqa: PLC0415
    from sim.cli.written import as_csv, put  # noqa: PLC0415

    if table:
        check_free(table)
    worlds = reading(results)
    wanted = discovery.outcome(worlds, measure, above, below)
    found = discovery.discover(worlds, wanted, conditions)
    discovered.show(found, worlds)
    if table and found.rules:
        put(as_csv(discovered.records(found)), table)
