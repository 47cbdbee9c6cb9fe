"""`sim compare`: what differs between runs, and by how much."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.completion import complete_inputs
from sim.cli.inputs import simulate_inputs
from sim.cli.options import (
    OpenOption,
    OutOption,
    SizeOptions,
    WorkersOption,
    expand_options,
)

if TYPE_CHECKING:
    from sim.cli.work import Steps

_MOST_PAIRS = 1000
"""Pairs of which choices are compared at most."""
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
_StressOption = Annotated[
    bool,
    typer.Option(
        "--stress", help="With --html: also open crises, to show who comes if one attacks another."
    ),
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
    stress: _StressOption = False,
    open_: OpenOption = False,
    size: SizeOptions,
    workers: WorkersOption = None,
    out: OutOption = Path("results"),
) -> None:
    """Compare scenarios: assumptions, outcomes and paired runs."""
    from sim.analysis.choices.of_runs import compare_run_choices  # noqa: PLC0415
    from sim.analysis.comparison.compare import compare_runs  # noqa: PLC0415
    from sim.analysis.comparison.tables import write_comparison  # noqa: PLC0415
    from sim.cli.commands.explain.report import write_and_print_page  # noqa: PLC0415
    from sim.cli.pages import require_page  # noqa: PLC0415
    from sim.cli.progress import track_announced  # noqa: PLC0415
    from sim.cli.views.start.choices import show_choices  # noqa: PLC0415
    from sim.cli.views.start.compare import show_comparison  # noqa: PLC0415
    from sim.experiment.execution.workers import keep_workers  # noqa: PLC0415

    _check_outputs(sides, to, html)
    require_page(html, open_=open_)
    with keep_workers(_expect_processes(sides, size, choices, workers)):
        folders = simulate_inputs(ctx, sides, size, workers, out)
        with track_announced("Comparing worlds", _expect_steps(size, choices)):
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
            write_and_print_page(folders, html, stress=stress, open_=open_)


def _expect_processes(
    sides: Sequence[Path], size: SizeOptions, choices: bool | None, workers: int | None
) -> int:
    """Return how many processes will simulate choices, should scenarios state no other size."""
    from sim.analysis.choices.of_runs import expect_processes  # noqa: PLC0415
    from sim.cli.pace import DEFAULT_MONTHS  # noqa: PLC0415

    worlds, months = size.worlds or _MOST_PAIRS, size.months or DEFAULT_MONTHS
    return expect_processes(len(sides), worlds, months, choices, workers)


def _expect_steps(size: SizeOptions, choices: bool | None) -> Steps:
    from sim.cli.pace import DEFAULT_MONTHS  # noqa: PLC0415
    from sim.cli.work import choice_steps  # noqa: PLC0415

    if choices is False:
        return {}
    worlds = min(size.worlds or _MOST_PAIRS, _MOST_PAIRS)
    return choice_steps(worlds, size.months or DEFAULT_MONTHS, scenarios=2)


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
