"""`sim compare`: what differs between runs, and by how much."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from sim.cli.options import SizeOptions, WorkersOption, expand_options

SidesArgument = Annotated[
    list[Path],
    typer.Argument(
        metavar="A B [C...]",
        help="Results folders, sweeps and their points, or scenario files, which are run first.",
    ),
]
AllOption = Annotated[
    bool, typer.Option("--all", help="Compare all measures, not the headlines only.")
]
DetailOption = Annotated[
    bool,
    typer.Option(
        "--detail", help="Also show all measures, counts of pairs, and assumptions in full."
    ),
]
TablesOption = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="Write the tables to a new folder, as CSV and Parquet."),
]
ChoicesOption = Annotated[
    bool | None,
    typer.Option(
        "--choices/--no-choices",
        help="Simulate up to 1,000 pairs again for what differs in choices; by default for two "
        "runs of at most 1,000 worlds.",
    ),
]
_PageOption = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Also write everything to a new page for a browser."),
]
_ResultsOption = Annotated[
    Path, typer.Option(metavar="DIR", help="Where results of scenario files are stored.")
]


@expand_options
def compare(
    ctx: typer.Context,
    sides: SidesArgument,
    *,
    every: AllOption = False,
    detail: DetailOption = False,
    choices: ChoicesOption = None,
    out: TablesOption = None,
    html: _PageOption = None,
    size: SizeOptions,
    workers: WorkersOption = None,
    results: _ResultsOption = Path("results"),
) -> None:
    """Compare scenarios: assumptions, outcomes and paired runs."""
    from sim.analysis.choices.of_runs import compare_run_choices  # noqa: PLC0415
    from sim.analysis.comparison.compare import compare_runs  # noqa: PLC0415
    from sim.analysis.comparison.tables import write_comparison  # noqa: PLC0415
    from sim.cli.commands.explain.report import write_and_print_page  # noqa: PLC0415
    from sim.cli.views.start.choices import show_choices  # noqa: PLC0415
    from sim.cli.views.start.compare import show_comparison  # noqa: PLC0415

    _check_outputs(sides, out, html)
    folders = _simulate_sides(ctx, sides, size, workers, results)
    comparison = compare_runs(folders, all_measures=every or detail)
    differing = compare_run_choices(comparison, choices, workers)
    if out:
        write_comparison(out, comparison, differing)
    show_comparison(
        comparison,
        detail=detail,
        show_after_table=lambda console: show_choices(console, differing, detail=detail),
    )
    if out:
        print(out)
    if html:
        write_and_print_page(folders, html)


def _check_outputs(sides: Sequence[Path], out: Path | None, html: Path | None) -> None:
    """Require, before anything is simulated, that the outputs can be written."""
    from sim.analysis.data.resolve import require_runs  # noqa: PLC0415
    from sim.cli.commands.explain.report import check_page  # noqa: PLC0415
    from sim.experiment.storage.atomic import require_absent  # noqa: PLC0415

    if out:
        require_absent(out, "name another folder", "--out")
    if html:
        require_runs(sides, "--html")
        check_page(sides, html)


def _simulate_sides(
    ctx: typer.Context, sides: Sequence[Path], size: SizeOptions, workers: int | None, results: Path
) -> list[Path]:
    """Return the results folder of every side."""
    from sim.analysis.data.resolve import RunSettings, ensure_simulated  # noqa: PLC0415
    from sim.cli import progress  # noqa: PLC0415
    from sim.experiment.run import RunOptions  # noqa: PLC0415

    settings = RunSettings(size.worlds, size.months, size.seed)
    options = RunOptions(workers=workers, command=ctx.obj)
    return ensure_simulated(sides, settings, results, options, progress.track_worlds)
