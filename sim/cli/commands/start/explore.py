"""`sim explore`: a page to play with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.completion import complete_inputs
from sim.cli.options import OpenOption, OutOption, SizeOptions, WorkersOption, expand_options
from sim.cli.whole_number import whole_number_option

if TYPE_CHECKING:
    from sim.explore.sides import Sides

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
_ServeOption = Annotated[
    bool,
    typer.Option(
        "--serve",
        help="Serve the page on this computer instead, where worlds can be simulated anew.",
    ),
]
_PortOption = Annotated[
    int, whole_number_option(most=65535, text="With --serve: the port; 0 for any.")
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
    serve: _ServeOption = False,
    port: _PortOption = 0,
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
    from sim.extras import check_installed  # noqa: PLC0415

    if serve:
        check_installed("serve", "starlette", "uvicorn")
    elif not force:
        require_absent(to, "--force overwrites it", "--to")
    require_number(sides)
    folders = simulate_inputs(ctx, sides, _choose_size(sides, size, out), workers, out)
    measures = tuple(measure or ())
    options = PackOptions(ctx.obj, measures, workers=workers, track=progress.track_worlds)
    opened = open_sides(folders)
    header = build_pack(opened, options.quick() if quick else options)
    if serve:
        _serve(header, opened, port, measures, workers, open_page=open_)
        return
    write_page(header, to)
    typer.echo(to)
    if open_:
        open_in_browser(to)


def _serve(
    header: dict[str, Any],
    sides: Sides,
    port: int,
    measures: tuple[str, ...],
    workers: int | None,
    *,
    open_page: bool,
) -> None:
    import webbrowser  # noqa: PLC0415

    from sim.explore.serve.run import serve_page  # noqa: PLC0415

    def ready(address: str) -> None:
        typer.echo(f"{address}\nThe page is on this computer only. Ctrl-C ends it.")
        if open_page:
            webbrowser.open(address)

    serve_page(header, sides, port, ready, measures, workers)


def _choose_size(sides: Sequence[Path], size: SizeOptions, out: Path) -> SizeOptions:
    """Return the size with the default number of worlds where the first side is simulated."""
    from sim.analysis.data.locate import is_scenario_file, locate  # noqa: PLC0415

    if size.worlds is None and is_scenario_file(locate(sides[0], out)):
        return replace(size, worlds=DEFAULT_WORLDS)
    return size
