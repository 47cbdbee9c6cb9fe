"""`sim report`: one page that shows and explains results."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.asking import Folders, Hindcast, Sensitivity, World


def report(
    folders: Folders,
    *,
    html: Annotated[Path, typer.Option(metavar="FILE", help="The page to write.")] = Path(
        "report.html"
    ),
    world: World = None,
    sensitivity: Sensitivity = None,
    hindcast: Hindcast = None,
    force: Annotated[
        bool, typer.Option("--force", help="Write over a page that is there.")
    ] = False,
) -> None:
    """Write one page of one run, or of several side by side, that opens anywhere."""
    from sim.report.extras import check_installed  # noqa: PLC0415

    check_installed()
    from sim.report.page import write_page  # noqa: PLC0415
    from sim.report.wish import Wish  # noqa: PLC0415

    write_page(folders, html, Wish(world, sensitivity, hindcast), force=force)
    typer.echo(html)
