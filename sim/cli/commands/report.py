"""`sim report`: one page that shows and explains results."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from sim.cli.options import FigureInputOptions, ResultsFoldersArgument, expand_options
from sim.errors import RequestError

PageOption = Annotated[Path, typer.Option(metavar="FILE", help="The page to write.")]
OverwriteOption = Annotated[bool, typer.Option("--force", help="Overwrite an existing page.")]


@expand_options
def report(
    folders: ResultsFoldersArgument,
    *,
    html: PageOption = Path("report.html"),
    inputs: FigureInputOptions,
    force: OverwriteOption = False,
) -> None:
    """Write one page of one run, or of several side by side, that opens in any browser."""
    from sim.report.extras import check_installed  # noqa: PLC0415

    check_installed()
    from sim.report.page.page import write_page  # noqa: PLC0415

    write_page(folders, html, inputs.figure_options(), force=force)
    typer.echo(html)


def check_page(folders: Sequence[Path], html: Path) -> None:
    """Require, before anything is simulated, that a page of these runs can be written.

    Raises:
        RequestError: a package is missing, the file exists, or there are too many runs.
    """
    from sim.report.extras import check_installed  # noqa: PLC0415
    from sim.report.run_view import check_run_count  # noqa: PLC0415

    check_installed()
    check_run_count(folders)
    if html.exists():
        raise RequestError(f"--html {html}: is there already; name another file")


def write_and_print_page(folders: Sequence[Path], html: Path) -> None:
    """Write the page of results folders and print its path."""
    from sim.report.page.page import write_page  # noqa: PLC0415

    write_page(folders, html)
    typer.echo(html)
