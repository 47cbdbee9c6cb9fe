"""A story put on paper: as plain text, as Markdown, or as a record for a program."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sim.analysis.stories.layout import CAVEAT, choice_record, day, filled
from sim.analysis.stories.replay import Life
from sim.analysis.stories.story import Line, Month, story
from sim.model.measures.registry import Kind, Measure, measures
from sim.scenario.schema.scenario import Scenario


@dataclass(frozen=True)
class Told:
    """Everything there is to put on paper of one world.

    Attributes:
        name: the scenario's short name.
        life: the world.
        picked: why this world was chosen; empty where its number was given.
        shown: the measures that sum it up.
    """

    name: str
    life: Life
    picked: str
    shown: list[Measure]

    @property
    def title(self) -> str:
        """The heading."""
        return f"World {self.life.world} of “{self.life.scenario.title}”"

    @property
    def extent(self) -> str:
        """What was lived, with which luck."""
        scenario = self.life.scenario
        return f"{scenario.months} months from {day(scenario.start)}, seed {scenario.seed}."

    @property
    def reason(self) -> str:
        """Why this world, as a sentence; or nothing."""
        return f"Chosen: {self.picked}." if self.picked else ""


def shown(scenario: Scenario) -> list[Measure]:
    """Return the measures that sum a world up: those that the scenario shows."""
    every = measures(scenario)
    return [measure for measure in every if measure.headline] or list(every)


def as_text(told: Told) -> str:
    """Return the story as plain text that fits 80 columns."""
    head = [told.title, "=" * len(told.title), "", filled(told.extent)]
    head += [filled(told.reason)] if told.reason else []
    head += ["", "In the end", *(filled(f"- {line}", "  ", "    ") for line in _end(told))]
    body = [line for month in story(told.life) for line in _text_month(month)]
    return "\n".join([*head, *body, "", filled(CAVEAT), ""])


def as_page(told: Told) -> str:
    """Return the story as Markdown."""
    head = [f"# {told.title}", "", told.extent, told.reason, "", "## In the end", ""]
    head += [f"- {line}" for line in _end(told)]
    body = [line for month in story(told.life) for line in _page_month(month)]
    return "\n".join([*head, *body, "", f"*{CAVEAT}*", ""])


def as_record(told: Told) -> dict[str, Any]:
    """Return the story with all reasons, in full figures."""
    scenario = told.life.scenario
    return {
        "scenario": told.name,
        "title": scenario.title,
        "world": told.life.world,
        "seed": scenario.seed,
        "start": scenario.start.isoformat(),
        "picked": told.picked,
        "end": {measure.name: told.life.end[measure.name] for measure in told.shown},
        "months": [_month_record(month) for month in story(told.life)],
    }


def heading(month: Month) -> str:
    """Return a month's heading."""
    return f"From {day(month.begins)} (month {month.number})"


def _text_month(month: Month) -> Iterator[str]:
    yield from ("", heading(month))
    for line in month.lines:
        yield filled(line.text, "  ", "  ")
        if line.why:
            yield filled(line.why, "      ", "      ")


def _page_month(month: Month) -> Iterator[str]:
    yield from ("", f"### {heading(month)}", "")
    for line in month.lines:
        yield f"- {line.text}" + (f" *{line.why}*" if line.why else "")


def _month_record(month: Month) -> dict[str, Any]:
    lines = [_line_record(line) for line in month.lines]
    return {"month": month.number, "begins": month.begins.isoformat(), "told": lines}


def _line_record(line: Line) -> dict[str, Any]:
    record: dict[str, Any] = {"text": line.text, "event": line.event, "actors": list(line.actors)}
    if line.choice:
        record |= {"why": line.why, "decision": choice_record(line.choice)}
    return record


def _end(told: Told) -> Iterator[str]:
    """Yield how it ended, measure by measure."""
    for measure in told.shown:
        if not measure.given or told.life.end.get(measure.given):
            yield f"{measure.label}: {_value(measure, told.life.end[measure.name])}"


def _value(measure: Measure, value: float) -> str:
    if measure.kind is Kind.HAPPENED:
        return "yes" if value else "no"
    figure, unit = f"{value:.2f}".rstrip("0").rstrip("."), measure.unit
    if unit.endswith("per world"):
        return figure
    return f"{figure} ({unit})" if " to " in unit else f"{figure} {unit}"
