"""`sim tell`: one world as a story."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.inputs import simulate_inputs
from sim.cli.options import InputArgument, NewFileOption

if TYPE_CHECKING:
    from sim.analysis.data.resolve import ScenarioSource
    from sim.analysis.stories.render_story import WorldStory


class StoryFormat(StrEnum):
    """The formats of a story."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"


class ReferenceCase(StrEnum):
    """The case with which an ally's decision is compared."""

    AVERAGE = "average"
    RECORD = "record"


class PickRule(StrEnum):
    """The rules by which a world can be chosen."""

    TYPICAL = "typical"
    WAR = "war"
    SURPRISING = "surprising"
    FIRST_HONOURED = "first-honoured"


WorldOption = Annotated[int | None, typer.Option(metavar="N", help="The number of the world.")]
PickOption = Annotated[PickRule | None, typer.Option(help="Choose a world by a rule.")]
WhyOption = Annotated[
    str | None,
    typer.Option(
        metavar="ALLY[@MONTH]",
        help="Explain instead why an ally honoured its commitment or reneged, or why an actor "
        "signed or left a treaty, input by input.",
    ),
]
AgainstOption = Annotated[
    ReferenceCase,
    typer.Option(help="With --why: compare with the average case, or with the record's."),
]
_ShortOption = Annotated[
    bool,
    typer.Option("--short", help="Half a page: turning points, and one draw gone otherwise."),
]
_FormatOption = Annotated[
    StoryFormat,
    typer.Option("--format", help="JSON has every consideration of every decision reported."),
]


def tell(
    ctx: typer.Context,
    results: InputArgument,
    *,
    world: WorldOption = None,
    pick: PickOption = None,
    short: _ShortOption = False,
    why: WhyOption = None,
    against: AgainstOption = ReferenceCase.AVERAGE,
    form: _FormatOption = StoryFormat.TEXT,
    out: NewFileOption = None,
) -> None:
    """Narrate one world month by month: what happened, who decided it, and the main reasons.

    Without --world or --pick it is the typical world.
    """
    from sim.analysis.data.resolve import open_source  # noqa: PLC0415
    from sim.analysis.stories.tell import prepare_story  # noqa: PLC0415
    from sim.cli.output import write_output  # noqa: PLC0415
    from sim.cli.progress import track_announced  # noqa: PLC0415
    from sim.cli.work import SHORT_TELLING, TELLING  # noqa: PLC0415

    if pick is None and world is None:
        pick = PickRule.TYPICAL
    if pick and world is None:  # a rule chooses among simulated worlds
        [results] = simulate_inputs(ctx, [results])
    source = open_source(results)
    with track_announced("Simulating the world again", SHORT_TELLING if short else TELLING):
        if short:
            text = _render_short(source, world, pick, why, form)
        else:
            story = prepare_story(source, world, pick)
            text = _render_case(story, why, against, form) if why else _render_story(story, form)
    write_output(text, out)


def _render_short(
    source: ScenarioSource, world: int | None, pick: str | None, why: str | None, form: StoryFormat
) -> str:
    from sim.analysis.stories import render_short  # noqa: PLC0415
    from sim.analysis.stories.short_story import short_story  # noqa: PLC0415
    from sim.analysis.stories.tell import choose_world  # noqa: PLC0415
    from sim.errors import RequestError  # noqa: PLC0415
    from sim.output import render_json  # noqa: PLC0415

    if why:
        raise RequestError("--short and --why: name one of the two")
    chosen = choose_world(source, world, pick)
    story = short_story(source.scenario, chosen.world)
    selection = f"Chosen: {chosen.reason}." if chosen.reason else ""
    match form:
        case StoryFormat.TEXT:
            return render_short.render_short_text(story, selection)
        case StoryFormat.MARKDOWN:
            return render_short.render_short_markdown(story, selection)
        case StoryFormat.JSON:
            return render_json(render_short.short_record(story) | {"picked": chosen.reason})


def _render_story(story: WorldStory, form: StoryFormat) -> str:
    from sim.analysis.stories.render_story import (  # noqa: PLC0415
        render_story_markdown,
        render_story_text,
        story_record,
    )
    from sim.output import render_json  # noqa: PLC0415

    match form:
        case StoryFormat.TEXT:
            return render_story_text(story)
        case StoryFormat.MARKDOWN:
            return render_story_markdown(story)
        case StoryFormat.JSON:
            return render_json(story_record(story))


def _render_case(story: WorldStory, event: str, against: ReferenceCase, form: StoryFormat) -> str:
    from sim.analysis.stories import render_promise  # noqa: PLC0415
    from sim.analysis.stories.tell import explain_promise  # noqa: PLC0415
    from sim.output import render_json  # noqa: PLC0415

    explanation = explain_promise(story, event, against)
    match form:
        case StoryFormat.TEXT:
            return render_promise.render_promise_text(explanation)
        case StoryFormat.MARKDOWN:
            return render_promise.render_promise_markdown(explanation)
        case StoryFormat.JSON:
            return render_json(render_promise.promise_record(explanation))
