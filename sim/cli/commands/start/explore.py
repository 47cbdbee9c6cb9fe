"""`sim explore`: a page to play with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from sim.cli.completion import complete_inputs
from sim.cli.options import OpenOption, OutOption, SizeOptions, WorkersOption, expand_options

DEFAULT_WORLDS = 3000
"""Worlds of each scenario: enough to hold two assumptions to a third of their range."""
_SidesArgument = Annotated[
    list[Path],
    typer.Argument(
        metavar="A [B...]",
        help="Scenarios, which are simulated unless they were before; or results.",
        autocompletion=complete_inputs,
    ),
]
_PageOption = Annotated[Path, typer.Option("--to", metavar="FILE", help="The new page.")]
_MeasuresOption = Annotated[
    list[str] | None,
    typer.Option(
        "--measure",
        metavar="NAME",
        help="Show this outcome first, instead of the headlines of the scenarios; repeatable.",
    ),
]
_QuickOption = Annotated[
    bool,
    typer.Option("--quick", help="Leave out stories, choices and who comes to whom."),
]
_OverwriteOption = Annotated[bool, typer.Option("--force", help="Overwrite an existing page.")]


@expand_options
def explore(
    ctx: typer.Context,
    sides: _SidesArgument,
    *,
    to: _PageOption = Path("explorer.html"),
    measure: _MeasuresOption = None,
    quick: _QuickOption = False,
    force: _OverwriteOption = False,
    open_: OpenOption = False,
    size: SizeOptions,
    workers: WorkersOption = None,
    out: OutOption = Path("results"),
) -> None:
    """Write a page on which a reader supposes something and sees what follows."""
    from sim.cli import progress  # noqa: PLC0415
    from sim.cli.inputs import simulate_inputs  # noqa: PLC0415
    from sim.cli.output import open_in_browser  # noqa: PLC0415
    from sim.experiment.storage.atomic import require_absent  # noqa: PLC0415
    from sim.explore.build import PackOptions, build_pack  # noqa: PLC0415
    from sim.explore.page import write_page  # noqa: PLC0415
    from sim.explore.sides import open_sides, require_number  # noqa: PLC0415

    if not force:
        require_absent(to, "--force overwrites it", "--to")
    require_number(sides)
    folders = simulate_inputs(ctx, sides, _choose_size(sides, size, out), workers, out)
    options = PackOptions(
        command=ctx.obj,
        measures=tuple(measure or ()),
        workers=workers,
        track=progress.track_worlds,
    )
    write_page(build_pack(open_sides(folders), options.quick() if quick else options), to)
    typer.echo(to)
    if open_:
        open_in_browser(to)


def _choose_size(sides: Sequence[Path], size: SizeOptions, out: Path) -> SizeOptions:
    """Return the size with the default number of worlds where the first side is simulated."""
    from sim.analysis.data.locate import is_scenario_file, locate  # noqa: PLC0415

    if size.worlds is None and is_scenario_file(locate(sides[0], out)):
        return replace(size, worlds=DEFAULT_WORLDS)
    return size
