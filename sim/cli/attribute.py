"""`sim attribute`: which mechanism makes two scenarios differ."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.asking import Months, Seed, Workers, Worlds, settings

if TYPE_CHECKING:
    from sim.analysis.attribution import Plan
    from sim.scenario.schema import Scenario

WORLDS = 300
"""Worlds of each run, if not told otherwise."""


def attribute(
    ctx: typer.Context,
    one: Annotated[Path, typer.Argument(metavar="A", help="A scenario file.")],
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
    worlds: Worlds = WORLDS,
    months: Months = None,
    seed: Seed = None,
    workers: Workers = None,
    results: Annotated[
        Path, typer.Option(metavar="DIR", help="Where the runs are kept for another time.")
    ] = Path("results/attributed"),
    csv: Annotated[
        Path | None, typer.Option("--csv", metavar="FILE", help="Write the table to a new file.")
    ] = None,
) -> None:
    """Split the difference between two scenarios over the mechanisms that make it."""
    from sim.analysis import attribution  # noqa: PLC0415
    from sim.cli import attributed, progress  # noqa: PLC0415
    from sim.cli.written import as_csv, put  # noqa: PLC0415
    from sim.experiment.run import Wish  # noqa: PLC0415

    chosen = attribution.chosen_mechanisms(mechanism)
    laid = settings(None, worlds=worlds, months=months, seed=seed)
    plan = attribution.Plan((_file(one), _file(other)), tuple(laid), chosen)
    scenario = plan.whole()
    shown = attribution.chosen_measures(scenario, measure)
    _say_cost(plan, scenario)
    wish = Wish(workers=workers, words=ctx.obj)
    with progress.shown(scenario.worlds * plan.runs) as told:
        splits = list(attribution.attribute(plan, shown, results, wish, told))
    put(attributed.table(plan, splits))
    if csv:
        put(as_csv(attributed.records(splits)), csv)


def _file(named: Path) -> Path:
    """Return the file meant: a path, or the bare name of a scenario in its usual place."""
    usual = Path("scenarios") / f"{named}.toml"
    return usual if not named.exists() and not named.suffix and usual.is_file() else named


def _say_cost(plan: Plan, scenario: Scenario) -> None:
    from sim.experiment.limits import cost  # noqa: PLC0415

    takes = cost(scenario.worlds * plan.runs, scenario.months)
    typer.echo(
        f"{plan.runs} runs of {scenario.worlds:,} worlds each; unless they are there already, "
        f"they take {takes}.",
        err=True,
    )
