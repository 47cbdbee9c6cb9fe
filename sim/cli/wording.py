"""Describes a scenario in sentences, and the helpers that sentences need."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import fill

from sim.experiment.storage.manifest import count_grades
from sim.output import format_count
from sim.scenario.schema.past import PastSpec, RulesAfterwards
from sim.scenario.schema.scenario import Scenario

CAVEATS = (
    "Conditional frequencies, not forecasts.",
    (
        "The 95% intervals reflect simulation error only: they narrow with more worlds and say "
        "nothing about whether the assumptions hold."
    ),
)
"""Printed below every table of results."""


def describe_contents(scenario: Scenario) -> str:
    """Return how many actors, treaties and events a scenario has."""
    counts = (
        (len(scenario.actors), "actor", "actors"),
        (len(scenario.treaties), "treaty", "treaties"),
        (len(scenario.rivalries), "rivalry", "rivalries"),
        (len(scenario.wars), "war under way", "wars under way"),
        (len(scenario.shocks), "dated event", "dated events"),
    )
    return ", ".join(format_count(*count) for count in counts if count[0]) + "."


def describe_grades(scenario: Scenario) -> str:
    """Return how many of its numbers are measured, estimated and judged."""
    grades, past = count_grades(scenario), scenario.past
    drawn = _drawn_after_past(past) if past else "drawn anew for each world"
    return (
        f"{format_count(grades.total, 'input', 'inputs')}: {grades.measured} measured, "
        f"{grades.estimated} estimated, {grades.judgement} judged (sim sources); "
        f"{grades.uncertain} are uncertain and {drawn}."
    )


def _drawn_after_past(past: PastSpec) -> str:
    shared = f"drawn once, as in world {past.world:,}"
    if past.rules is RulesAfterwards.OWN:
        return shared
    after = format_count(past.months, "month", "months")
    return f"{shared}, those under rules anew for each world after {after}"


def describe_past(scenario: Scenario) -> str:
    """Return which past all worlds share, and what was decided by hand; empty without a past."""
    past = scenario.past
    if past is None:
        return ""
    shared = f"{format_count(past.months, 'month', 'months')} of world {past.world:,}"
    moves = format_count(len(past.moves), "decision", "decisions")
    return f"All worlds share {shared}; {moves} by hand."


def describe_run_size(scenario: Scenario) -> str:
    """Return how many worlds are simulated, for how long and with which seed."""
    worlds = format_count(scenario.worlds, "simulated world", "simulated worlds")
    months = format_count(scenario.months, "month", "months")
    start = f"{scenario.start.day} {scenario.start:%B %Y}"
    return f"{worlds}, {months} from {start}, seed {scenario.seed}"


def join_first_names(names: Sequence[str], limit: int) -> str:
    """Return the first names in a row, and how many more there are."""
    more = [f"and {len(names) - limit} more"] if len(names) > limit else []
    return ", ".join([*names[:limit], *more])


def indent_paragraph(line: str, width: int = 80) -> str:
    """Return a line as a paragraph indented from the margin."""
    return fill(line, width, initial_indent="  ", subsequent_indent="  ")
