"""What a command reads: results that a user named, or those of a scenario, simulated first."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from sim.cli.options import SizeOptions
from sim.cli.pace import DEFAULT_MONTHS

if TYPE_CHECKING:
    from sim.experiment.storage.results import Results

_AS_IT_IS = SizeOptions()
"""The size that a scenario states itself."""
_RESULTS = Path("results")


def simulate_inputs(
    ctx: typer.Context,
    inputs: Sequence[Path],
    size: SizeOptions = _AS_IT_IS,
    workers: int | None = None,
    out: Path = _RESULTS,
) -> list[Path]:
    """Return a results folder or a point for each input; a scenario is simulated unless it was.

    Raises:
        RequestError: there is nothing of that name, or a size for finished results.
        ScenarioError: a scenario cannot be used.
        ResultsError: a folder cannot be read or written.
    """
    from sim.analysis.data.resolve import RunSettings, ensure_simulated  # noqa: PLC0415
    from sim.cli import progress  # noqa: PLC0415
    from sim.experiment.run import RunOptions  # noqa: PLC0415

    settings = RunSettings(size.worlds, size.months, size.seed)
    options = RunOptions(workers=workers, command=ctx.obj)
    track = partial(progress.track_worlds, months=size.months or DEFAULT_MONTHS, resumes=True)
    return ensure_simulated(inputs, settings, out, options, track)


def open_input(
    ctx: typer.Context,
    named: Path,
    size: SizeOptions = _AS_IT_IS,
    workers: int | None = None,
    out: Path = _RESULTS,
) -> Results:
    """Open a run or a point of a sweep; a scenario is simulated unless it was.

    Raises:
        RequestError: there is nothing of that name, or a size for finished results.
        ScenarioError: a scenario cannot be used.
        ResultsError: a folder cannot be read or written.
    """
    from sim.analysis.data.resolve import open_run  # noqa: PLC0415

    [folder] = simulate_inputs(ctx, [named], size, workers, out)
    return open_run(folder)
