"""`sim tell`: one world as a story."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from sim.analysis.stories.render_story import Told


class Form(StrEnum):
    """The forms in which a story is written."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"


class Reference(StrEnum):
    """What the case of a promise can be held against."""

    AVERAGE = "average"
    RECORD = "record"


class Rule(StrEnum):
    """The rules by which a world can be chosen."""

    TYPICAL = "typical"
    WAR = "war"
    SURPRISING = "surprising"
    FIRST_HONOURED = "first-honoured"


Lived = Annotated[
    Path, typer.Argument(metavar="RESULTS", help="A results folder, or a scenario file.")
]
World = Annotated[int | None, typer.Option(metavar="N", help="The number of the world.")]


def tell(
    results: Lived,
    *,
    world: World = None,
    pick: Annotated[Rule | None, typer.Option(help="Choose a world out of the results.")] = None,
    why: Annotated[
        str | None,
        typer.Option(
            metavar="ALLY[@MONTH]",
            help="Say instead why an ally kept or broke its word, input by input.",
        ),
    ] = None,
    against: Annotated[
        Reference, typer.Option(help="Hold that case against the average one, or the record's.")
    ] = Reference.AVERAGE,
    form: Annotated[
        Form, typer.Option("--format", help="JSON has every consideration of every decision told.")
    ] = Form.TEXT,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write to a file that is not there yet.")
    ] = None,
) -> None:
    """Tell one world month by month: what happened, who decided it, and what weighed most."""
    from sim.analysis.stories.source import source  # noqa: PLC0415
    from sim.analysis.stories.tell import tale  # noqa: PLC0415
    from sim.cli.output import put  # noqa: PLC0415

    told = tale(source(results), world, pick)
    put(_why(told, why, against, form) if why else _written(told, form), out)


def _written(told: Told, form: Form) -> str:
    from sim.analysis.stories.render_story import as_page, as_record, as_text  # noqa: PLC0415
    from sim.cli.output import as_json  # noqa: PLC0415

    match form:
        case Form.TEXT:
            return as_text(told)
        case Form.MARKDOWN:
            return as_page(told)
        case Form.JSON:
            return as_json(as_record(told))


def _why(told: Told, event: str, against: Reference, form: Form) -> str:
    from sim.analysis.stories import render_promise  # noqa: PLC0415
    from sim.analysis.stories.tell import case  # noqa: PLC0415
    from sim.cli.output import as_json  # noqa: PLC0415

    found = case(told, event, against)
    match form:
        case Form.TEXT:
            return render_promise.as_text(found)
        case Form.MARKDOWN:
            return render_promise.as_page(found)
        case Form.JSON:
            return as_json(render_promise.as_record(found))
