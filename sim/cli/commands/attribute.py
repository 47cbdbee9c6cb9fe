"""`sim attribute`: which mechanism makes two scenarios differ."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.options import Months, Seed, Workers, Worlds
from sim.errors import RequestError

if TYPE_CHECKING:
    from sim.analysis.attribution.factorial import Plan
    from sim.scenario.schema.scenario import Scenario

WORLDS = 200
"""Worlds of each run, if not told otherwise."""
_BESIDE = 150
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
    from sim.analysis.attribution.attribution import attribute as attributed_to  # noqa: PLC0415
    from sim.analysis.attribution.attribution import chosen_measures  # noqa: PLC0415
    from sim.analysis.attribution.factorial import Plan  # noqa: PLC0415
    from sim.analysis.attribution.mechanisms import chosen_mechanisms  # noqa: PLC0415
    from sim.cli import progress  # noqa: PLC0415
    from sim.cli.output import as_csv, put  # noqa: PLC0415
    from sim.cli.views import attribute as view  # noqa: PLC0415
    from sim.experiment.run import Wish  # noqa: PLC0415

    given = {"worlds": worlds, "months": months, "seed": seed}
    options = {name: value for name, value in given.items() if value is not None}
    plan = Plan((_file(one), _file(other)), options, chosen_mechanisms(mechanism))
    scenario = plan.whole()
    shown = chosen_measures(scenario, measure)
    _say_cost(plan, scenario)
    wish = Wish(workers=workers, words=ctx.obj)
    with progress.shown(scenario.worlds * plan.runs) as told:
        splits = list(attributed_to(plan, shown, results, wish, told))
    put(view.table(plan, splits))
    if csv:
        put(as_csv(view.records(splits)), csv)


def _file(named: Path) -> Path:
    """Return what is meant: a path, or the bare name of a scenario in its usual place.

    Raises:
        RequestError: there is nothing of that name.
    """
    usual = Path("scenarios") / f"{named}.toml"
    if named.exists() or named.suffix:
        return named
    if usual.is_file():
        return usual
    raise RequestError(f"{named}: there is no results folder of that name, nor {usual}")


def _say_cost(plan: Plan, scenario: Scenario) -> None:
    from sim.experiment.limits import cost  # noqa: PLC0415

    takes = cost((scenario.worlds + _BESIDE) * plan.runs, scenario.months)
    typer.echo(
        f"{plan.runs} runs of {scenario.worlds:,} worlds each; unless they are there already, "
        f"they take {takes}.",
        err=True,
    )
