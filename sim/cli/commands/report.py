"""`sim report`: one page that shows and explains results."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from sim.cli.options import (
    HindcastTableOption,
    ResultsFoldersArgument,
    SensitivityTableOption,
    TimelineWorldOption,
)


def report(
    folders: ResultsFoldersArgument,
    *,
    html: Annotated[Path, typer.Option(metavar="FILE", help="The page to write.")] = Path(
        "report.html"
    ),
    world: TimelineWorldOption = None,
    sensitivity: SensitivityTableOption = None,
    hindcast: HindcastTableOption = None,
    force: Annotated[
        bool, typer.Option("--force", help="Write over a page that is there.")
    ] = False,
) -> None:
    """Write one page of one run, or of several side by side, that opens anywhere."""
    from sim.extras import REPORT_MODULES, check_installed  # noqa: PLC0415

    check_installed("report", *REPORT_MODULES)
    from sim.report.figures.options import FigureOptions  # noqa: PLC0415
    from sim.report.page.page import write_page  # noqa: PLC0415

    write_page(folders, html, FigureOptions(world, sensitivity, hindcast), force=force)
    typer.echo(html)


def check_page(folders: Sequence[Path], html: Path) -> None:
    """See to it, before worlds are lived for it, that a page of so many runs can be written.

    Raises:
        RequestError: it cannot: something is not installed, there, or too many runs are named.
    """
    from sim.experiment.storage.atomic import require_absent  # noqa: PLC0415
    from sim.extras import REPORT_MODULES, check_installed  # noqa: PLC0415
    from sim.report.run_view import check_run_count  # noqa: PLC0415

    check_installed("report", *REPORT_MODULES)
    check_run_count(folders)
    require_absent(html, "name another file", "--html")


def write_and_print_page(folders: Sequence[Path], html: Path) -> None:
    """Write the page of some results folders, and say where it is."""
    from sim.report.page.page import write_page  # noqa: PLC0415

    write_page(folders, html)
    typer.echo(html)
