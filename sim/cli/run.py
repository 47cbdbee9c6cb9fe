"""`sim run`: live a scenario's worlds and say what happened in them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.asking import File, Months, Out, Seed, Settings, Workers, Worlds, settings


def run(
    ctx: typer.Context,
    file: File,
    *,
    worlds: Worlds = None,
    months: Months = None,
    seed: Seed = None,
    workers: Workers = None,
    out: Out = Path("results"),
    force: Annotated[
        bool, typer.Option("--force", help="Live the worlds again even if the answer is there.")
    ] = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", help="Print only the path of the results folder.")
    ] = False,
    set_: Settings = None,
) -> None:
    """Live a scenario's worlds and say what happened in them, how often, and how surely."""
    from sim.cli import answer, progress  # noqa: PLC0415
    from sim.experiment.headlines import headlines  # noqa: PLC0415
    from sim.experiment.run import Wish  # noqa: PLC0415
    from sim.experiment.run import run as answer_question  # noqa: PLC0415
    from sim.scenario.load import load  # noqa: PLC0415

    loaded = load(file, settings(set_, worlds=worlds, months=months, seed=seed))
    shown = headlines(loaded)
    with progress.shown(loaded.scenario.worlds, quiet=quiet) as told:
        wish = Wish(workers=workers, force=force, told=told, words=ctx.obj)
        answered = answer_question(loaded, out, wish)
    if quiet:
        answer.show_path(answered.results)
    else:
        answer.show(answered, loaded.scenario, shown)
