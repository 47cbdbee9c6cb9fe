"""`sim export`: results as an archive for the EMA Workbench."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def export(
    results: Annotated[
        Path, typer.Argument(metavar="RESULTS", help="The results folder of a run or a sweep.")
    ],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A new file, such as x.tar.gz.")],
) -> None:
    """Write results as an archive of the EMA Workbench, with each world's assumptions as inputs."""
    from sim.analysis.data.ema_export import write_ema_archive  # noqa: PLC0415
    from sim.analysis.data.frames import load  # noqa: PLC0415

    write_ema_archive(load(results), file)
    print(file)
