"""`sim diff`: two histories of the same world, side by side."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.commands.tell import Form
from sim.errors import RequestError

if TYPE_CHECKING:
    from sim.analysis.stories.render_divergence import Pair
    from sim.analysis.stories.source import Source


def diff(
    one: Annotated[Path, typer.Argument(metavar="A", help="A results folder or scenario file.")],
    other: Annotated[Path, typer.Argument(metavar="B", help="Another one.")],
    *,
    world: Annotated[int, typer.Option(metavar="N", help="The number of the world.")],
    every: Annotated[
        bool, typer.Option("--all", help="Show all months in which the histories differ.")
    ] = False,
    form: Annotated[Form, typer.Option("--format", help="JSON has everything.")] = Form.TEXT,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write to a file that is not there yet.")
    ] = None,
) -> None:
    """Say where two histories of the same world part, what follows, and whom it never reaches."""
    from sim.analysis.comparison.inputs import differing_inputs  # noqa: PLC0415
    from sim.analysis.stories.divergence import difference  # noqa: PLC0415
    from sim.analysis.stories.render_divergence import Pair  # noqa: PLC0415
    from sim.analysis.stories.replay import relive  # noqa: PLC0415
    from sim.analysis.stories.source import check_world, source  # noqa: PLC0415
    from sim.cli.output import put  # noqa: PLC0415

    sides = source(one), source(other)
    scenarios = sides[0].scenario, sides[1].scenario
    _check_alike(*sides)
    for scenario in scenarios:
        check_world(scenario, world)
    lives = relive(scenarios[0], world), relive(scenarios[1], world)
    inputs = differing_inputs(scenarios)
    pair = Pair(_names(*sides), lives, inputs, difference(*lives), every)
    put(_written(pair, form), out)


def _check_alike(one: Source, other: Source) -> None:
    """See to it that the two have the same luck in the same months.

    Raises:
        RequestError: they have not.
    """
    for what in ("seed", "start", "months"):
        here, there = getattr(one.scenario, what), getattr(other.scenario, what)
        if here != there:
            raise RequestError(
                f"{one.path} and {other.path}: {what} is {here} in the one and {there} in the "
                f"other\n    histories are compared decision by decision; both need the same {what}"
            )


def _names(one: Source, other: Source) -> tuple[str, str]:
    if one.name != other.name:
        return one.name, other.name
    return (one.path.name, other.path.name) if one.path.name != other.path.name else ("A", "B")


def _written(pair: Pair, form: Form) -> str:
    from sim.analysis.stories.render_divergence import as_page, as_record, as_text  # noqa: PLC0415
    from sim.cli.output import as_json  # noqa: PLC0415

    match form:
        case Form.TEXT:
            return as_text(pair)
        case Form.MARKDOWN:
            return as_page(pair)
        case Form.JSON:
            return as_json(as_record(pair))
