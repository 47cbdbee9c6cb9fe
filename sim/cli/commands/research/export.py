"""`sim export`: results in the formats of other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.inputs import simulate_inputs
from sim.cli.options import InputArgument

_FileArgument = Annotated[
    Path,
    typer.Argument(
        metavar="FILE",
        help="A new file: .xlsx for a spreadsheet, .csv for one table, .tar.gz for the EMA "
        "Workbench.",
    ),
]
_TableOption = Annotated[
    list[str] | None,
    typer.Option(
        "--table",
        metavar="NAME",
        help="metrics, worlds, months, events, assumptions or design; repeatable.",
    ),
]
_SeparatorOption = Annotated[
    str,
    typer.Option("--sep", metavar="SIGN", help="Of .csv: what separates columns: , ; tab or |."),
]
_DecimalOption = Annotated[
    str, typer.Option(metavar="SIGN", help="Of .csv: . or , (by default , beside ;).")
]


def export(
    ctx: typer.Context,
    results: InputArgument,
    file: _FileArgument,
    *,
    table: _TableOption = None,
    sep: _SeparatorOption = "",
    decimal: _DecimalOption = "",
) -> None:
    """Write results as a spreadsheet, as a table of text, or as an archive of the EMA Workbench."""
    from sim.analysis.data.export import (  # noqa: PLC0415
        ExportOptions,
        check_export,
        export_results,
    )
    from sim.analysis.data.frames import load  # noqa: PLC0415
    from sim.cli.progress import track_announced  # noqa: PLC0415

    options = ExportOptions(table or (), sep, decimal)
    check_export(file, options)
    [folder] = simulate_inputs(ctx, [results])
    with track_announced("Reading results", {}):
        export_results(load(folder), file, options)
    print(file)
