"""What a scenario consists of and rests on, in plain words."""

from __future__ import annotations

from textwrap import fill

from sim.experiment.storage.manifest import count_grades
from sim.scenario.schema.scenario import Scenario


def describe_contents(scenario: Scenario) -> str:
    """Return who and what there is."""
    counts = (
        (len(scenario.actors), "actor", "actors"),
        (len(scenario.treaties), "treaty", "treaties"),
        (len(scenario.rivalries), "rivalry", "rivalries"),
        (len(scenario.wars), "war under way", "wars under way"),
        (len(scenario.shocks), "dated event", "dated events"),
    )
    return ", ".join(format_count(*count) for count in counts if count[0]) + "."


def describe_grades(scenario: Scenario) -> str:
    """Return how many of its numbers are how firmly known."""
    of = count_grades(scenario)
    return (
        f"{format_count(of.total, 'number', 'numbers')}: {of.measured} measured, {of.estimated} "
        f"estimated, {of.judgement} judgement; {of.uncertain} of them uncertain and drawn anew "
        "for each world."
    )


def describe_run_size(scenario: Scenario) -> str:
    """Return how many worlds are lived, for how long and with which luck."""
    worlds = format_count(scenario.worlds, "world", "worlds")
    months = format_count(scenario.months, "month", "months")
    start = f"{scenario.start.day} {scenario.start:%B %Y}"
    return f"{worlds} of {months} each, from {start}, seed {scenario.seed}."


def format_count(count: int, singular: str, plural: str) -> str:
    """Return a count with its noun."""
    return f"{count:,} {singular if count == 1 else plural}"


def indent_paragraph(line: str, width: int = 80) -> str:
    """Return a line as a paragraph that stands in from the margin."""
    return fill(line, width, initial_indent="  ", subsequent_indent="  ")
