"""`sim diff`: two histories of the same world, side by side."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.commands.tell import StoryFormat
from sim.errors import RequestError

if TYPE_CHECKING:
    from sim.analysis.data.resolve import ScenarioSource
    from sim.analysis.stories.render_divergence import DivergenceReport


def diff(
    one: Annotated[Path, typer.Argument(metavar="A", help="A results folder or scenario file.")],
    other: Annotated[Path, typer.Argument(metavar="B", help="Another one.")],
    *,
    world: Annotated[int, typer.Option(metavar="N", help="The number of the world.")],
    every: Annotated[
        bool, typer.Option("--all", help="Show all months in which the histories differ.")
    ] = False,
    form: Annotated[
        StoryFormat, typer.Option("--format", help="JSON has everything.")
    ] = StoryFormat.TEXT,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write to a file that is not there yet.")
    ] = None,
) -> None:
    """Say where two histories of the same world part, what follows, and whom it never reaches."""
    from sim.analysis.comparison.inputs import compare_inputs  # noqa: PLC0415
    from sim.analysis.data.resolve import open_source, require_world  # noqa: PLC0415
    from sim.analysis.stories.divergence import compare_histories  # noqa: PLC0415
    from sim.analysis.stories.render_divergence import DivergenceReport  # noqa: PLC0415
    from sim.analysis.stories.replay import resimulate  # noqa: PLC0415
    from sim.cli.output import write_output  # noqa: PLC0415

    sides = open_source(one), open_source(other)
    scenarios = sides[0].scenario, sides[1].scenario
    _check_comparable(*sides)
    for scenario in scenarios:
        require_world(scenario, world)
    lives = resimulate(scenarios[0], world), resimulate(scenarios[1], world)
    inputs = compare_inputs(scenarios)
    pair = DivergenceReport(_name_sides(*sides), lives, inputs, compare_histories(*lives), every)
    write_output(_render_pair(pair, form), out)


def _check_comparable(first: ScenarioSource, second: ScenarioSource) -> None:
    """See to it that the two have the same luck in the same months.

    Raises:
        RequestError: they have not.
    """
    for what in ("seed", "start", "months"):
        here, there = getattr(first.scenario, what), getattr(second.scenario, what)
        if here != there:
            raise RequestError(
                f"{first.path} and {second.path}: {what} is {here} in the one and {there} in the "
                f"other\n    histories are compared decision by decision; both need the same {what}"
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
    from sim.cli.output import format_json  # noqa: PLC0415

    match form:
        case StoryFormat.TEXT:
            return render_divergence_text(pair)
        case StoryFormat.MARKDOWN:
            return render_divergence_markdown(pair)
        case StoryFormat.JSON:
            return format_json(divergence_record(pair))
