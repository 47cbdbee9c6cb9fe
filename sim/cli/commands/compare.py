"""`sim compare`: what differs between runs, and by how much."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.options import MonthsOption, SeedOption, WorkersOption, WorldsOption


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
    worlds: WorldsOption = None,
    months: MonthsOption = None,
    seed: SeedOption = None,
    workers: WorkersOption = None,
    results: Annotated[
        Path, typer.Option(metavar="DIR", help="Where results of scenario files are kept.")
    ] = Path("results"),
) -> None:
    """Say what differs between runs: in what they assume, and world by world in what happened."""
    from sim.analysis.comparison.compare import compare_runs as compared  # noqa: PLC0415
    from sim.analysis.comparison.tables import write_comparison  # noqa: PLC0415
    from sim.analysis.data.resolve import (  # noqa: PLC0415
        RunSettings,
        ensure_simulated,
        require_runs,
    )
    from sim.cli import progress  # noqa: PLC0415
    from sim.cli.commands.report import check_page, write_and_print_page  # noqa: PLC0415
    from sim.cli.views import compare as shown  # noqa: PLC0415
    from sim.experiment.run import RunOptions  # noqa: PLC0415
    from sim.experiment.storage.atomic import require_absent  # noqa: PLC0415

    if out:
        require_absent(out, "name another folder", "--out")
    if html:
        require_runs(sides, "--html")
        check_page(sides, html)
    wish = RunOptions(workers=workers, command=ctx.obj)
    folders = ensure_simulated(
        sides, RunSettings(worlds, months, seed), results, wish, progress.track_worlds
    )
    comparison = compared(folders, all_measures=every)
    if out:
        write_comparison(out, comparison)
    shown.show_comparison(comparison)
    if out:
        print(out)
    if html:
        write_and_print_page(folders, html)
