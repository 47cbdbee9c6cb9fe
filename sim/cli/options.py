"""Arguments and options that several commands take."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

ResultsFoldersArgument = Annotated[
    list[Path], typer.Argument(metavar="RESULTS", help="One results folder or several.")
]
ScenarioFileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="The scenario file.")]

TimelineWorldOption = Annotated[
    int | None, typer.Option(min=0, metavar="K", help="Whose timeline; else a telling one.")
]
SensitivityTableOption = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Table for the tornado; else sensitivity.csv in RESULTS."),
]
HindcastTableOption = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Table for reliability; else hindcast.csv in RESULTS."),
]

SettingsOption = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="KEY.PATH=VALUE",
        help="Lay a value on top of the scenario; may be given several times.",
    ),
]

WorldsOption = Annotated[
    int | None, typer.Option(min=1, metavar="N", help="Live N worlds instead of the scenario's.")
]
MonthsOption = Annotated[
    int | None,
    typer.Option(min=1, max=600, metavar="N", help="Live N months instead of the scenario's."),
]
SeedOption = Annotated[
    int | None,
    typer.Option(min=0, metavar="N", help="Use other luck than the scenario's."),
]
OutOption = Annotated[Path, typer.Option(metavar="DIR", help="Where results folders are kept.")]
WorkersOption = Annotated[
    int | None,
    typer.Option(min=1, metavar="N", help="Processes to use; results do not depend on it."),
]


def merge_settings(set_values: list[str] | None, **options: int | None) -> list[str]:
    """Return what was set, the options that stand for a setting among it and last."""
    said = [f"{name}={value}" for name, value in options.items() if value is not None]
    return [*(set_values or ()), *said]
