"""`sim export`: results as an archive for the EMA Workbench."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.inputs import simulate_inputs
from sim.cli.options import InputArgument


def export(
    ctx: typer.Context,
    results: InputArgument,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A new file, such as x.tar.gz.")],
) -> None:
    """Write results as an archive of the EMA Workbench, with each world's assumptions as inputs."""
    from sim.analysis.data.ema_export import write_ema_archive  # noqa: PLC0415
    from sim.analysis.data.frames import load  # noqa: PLC0415

    [folder] = simulate_inputs(ctx, [results])
    write_ema_archive(load(folder), file)
    print(file)
