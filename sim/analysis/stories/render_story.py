"""Renders a story as plain text, as Markdown or as a record for programs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from textwrap import fill
from typing import Any

from sim.analysis.stories.phrases import chance_in_words
from sim.analysis.stories.replay import Choice, WorldRecord
from sim.analysis.stories.story import StoryLine, StoryMonth, compose_story
from sim.analysis.stories.weights import weigh_terms
from sim.model.measures.registry import Measure, MeasureKind, list_measures
from sim.scenario.schema.scenario import Scenario

TEXT_WIDTH = 80
STORY_CAVEAT = (
    "This is one of many simulated histories, not a forecast. The chances follow from the "
    "assumptions of the scenario. A decision is taken where the draw, a random number from 0 to 1, "
    "is below its chance."
)


@dataclass(frozen=True)
class WorldStory:
    """The story of one world, ready to be rendered.

    Attributes:
        scenario_name: the scenario's short name.
        record: the world.
        selection_reason: why this world was chosen; empty where its number was given.
        shown_measures: the measures that summarise it.
    """

    scenario_name: str
    record: WorldRecord
    selection_reason: str
    shown_measures: list[Measure]

    @property
    def title(self) -> str:
        """The heading."""
        return f"World {self.record.world} of “{self.record.scenario.title}”"

    @property
    def extent(self) -> str:
        """The simulated period and the seed."""
        scenario = self.record.scenario
        return f"{scenario.months} months from {format_date(scenario.start)}, seed {scenario.seed}."

    @property
    def selection_sentence(self) -> str:
        """Why this world, as a sentence; or nothing."""
        return f"Chosen: {self.selection_reason}." if self.selection_reason else ""


def story_measures(scenario: Scenario) -> list[Measure]:
    """Return the measures that summarise a world: the headlines of the scenario, or all."""
    measures = list_measures(scenario)
    return [measure for measure in measures if measure.headline] or list(measures)


def render_story_text(world_story: WorldStory) -> str:
    """Return the story as plain text that fits 80 columns."""
    head = [world_story.title, "=" * len(world_story.title), "", wrap_paragraph(world_story.extent)]
    head += (
        [wrap_paragraph(world_story.selection_sentence)] if world_story.selection_sentence else []
    )
    head += [
        "",
        "Outcomes",
        *(wrap_paragraph(f"- {line}", "  ", "    ") for line in _outcome_lines(world_story)),
    ]
    body = [
        line for month in compose_story(world_story.record) for line in _render_month_text(month)
    ]
    return "\n".join([*head, *body, "", wrap_paragraph(STORY_CAVEAT), ""])


def render_story_markdown(world_story: WorldStory) -> str:
    """Return the story as Markdown."""
    head = [
        f"# {world_story.title}",
        "",
        world_story.extent,
        world_story.selection_sentence,
        "",
        "## Outcomes",
        "",
    ]
    head += [f"- {line}" for line in _outcome_lines(world_story)]
    body = [
        line
        for month in compose_story(world_story.record)
        for line in _render_month_markdown(month)
    ]
    return "\n".join([*head, *body, "", f"*{STORY_CAVEAT}*", ""])


def story_record(world_story: WorldStory) -> dict[str, Any]:
    """Return the story with all reasons and unrounded figures."""
    scenario = world_story.record.scenario
    return {
        "scenario": world_story.scenario_name,
        "title": scenario.title,
        "world": world_story.record.world,
        "seed": scenario.seed,
        "start": scenario.start.isoformat(),
        "picked": world_story.selection_reason,
        "end": {
            measure.name: world_story.record.measure_values[measure.name]
            for measure in world_story.shown_measures
        },
        "months": [_month_record(month) for month in compose_story(world_story.record)],
    }


def wrap_paragraph(text: str, first_indent: str = "", other_indent: str = "") -> str:
    """Return a paragraph that fits the width of the text."""
    return fill(text, TEXT_WIDTH, initial_indent=first_indent, subsequent_indent=other_indent)


def format_date(day: date) -> str:
    """Return a date written out in full."""
    return f"{day.day} {day:%B %Y}"


def choice_record(choice: Choice) -> dict[str, Any]:
    """Return a decision with unrounded figures, its strongest reasons first."""
    return {
        **choice.key._asdict(),
        "chances": list(choice.chances),
        "chance_in_words": chance_in_words(choice.chances[0]),
        "drawn": choice.draw,
        "level": choice.level,
        "weighed_most": [weight._asdict() for weight in weigh_terms(choice)],
        "terms": choice.terms,
        **({"decided_by_hand": True} if choice.played else {}),
    }


def _month_heading(month: StoryMonth) -> str:
    """Return a month's heading."""
    return f"From {format_date(month.begins)} (month {month.number})"


def _render_month_text(month: StoryMonth) -> Iterator[str]:
    yield from ("", _month_heading(month))
    for line in month.lines:
        yield wrap_paragraph(line.text, "  ", "  ")
        if line.reason:
            yield wrap_paragraph(line.reason, "      ", "      ")


def _render_month_markdown(month: StoryMonth) -> Iterator[str]:
    yield from ("", f"### {_month_heading(month)}", "")
    for line in month.lines:
        yield f"- {line.text}" + (f" *{line.reason}*" if line.reason else "")


def _month_record(month: StoryMonth) -> dict[str, Any]:
    lines = [_line_record(line) for line in month.lines]
    return {"month": month.number, "begins": month.begins.isoformat(), "told": lines}


def _line_record(line: StoryLine) -> dict[str, Any]:
    record: dict[str, Any] = {"text": line.text, "event": line.event, "actors": list(line.actors)}
    if line.choice:
        record |= {"why": line.reason, "decision": choice_record(line.choice)}
    return record


def _outcome_lines(world_story: WorldStory) -> Iterator[str]:
    """Yield the outcome of each measure."""
    for measure in world_story.shown_measures:
        values = world_story.record.measure_values
        if not measure.given or values.get(measure.given):
            yield f"{measure.short}: {_format_value(measure, values[measure.name])}"


def _format_value(measure: Measure, value: float) -> str:
    if measure.kind is MeasureKind.HAPPENED:
        return "yes" if value else "no"
    figure, unit = f"{value:.2f}".rstrip("0").rstrip("."), measure.unit
    if unit.endswith("per world"):
        return figure
    return f"{figure} ({unit})" if " to " in unit else f"{figure} {unit}"
