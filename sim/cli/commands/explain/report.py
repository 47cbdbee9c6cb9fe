"""`sim report`: one page that shows and explains results."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from sim.cli.inputs import simulate_inputs
from sim.cli.options import FigureInputOptions, ResultsFoldersArgument, expand_options

_PageOption = Annotated[Path, typer.Option(metavar="FILE", help="The page to write.")]
_OverwriteOption = Annotated[bool, typer.Option("--force", help="Overwrite an existing page.")]


@expand_options
def report(
    ctx: typer.Context,
    folders: ResultsFoldersArgument,
    *,
    html: _PageOption = Path("report.html"),
    inputs: FigureInputOptions,
    force: _OverwriteOption = False,
) -> None:
    """Write one page of one run, or of several side by side, that opens in any browser."""
    from sim.extras import REPORT_MODULES, check_installed  # noqa: PLC0415

    check_installed("report", *REPORT_MODULES)
    from sim.report.page.page import write_page  # noqa: PLC0415

    write_page(simulate_inputs(ctx, folders), html, inputs.figure_options(), force=force)
    typer.echo(html)


def check_page(folders: Sequence[Path], html: Path) -> None:
    """Require, before anything is simulated, that a page of these runs can be written.

    Raises:
        RequestError: a package is missing, the file exists, or there are too many runs.
    """
    from sim.experiment.storage.atomic import require_absent  # noqa: PLC0415
    from sim.extras import REPORT_MODULES, check_installed  # noqa: PLC0415
    from sim.report.run_view import check_run_count  # noqa: PLC0415

    check_installed("report", *REPORT_MODULES)
    check_run_count(folders)
    require_absent(html, "name another file", "--html")


def write_and_print_page(folders: Sequence[Path], html: Path) -> None:
    """Write the page of results folders and print its path."""
    from sim.report.page.page import write_page  # noqa: PLC0415

    write_page(folders, html)
    typer.echo(html)
