"""`sim tell`: one world as a story."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from sim.analysis.stories.render_story import WorldStory


class StoryFormat(StrEnum):
    """The forms in which a story is written."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"


class ReferenceCase(StrEnum):
    """What the case of a promise can be held against."""

    AVERAGE = "average"
    RECORD = "record"


class PickRule(StrEnum):
    """The rules by which a world can be chosen."""

    TYPICAL = "typical"
    WAR = "war"
    SURPRISING = "surprising"
    FIRST_HONOURED = "first-honoured"


ResultsOrScenarioArgument = Annotated[
    Path, typer.Argument(metavar="RESULTS", help="A results folder, or a scenario file.")
]
WorldOption = Annotated[int | None, typer.Option(metavar="N", help="The number of the world.")]


def tell(
    results: ResultsOrScenarioArgument,
    *,
    world: WorldOption = None,
    pick: Annotated[
        PickRule | None, typer.Option(help="Choose a world out of the results.")
    ] = None,
    why: Annotated[
        str | None,
        typer.Option(
            metavar="ALLY[@MONTH]",
            help="Say instead why an ally kept or broke its word, input by input.",
        ),
    ] = None,
    against: Annotated[
        ReferenceCase, typer.Option(help="Hold that case against the average one, or the record's.")
    ] = ReferenceCase.AVERAGE,
    form: Annotated[
        StoryFormat,
        typer.Option("--format", help="JSON has every consideration of every decision told."),
    ] = StoryFormat.TEXT,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write to a file that is not there yet.")
    ] = None,
) -> None:
    """Tell one world month by month: what happened, who decided it, and what weighed most."""
    from sim.analysis.data.resolve import open_source  # noqa: PLC0415
    from sim.analysis.stories.tell import prepare_story  # noqa: PLC0415
    from sim.cli.output import write_output  # noqa: PLC0415

    told = prepare_story(open_source(results), world, pick)
    write_output(_render_case(told, why, against, form) if why else _render_story(told, form), out)


def _render_story(story: WorldStory, form: StoryFormat) -> str:
    from sim.analysis.stories.render_story import (  # noqa: PLC0415
        render_story_markdown,
        render_story_text,
        story_record,
    )
    from sim.cli.output import format_json  # noqa: PLC0415

    match form:
        case StoryFormat.TEXT:
            return render_story_text(story)
        case StoryFormat.MARKDOWN:
            return render_story_markdown(story)
        case StoryFormat.JSON:
            return format_json(story_record(story))


def _render_case(story: WorldStory, event: str, against: ReferenceCase, form: StoryFormat) -> str:
    from sim.analysis.stories import render_promise  # noqa: PLC0415
    from sim.analysis.stories.tell import explain_promise  # noqa: PLC0415
    from sim.cli.output import format_json  # noqa: PLC0415

    found = explain_promise(story, event, against)
    match form:
        case StoryFormat.TEXT:
            return render_promise.render_promise_text(found)
        case StoryFormat.MARKDOWN:
            return render_promise.render_promise_markdown(found)
        case StoryFormat.JSON:
            return format_json(render_promise.promise_record(found))
