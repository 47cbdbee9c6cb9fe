"""`sim export`: results in the formats of other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

_ResultsArgument = Annotated[
    Path, typer.Argument(metavar="RESULTS", help="The results folder of a run or a sweep.")
]
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
    results: _ResultsArgument,
    file: _FileArgument,
    *,
    table: _TableOption = None,
    separator: _SeparatorOption = "",
    decimal: _DecimalOption = "",
) -> None:
    """Write results as a spreadsheet, as a table of text, or as an archive of the EMA Workbench."""
    from sim.analysis.data.export import ExportOptions, export_results  # noqa: PLC0415
    from sim.analysis.data.frames import load  # noqa: PLC0415

    export_results(load(results), file, ExportOptions(table or (), separator, decimal))
    print(file)
