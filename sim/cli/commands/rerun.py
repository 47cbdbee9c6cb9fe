"""`sim rerun`: live finished results once more and say whether they are the same."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.commands.run import SchedulerOption
from sim.cli.options import WorkersOption

if TYPE_CHECKING:
    from sim.experiment.rerun import RerunComparison


def rerun(
    ctx: typer.Context,
    manifest: Annotated[
        Path, typer.Argument(metavar="MANIFEST", help="The manifest, or its results folder.")
    ],
    *,
    workers: WorkersOption = None,
    scheduler: SchedulerOption = None,
) -> None:
    """Live finished results once more, exactly, and say whether they are the same."""
    from sim.cli.exit import EXIT_INCOMPLETE  # noqa: PLC0415
    from sim.experiment.rerun import rerun_results as live_again  # noqa: PLC0415
    from sim.experiment.run import RunOptions  # noqa: PLC0415

    wish = RunOptions(workers=workers, scheduler=scheduler, command=ctx.obj)
    found = live_again(manifest, wish)
    for line in _describe_rerun(found):
        typer.echo(line)
    if found.different:
        raise typer.Exit(EXIT_INCOMPLETE)


def _describe_rerun(comparison: RerunComparison) -> list[str]:
    folder = comparison.results.folder
    if not comparison.equivalent and not comparison.different:
        return [f"{folder}: lived again, and identical to the last byte"]
    lines = [f"{folder}: lived again, and {'not ' if comparison.different else ''}the same"]
    lines += [f"    {name}: identical" for name in comparison.identical]
    lines += [f"    {name}: holds the same, written otherwise" for name in comparison.equivalent]
    lines += [f"    {name}: differs" for name in comparison.different]
    used = [f"{what} {then}, now {now}" for what, (then, now) in comparison.versions.items()]
    return [*lines, *([f"    made with {'; '.join(used)}"] if used else [])]
