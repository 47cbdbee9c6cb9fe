"""What a scenario consists of and rests on, in plain words."""

from __future__ import annotations

from textwrap import fill

from sim.experiment.storage.manifest import numbers
from sim.scenario.schema.scenario import Scenario


def contents(scenario: Scenario) -> str:
    """Return who and what there is."""
    counts = (
        (len(scenario.actors), "actor", "actors"),
        (len(scenario.treaties), "treaty", "treaties"),
        (len(scenario.rivalries), "rivalry", "rivalries"),
        (len(scenario.wars), "war under way", "wars under way"),
        (len(scenario.shocks), "dated event", "dated events"),
    )
    return ", ".join(counted(*count) for count in counts if count[0]) + "."


def grades(scenario: Scenario) -> str:
    """Return how many of its numbers are how firmly known."""
    of = numbers(scenario)
    return (
        f"{counted(of.total, 'number', 'numbers')}: {of.measured} measured, {of.estimated} "
        f"estimated, {of.judgement} judgement; {of.uncertain} of them uncertain and drawn anew "
        "for each world."
    )


def extent(scenario: Scenario) -> str:
    """Return how many worlds are lived, for how long and with which luck."""
    worlds = counted(scenario.worlds, "world", "worlds")
    months = counted(scenario.months, "month", "months")
    start = f"{scenario.start.day} {scenario.start:%B %Y}"
    return f"{worlds} of {months} each, from {start}, seed {scenario.seed}."


def counted(count: int, one: str, many: str) -> str:
    """Return a count with its noun."""
    return f"{count:,} {one if count == 1 else many}"


def indented(line: str, width: int = 80) -> str:
    """Return a line as a paragraph that stands in from the margin."""
    return fill(line, width, initial_indent="  ", subsequent_indent="  ")
