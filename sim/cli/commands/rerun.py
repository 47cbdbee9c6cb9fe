"""`sim rerun`: live finished results once more and say whether they are the same."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.commands.run import Scheduler
from sim.cli.options import Workers

if TYPE_CHECKING:
    from sim.experiment.rerun import Comparison


def rerun(
    ctx: typer.Context,
    manifest: Annotated[
        Path, typer.Argument(metavar="MANIFEST", help="The manifest, or its results folder.")
    ],
    *,
    workers: Workers = None,
    scheduler: Scheduler = None,
) -> None:
    """Live finished results once more, exactly, and say whether they are the same."""
    from sim.cli.exit import IN_PART  # noqa: PLC0415
    from sim.experiment.rerun import rerun as live_again  # noqa: PLC0415
    from sim.experiment.run import Wish  # noqa: PLC0415

    wish = Wish(workers=workers, scheduler=scheduler, words=ctx.obj)
    found = live_again(manifest, wish)
    for line in _said(found):
        typer.echo(line)
    if found.other:
        raise typer.Exit(IN_PART)


def _said(found: Comparison) -> list[str]:
    folder = found.results.folder
    if not found.alike and not found.other:
        return [f"{folder}: lived again, and identical to the last byte"]
    lines = [f"{folder}: lived again, and {'not ' if found.other else ''}the same"]
    lines += [f"    {name}: identical" for name in found.same]
    lines += [f"    {name}: holds the same, written otherwise" for name in found.alike]
    lines += [f"    {name}: differs" for name in found.other]
    used = [f"{what} {then}, now {now}" for what, (then, now) in found.versions.items()]
    return [*lines, *([f"    made with {'; '.join(used)}"] if used else [])]
