"""`sim diff`: two histories of the same world, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.commands.explain.tell import StoryFormat
from sim.cli.options import FirstArgument, NewFileOption, SecondArgument
from sim.errors import RequestError

if TYPE_CHECKING:
    from sim.analysis.data.resolve import ScenarioSource
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
    from sim.analysis.data.resolve import open_source, require_world  # noqa: PLC0415
    from sim.cli.output import write_output  # noqa: PLC0415
    from sim.cli.progress import track_announced  # noqa: PLC0415
    from sim.cli.work import DIVERGENCE  # noqa: PLC0415

    sides = open_source(first), open_source(second)
    _check_comparable(*sides)
    for side in sides:
        require_world(side.scenario, world)
    with track_announced("Simulating the world twice", DIVERGENCE):
        text = _render_pair(_compare(*sides, world, every=every), form)
    write_output(text, out)


def _compare(
    first: ScenarioSource, second: ScenarioSource, world: int, *, every: bool
) -> DivergenceReport:
    from sim.analysis.comparison.inputs import compare_inputs  # noqa: PLC0415
    from sim.analysis.stories.divergence import compare_histories  # noqa: PLC0415
    from sim.analysis.stories.divergence_report import DivergenceReport  # noqa: PLC0415
    from sim.analysis.stories.replay import resimulate  # noqa: PLC0415

    histories = resimulate(first.scenario, world), resimulate(second.scenario, world)
    inputs = compare_inputs((first.scenario, second.scenario))
    divergence = compare_histories(*histories)
    return DivergenceReport(_name_sides(first, second), histories, inputs, divergence, every)


def _check_comparable(first: ScenarioSource, second: ScenarioSource) -> None:
    """Require that both have the same random draws in the same months.

    Raises:
        RequestError: seed, start or number of months differ.
    """
    for setting in ("seed", "start", "months"):
        ours, theirs = (getattr(side.scenario, setting) for side in (first, second))
        if ours != theirs:
            raise RequestError(
                f"{first.path} and {second.path}: {setting} is {ours} in the first and {theirs} in "
                f"the second\n    histories are compared decision by decision; both need the same "
                f"{setting}"
            )


def _name_sides(first: ScenarioSource, second: ScenarioSource) -> tuple[str, str]:
    if first.name != second.name:
        return first.name, second.name
    return (
        (first.path.name, second.path.name) if first.path.name != second.path.name else ("A", "B")
    )


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
