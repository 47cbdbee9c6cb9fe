"""`sim run`: live a scenario's worlds and say what happened in them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.options import File, Months, Out, Seed, Settings, Workers, Worlds, settings
from sim.errors import RequestError

if TYPE_CHECKING:
    from sim.experiment.run import Answer, Wish
    from sim.scenario.load import Loaded

Scheduler = Annotated[
    str | None,
    typer.Option(metavar="ADDRESS", help="Let the workers of a Dask scheduler live the worlds."),
]
Force = Annotated[
    bool, typer.Option("--force", help="Live the worlds again even if the answer is there.")
]
Quiet = Annotated[bool, typer.Option("--quiet", help="Print only the path of the results folder.")]


def run(
    ctx: typer.Context,
    file: File,
    *,
    worlds: Worlds = None,
    more_worlds: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help="Add N worlds to the finished run that has most."),
    ] = None,
    until: Annotated[
        list[str] | None,
        typer.Option(
            metavar='"MEASURE +-AMOUNT"',
            help="Add worlds until a measure is known so well, such as war_any +-0.5pp.",
        ),
    ] = None,
    at_most: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="With --until: end at N worlds anyhow.")
    ] = None,
    months: Months = None,
    seed: Seed = None,
    workers: Workers = None,
    scheduler: Scheduler = None,
    out: Out = Path("results"),
    force: Force = False,
    quiet: Quiet = False,
    set_: Settings = None,
) -> None:
    """Live a scenario's worlds and say what happened in them, how often, and how surely."""
    from sim.cli import progress  # noqa: PLC0415
    from sim.cli.exit import end_run  # noqa: PLC0415
    from sim.experiment.headlines import headlines  # noqa: PLC0415
    from sim.experiment.run import Wish  # noqa: PLC0415
    from sim.experiment.run import run as answer_question  # noqa: PLC0415
    from sim.scenario.load import load  # noqa: PLC0415

    _check_options(worlds, more_worlds, until, at_most)
    given = settings(set_, worlds=worlds, months=months, seed=seed)
    loaded = load(file, given)
    shown = headlines(loaded)
    wish = Wish(workers=workers, scheduler=scheduler, force=force, words=ctx.obj)
    if until:
        answered = _until(loaded, until, at_most, out, wish, quiet=quiet)
    elif more_worlds:
        answered = _extended(loaded, more_worlds, out, wish, quiet=quiet)
    else:
        with progress.shown(loaded.scenario.worlds, quiet=quiet) as told:
            answered = answer_question(loaded, out, replace(wish, told=told))
    end_run(answered, loaded.scenario, shown, quiet=quiet)


def _check_options(
    worlds: int | None, more: int | None, until: list[str] | None, at_most: int | None
) -> None:
    if more and worlds:
        raise RequestError("--worlds and --more-worlds: one at a time; the second adds to a run")
    if more and until:
        raise RequestError("--more-worlds and --until: one at a time; --until adds worlds itself")
    if at_most and not until:
        raise RequestError("--at-most: says where --until ends, and there is no --until")


def _extended(loaded: Loaded, more: int, out: Path, wish: Wish, *, quiet: bool) -> Answer:
    from sim.cli import progress  # noqa: PLC0415
    from sim.experiment.run import extended  # noqa: PLC0415
    from sim.experiment.run import run as answer_question  # noqa: PLC0415

    larger, before = extended(loaded, more, out)
    with progress.shown(larger.scenario.worlds, quiet=quiet) as told:
        return answer_question(larger, out, replace(wish, told=told), before=[before])


def _until(
    loaded: Loaded, until: list[str], at_most: int | None, out: Path, wish: Wish, *, quiet: bool
) -> Answer:
    from sim.cli import progress  # noqa: PLC0415
    from sim.experiment.run_until import AT_MOST, precisions, run_until  # noqa: PLC0415

    wanted, most = precisions(until, loaded), at_most or max(AT_MOST, loaded.scenario.worlds)
    with progress.shown(most, quiet=quiet) as told:
        return run_until(loaded, wanted, out, replace(wish, told=told), most)
