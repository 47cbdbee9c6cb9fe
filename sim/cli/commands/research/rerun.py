"""`sim rerun`: simulate finished results again and verify that they are the same."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.completion import complete_inputs
from sim.cli.options import SchedulerOption, WorkersOption

if TYPE_CHECKING:
    from sim.experiment.rerun import RerunComparison


def rerun(
    ctx: typer.Context,
    manifest: Annotated[
        Path,
        typer.Argument(
            metavar="RESULTS",
            help="The results folder, or the manifest in it.",
            autocompletion=complete_inputs,
        ),
    ],
    *,
    workers: WorkersOption = None,
    scheduler: SchedulerOption = None,
) -> None:
    """Simulate finished results again and verify that they are the same."""
    from sim.analysis.data.locate import locate_results  # noqa: PLC0415
    from sim.cli.exit import EXIT_INCOMPLETE  # noqa: PLC0415
    from sim.experiment.rerun import rerun_results  # noqa: PLC0415
    from sim.experiment.run import RunOptions  # noqa: PLC0415

    options = RunOptions(workers=workers, scheduler=scheduler, command=ctx.obj)
    comparison = rerun_results(locate_results(manifest), options)
    for line in _describe_rerun(comparison):
        typer.echo(line)
    if comparison.different:
        raise typer.Exit(EXIT_INCOMPLETE)


def _describe_rerun(comparison: RerunComparison) -> list[str]:
    folder = comparison.results.folder
    if not comparison.equivalent and not comparison.different:
        return [f"{folder}: simulated again, and identical to the last byte"]
    lines = [f"{folder}: simulated again, and {'not ' if comparison.different else ''}the same"]
    lines += [f"    {name}: identical" for name in comparison.identical]
    lines += [f"    {name}: equal values, different bytes" for name in comparison.equivalent]
    lines += [f"    {name}: differs" for name in comparison.different]
    used = [f"{what} {then}, now {now}" for what, (then, now) in comparison.versions.items()]
    return [*lines, *([f"    created with {'; '.join(used)}"] if used else [])]
