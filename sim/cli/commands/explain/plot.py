"""`sim plot`: figures of results, as files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.completion import complete_figures
from sim.cli.inputs import simulate_inputs
from sim.cli.options import FigureInputOptions, ResultsFoldersArgument, expand_options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.report.figures.figure import Figure
    from sim.report.figures.options import FigureOptions
    from sim.report.run_view import Run

FigureNamesOption = Annotated[
    list[str] | None,
    typer.Option(
        metavar="NAME", help="A figure to draw; repeatable.", autocompletion=complete_figures
    ),
]
_FormatOption = Annotated[str, typer.Option("--format", metavar="FORMAT", help="png, svg or pdf.")]
_FolderOption = Annotated[
    Path, typer.Option(metavar="DIR", help="Where the figures and their tables are written.")
]
_OverwriteOption = Annotated[bool, typer.Option("--force", help="Overwrite existing figures.")]


@expand_options
def plot(
    ctx: typer.Context,
    folders: ResultsFoldersArgument,
    *,
    figure: FigureNamesOption = None,
    form: _FormatOption = "png",
    out: _FolderOption = Path("figures"),
    inputs: FigureInputOptions,
    force: _OverwriteOption = False,
) -> None:
    """Draw figures of one run, or of several side by side, each with its table."""
    from sim.cli.progress import track_announced  # noqa: PLC0415
    from sim.cli.work import FIGURE_STEPS  # noqa: PLC0415
    from sim.extras import REPORT_MODULES, check_installed  # noqa: PLC0415
    from sim.report.run_view import open_runs  # noqa: PLC0415

    check_installed("report", *REPORT_MODULES)
    runs = open_runs(simulate_inputs(ctx, folders))
    with track_announced("Reading results", {} if figure else FIGURE_STEPS):
        from sim.report.save import check_image_format, save_figures  # noqa: PLC0415  Altair takes a while to load

        check_image_format(form)
        figures = _draw(runs, figure, inputs.figure_options())
        files = save_figures(figures, out, form, force=force)
    for file in files:
        typer.echo(file)


def _draw(runs: Sequence[Run], names: list[str] | None, options: FigureOptions) -> list[Figure]:
    """Return the figures of these names, or all that the runs allow."""
    from sim.report.figures.gallery import plot_everything, plot_named  # noqa: PLC0415

    if names:
        return plot_named(runs, names, options)
    gallery = plot_everything(runs, options)
    for name, reason in gallery.left_out.items():
        typer.echo(f"left out: {name}: {reason}", err=True)
    return gallery.figures
