"""`sim stress`: if X attacks Y, who comes?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.completion import complete_inputs
from sim.cli.options import OpenOption, SeedOption, SettingsOption, WorkersOption
from sim.cli.whole_number import whole_number_option

if TYPE_CHECKING:
    from sim.analysis.stress.matrix import StressMatrix
    from sim.analysis.stress.openings import CrisisOpening
    from sim.scenario.schema.scenario import Scenario

_FilesArgument = Annotated[
    list[Path],
    typer.Argument(
        metavar="A [B...]",
        help="Scenarios, or results folders of runs.",
        autocompletion=complete_inputs,
    ),
]
_CrisisOption = Annotated[
    list[str] | None,
    typer.Option(
        "--crisis",
        metavar="RIVALRY:ATTACKER@KIND",
        help="Open this crisis as well, such as korea:dprk@force; repeatable.",
    ),
]
_OnlyOption = Annotated[
    bool, typer.Option("--only", help="Open only the crises named with --crisis.")
]
_WorldsOption = Annotated[
    int, whole_number_option(least=2, text="Number of worlds of each crisis.")
]
_MonthsOption = Annotated[
    int, whole_number_option(least=1, most=600, text="Months that a crisis is followed.")
]
_DetailOption = Annotated[
    bool, typer.Option("--detail", help="Show every cell with its 95% interval.")
]
_FolderOption = Annotated[
    Path | None,
    typer.Option("--to", metavar="DIR", help="Write all tables to a new results folder."),
]
_PageOption = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Also draw heat maps on a new page for a browser."),
]


def stress(
    ctx: typer.Context,
    files: _FilesArgument,
    *,
    crisis: _CrisisOption = None,
    only: _OnlyOption = False,
    worlds: _WorldsOption = 500,
    months: _MonthsOption = 12,
    seed: SeedOption = None,
    set_: SettingsOption = None,
    detail: _DetailOption = False,
    to: _FolderOption = None,
    html: _PageOption = None,
    open_: OpenOption = False,
    workers: WorkersOption = None,
) -> None:
    """If X attacks Y, who comes? Open every crisis in month 1 and count."""
    from sim.analysis.stress.request import choose_openings, open_scenarios  # noqa: PLC0415
    from sim.analysis.stress.tables import write_stress  # noqa: PLC0415
    from sim.cli.output import open_in_browser  # noqa: PLC0415
    from sim.cli.pages import require_page  # noqa: PLC0415
    from sim.cli.progress import track_announced  # noqa: PLC0415
    from sim.cli.views.start.stress import show_stress  # noqa: PLC0415

    require_page(html, open_=open_)
    _check_outputs(to, html)
    names, scenarios = open_scenarios(files, set_ or (), seed)
    chosen = choose_openings(scenarios, crisis or (), only=only)
    matrices = _simulate(scenarios, chosen, worlds, months, workers)
    show_stress(matrices, detail=detail)
    if to:
        write_stress(to, names, matrices, ctx.obj)
        typer.echo(to)
    if html:
        from sim.report.stress.page import write_stress_page  # noqa: PLC0415

        with track_announced("Drawing heat maps", {}):
            write_stress_page(html, matrices, ctx.obj)
        typer.echo(html)
        if open_:
            open_in_browser(html)


def _check_outputs(to: Path | None, html: Path | None) -> None:
    """Require, before anything is simulated, that the outputs can be written."""
    from sim.experiment.storage.atomic import require_absent  # noqa: PLC0415
    from sim.extras import REPORT_MODULES, check_installed  # noqa: PLC0415

    if to:
        require_absent(to, "name another folder", "--to")
    if html:
        check_installed("report", *REPORT_MODULES)
        require_absent(html, "name another file", "--html")


def _simulate(
    scenarios: Sequence[Scenario],
    openings: Sequence[CrisisOpening],
    worlds: int,
    months: int,
    workers: int | None,
) -> list[StressMatrix]:
    from sim.analysis.stress.simulate import simulate_matrices  # noqa: PLC0415
    from sim.cli import progress  # noqa: PLC0415

    total = len(scenarios) * len(openings) * worlds
    with progress.track_worlds(total, months=months) as on_progress:
        return simulate_matrices(
            scenarios, openings, worlds, months=months, workers=workers, on_progress=on_progress
        )
