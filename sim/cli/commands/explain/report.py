"""`sim report`: one page that shows and explains results."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from sim.cli.inputs import simulate_inputs
from sim.cli.options import (
    FigureInputOptions,
    OpenOption,
    ResultsFoldersArgument,
    expand_options,
)
from sim.cli.pages import writing_page

_PageOption = Annotated[Path, typer.Option(metavar="FILE", help="The page to write.")]
_StressOption = Annotated[
    bool,
    typer.Option("--stress", help="Also open crises, to show who comes if one attacks another."),
]
_ExplorerOption = Annotated[
    Path | None, typer.Option(metavar="FILE", help="A page of sim explore to link to.")
]
_OverwriteOption = Annotated[bool, typer.Option("--force", help="Overwrite an existing page.")]


@expand_options
def report(
    ctx: typer.Context,
    folders: ResultsFoldersArgument,
    *,
    html: _PageOption = Path("report.html"),
    inputs: FigureInputOptions,
    stress: _StressOption = False,
    explorer: _ExplorerOption = None,
    force: _OverwriteOption = False,
    open_: OpenOption = False,
) -> None:
    """Write one page of one run, or of several side by side, that opens in any browser."""
    from sim.experiment.execution.workers import (  # noqa: PLC0415
        count_free,
        keep_workers,
        start_kept_workers,
    )
    from sim.extras import REPORT_MODULES, check_installed  # noqa: PLC0415

    check_installed("report", *REPORT_MODULES)
    with keep_workers(1 if count_free() > 1 else 0):
        start_kept_workers()
        results = simulate_inputs(ctx, folders)
        with writing_page(html, open_=open_):
            from sim.report.page.page import PageOptions, write_page  # noqa: PLC0415

            options = PageOptions(inputs.figure_options(), stress=stress, explorer=explorer)
            write_page(results, html, options, force=force)


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


def write_and_print_page(
    folders: Sequence[Path], html: Path, *, stress: bool = False, open_: bool = False
) -> None:
    """Write the page of results folders, with crises if `stress`, print its path, and open it."""
    with writing_page(html, open_=open_):
        from sim.report.page.page import PageOptions, write_page  # noqa: PLC0415

        write_page(folders, html, PageOptions(stress=stress))
