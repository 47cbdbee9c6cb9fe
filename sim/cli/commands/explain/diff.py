"""`sim diff`: two histories of the same world, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.commands.explain.tell import StoryFormat
from sim.cli.options import FirstArgument, NewFileOption, SecondArgument

if TYPE_CHECKING:
    from sim.analysis.stories.divergence_report import DivergenceReport


def diff(
    first: FirstArgument,
    second: SecondArgument,
    *,
    world: Annotated[int, typer.Option(metavar="N", help="The number of the world.")],
    every: Annotated[
        bool, typer.Option("--all", help="Show all months in which the histories differ.")
    ] = False,
    form: Annotated[
        StoryFormat, typer.Option("--format", help="JSON has everything.")
    ] = StoryFormat.TEXT,
    out: NewFileOption = None,
) -> None:
    """Show where two histories of the same world diverge, what follows, and what stays the same."""
    from sim.analysis.data.resolve import open_source  # noqa: PLC0415
    from sim.analysis.stories.tell import compare_world, require_same_draws  # noqa: PLC0415
    from sim.cli.output import write_output  # noqa: PLC0415
    from sim.cli.progress import track_announced  # noqa: PLC0415
    from sim.cli.work import DIVERGENCE  # noqa: PLC0415

    sides = open_source(first), open_source(second)
    require_same_draws(*sides, world)
    with track_announced("Simulating the world twice", DIVERGENCE):
        text = _render_pair(compare_world(*sides, world, every=every), form)
    write_output(text, out)


def _render_pair(pair: DivergenceReport, form: StoryFormat) -> str:
    from sim.analysis.stories.render_divergence import (  # noqa: PLC0415
        divergence_record,
        render_divergence_markdown,
        render_divergence_text,
    )
    from sim.output import render_json  # noqa: PLC0415

    match form:
        case StoryFormat.TEXT:
            return render_divergence_text(pair)
        case StoryFormat.MARKDOWN:
            return render_divergence_markdown(pair)
        case StoryFormat.JSON:
            return render_json(divergence_record(pair))
