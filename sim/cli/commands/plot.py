"""`sim plot`: pictures of results, as files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.options import (
    HindcastTableOption,
    ResultsFoldersArgument,
    SensitivityTableOption,
    TimelineWorldOption,
)


def plot(
    folders: ResultsFoldersArgument,
    *,
    figure: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Which picture; may be given several times."),
    ] = None,
    form: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help="png, svg or pdf.")
    ] = "png",
    out: Annotated[
        Path, typer.Option(metavar="DIR", help="Where the pictures and their tables go.")
    ] = Path("figures"),
    world: TimelineWorldOption = None,
    sensitivity: SensitivityTableOption = None,
    hindcast: HindcastTableOption = None,
    force: Annotated[
        bool, typer.Option("--force", help="Write over pictures that are there.")
    ] = False,
) -> None:
    """Draw pictures of one run, or of several side by side, each with its table."""
    from sim.extras import REPORT_MODULES, check_installed  # noqa: PLC0415
    from sim.report.run_view import open_runs  # noqa: PLC0415

    check_installed("report", *REPORT_MODULES)
    runs = open_runs(folders)
    from sim.report.figures.gallery import plot_everything, plot_named  # noqa: PLC0415  Altair takes a while to load
    from sim.report.figures.options import FigureOptions  # noqa: PLC0415
    from sim.report.save import check_image_format, save_figures  # noqa: PLC0415

    check_image_format(form)
    wish = FigureOptions(world, sensitivity, hindcast)
    if figure:
        figures = plot_named(runs, figure, wish)
    else:
        gallery = plot_everything(runs, wish)
        figures = gallery.figures
        for name, reason in gallery.left_out.items():
            typer.echo(f"left out: {name}: {reason}", err=True)
    for file in save_figures(figures, out, form, force=force):
        typer.echo(file)
