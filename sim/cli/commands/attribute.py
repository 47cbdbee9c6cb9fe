"""`sim attribute`: which mechanism makes two scenarios differ."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.options import MonthsOption, SeedOption, WorkersOption, WorldsOption
from sim.errors import RequestError

if TYPE_CHECKING:
    from sim.analysis.attribution.factorial import AttributionPlan
    from sim.scenario.schema.scenario import Scenario

_DEFAULT_WORLDS = 200
"""Worlds of each run, if not told otherwise."""
_OVERHEAD_IN_WORLDS = 150
"""Worlds that could be lived in the time that a run takes besides, however few they are."""


def attribute(
    ctx: typer.Context,
    one: Annotated[Path, typer.Argument(metavar="A", help="A scenario file, or a results folder.")],
    other: Annotated[Path, typer.Argument(metavar="B", help="What it is compared with.")],
    *,
    mechanism: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="A mechanism to switch; may be given several times."),
    ] = None,
    measure: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="A measure to split; may be given several times."),
    ] = None,
    worlds: WorldsOption = _DEFAULT_WORLDS,
    months: MonthsOption = None,
    seed: SeedOption = None,
    workers: WorkersOption = None,
    results: Annotated[
        Path, typer.Option(metavar="DIR", help="Where the runs are kept for another time.")
    ] = Path("results/attributed"),
    csv: Annotated[
        Path | None, typer.Option("--csv", metavar="FILE", help="Write the table to a new file.")
    ] = None,
) -> None:
    """Split the difference between two scenarios over the mechanisms that make it."""
    from sim.analysis.attribution.attribution import attribute_differences as attributed_to  # noqa: PLC0415
    from sim.analysis.attribution.attribution import select_measures  # noqa: PLC0415
    from sim.analysis.attribution.factorial import AttributionPlan  # noqa: PLC0415
    from sim.analysis.attribution.mechanisms import select_mechanisms  # noqa: PLC0415
    from sim.cli import progress  # noqa: PLC0415
    from sim.cli.output import format_csv, write_output  # noqa: PLC0415
    from sim.cli.views import attribute as view  # noqa: PLC0415
    from sim.experiment.run import RunOptions  # noqa: PLC0415

    given = {"worlds": worlds, "months": months, "seed": seed}
    options = {name: value for name, value in given.items() if value is not None}
    plan = AttributionPlan(
        (_resolve_path(one), _resolve_path(other)), options, select_mechanisms(mechanism)
    )
    scenario = plan.check_sides()
    shown = select_measures(scenario, measure)
    _print_cost(plan, scenario)
    wish = RunOptions(workers=workers, command=ctx.obj)
    with progress.track_worlds(scenario.worlds * plan.run_count) as told:
        splits = list(attributed_to(plan, shown, results, wish, told))
    write_output(view.render_attribution(plan, splits))
    if csv:
        write_output(format_csv(view.build_attribution_records(splits)), csv)


def _resolve_path(path: Path) -> Path:
    """Return what is meant: a path, or the bare name of a scenario in its usual place.

    Raises:
        RequestError: there is nothing of that name.
    """
    usual = Path("scenarios") / f"{path}.toml"
    if path.exists() or path.suffix:
        return path
    if usual.is_file():
        return usual
    raise RequestError(f"{path}: there is no results folder of that name, nor {usual}")


def _print_cost(plan: AttributionPlan, scenario: Scenario) -> None:
    from sim.experiment.limits import estimate_cost  # noqa: PLC0415

    takes = estimate_cost((scenario.worlds + _OVERHEAD_IN_WORLDS) * plan.run_count, scenario.months)
    typer.echo(
        f"{plan.run_count} runs of {scenario.worlds:,} worlds each; unless they are there already, "
        f"they take {takes}.",
        err=True,
    )
