"""`sim compare`: what differs between runs, and by how much."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.options import Months, Seed, Workers, Worlds


def compare(
    ctx: typer.Context,
    sides: Annotated[
        list[Path],
        typer.Argument(
            metavar="A B [C...]",
            help="Results folders, sweeps and their points, or scenario files to be lived first.",
        ),
    ],
    *,
    every: Annotated[
        bool, typer.Option("--all", help="Compare all measures, not the headlines only.")
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Write the tables to a new folder, as CSV and Parquet."),
    ] = None,
    html: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write all of it to a new page for a browser, too."),
    ] = None,
    worlds: Worlds = None,
    months: Months = None,
    seed: Seed = None,
    workers: Workers = None,
    results: Annotated[
        Path, typer.Option(metavar="DIR", help="Where results of scenario files are kept.")
    ] = Path("results"),
) -> None:
    """Say what differs between runs: in what they assume, and world by world in what happened."""
    from sim.analysis.comparison.compare import compare as compared  # noqa: PLC0415
    from sim.analysis.comparison.tables import check_free, write_comparison  # noqa: PLC0415
    from sim.analysis.data.open import check_runs  # noqa: PLC0415
    from sim.analysis.data.resolve import Terms, lived  # noqa: PLC0415
    from sim.cli import progress  # noqa: PLC0415
    from sim.cli.commands.report import check_page, put_page  # noqa: PLC0415
    from sim.cli.views import compare as shown  # noqa: PLC0415
    from sim.experiment.run import Wish  # noqa: PLC0415

    if out:
        check_free(out)
    if html:
        check_runs(sides, "--html")
        check_page(sides, html)
    wish = Wish(workers=workers, words=ctx.obj)
    folders = lived(sides, Terms(worlds, months, seed), results, wish, progress.shown)
    comparison = compared(folders, every=every)
    if out:
        write_comparison(out, comparison)
    shown.show(comparison)
    if out:
        print(out)
    if html:
        put_page(folders, html)
