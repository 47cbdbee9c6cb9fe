"""`sim rerun`: simulate finished results again and verify that they are the same."""

from __future__ import annotations

from dataclasses import replace
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
    from sim.cli.progress import track_worlds  # noqa: PLC0415
    from sim.experiment.rerun import rerun_results  # noqa: PLC0415
    from sim.experiment.run import RunOptions  # noqa: PLC0415

    options = RunOptions(workers=workers, scheduler=scheduler, command=ctx.obj)
    results = locate_results(manifest)
    worlds, months = _count_worlds(results)
    with track_worlds(worlds, months=months) as on_progress:
        comparison = rerun_results(results, replace(options, on_progress=on_progress))
    for line in _describe_rerun(comparison):
        typer.echo(line)
    if comparison.different:
        raise typer.Exit(EXIT_INCOMPLETE)


def _count_worlds(results: Path) -> tuple[int, int]:
    """Return the worlds of all points and their months, as recorded; few where nothing is."""
    from sim.experiment.storage.manifest import MANIFEST_FILE, read_manifest  # noqa: PLC0415

    folder = results.parent if results.name == MANIFEST_FILE else results
    recorded = read_manifest(folder) or {}
    points = recorded.get("files", {}).get("design.parquet", {}).get("rows", 1)
    return int(recorded.get("worlds") or 1) * int(points), int(recorded.get("months") or 1)


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
