"""`sim compare`: what differs between runs, and by how much."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from sim.cli.completion import complete_inputs
from sim.cli.inputs import simulate_inputs
from sim.cli.options import OutOption, SizeOptions, WorkersOption, expand_options

SidesArgument = Annotated[
    list[Path],
    typer.Argument(
        metavar="A B [C...]",
        help="Scenarios, which are simulated unless they were before; results; points of sweeps.",
        autocompletion=complete_inputs,
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
    typer.Option(
        "--to", metavar="DIR", help="Write the tables to a new folder, as CSV and Parquet."
    ),
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


@expand_options
def compare(
    ctx: typer.Context,
    sides: SidesArgument,
    *,
    every: AllOption = False,
    detail: DetailOption = False,
    choices: ChoicesOption = None,
    to: TablesOption = None,
    html: _PageOption = None,
    size: SizeOptions,
    workers: WorkersOption = None,
    out: OutOption = Path("results"),
) -> None:
    """Compare scenarios: assumptions, outcomes and paired runs."""
    from sim.analysis.choices.of_runs import compare_run_choices  # noqa: PLC0415
    from sim.analysis.comparison.compare import compare_runs  # noqa: PLC0415
    from sim.analysis.comparison.tables import write_comparison  # noqa: PLC0415
    from sim.cli.commands.explain.report import write_and_print_page  # noqa: PLC0415
    from sim.cli.views.start.choices import show_choices  # noqa: PLC0415
    from sim.cli.views.start.compare import show_comparison  # noqa: PLC0415

    _check_outputs(sides, to, html)
    folders = simulate_inputs(ctx, sides, size, workers, out)
    comparison = compare_runs(folders, all_measures=every or detail)
    differing = compare_run_choices(comparison, choices, workers)
    if to:
        write_comparison(to, comparison, differing)
    show_comparison(
        comparison,
        detail=detail,
        show_after_table=lambda console: show_choices(console, differing, detail=detail),
    )
    if to:
        print(to)
    if html:
        write_and_print_page(folders, html)


def _check_outputs(sides: Sequence[Path], to: Path | None, html: Path | None) -> None:
    """Require, before anything is simulated, that the outputs can be written."""
    from sim.analysis.data.resolve import require_runs  # noqa: PLC0415
    from sim.cli.commands.explain.report import check_page  # noqa: PLC0415
    from sim.experiment.storage.atomic import require_absent  # noqa: PLC0415

    if to:
        require_absent(to, "name another folder", "--to")
    if html:
        require_runs(sides, "--html")
        check_page(sides, html)
