"""Renders the result of `sim discover`: rules in words, with their density and coverage."""

from __future__ import annotations

from collections.abc import Iterator
from math import isinf

from sim.analysis.sensitivity.scenario_discovery import (
    MIN_WORLDS,
    Condition,
    DiscoveredRule,
    Discovery,
)
from sim.cli.numbers import format_share_interval
from sim.cli.output import open_console, print_paragraphs
from sim.experiment.storage.engine_fingerprint import engine_fingerprint
from sim.experiment.storage.metrics import Metric
from sim.experiment.storage.results import Results
from sim.output import format_count
from sim.statistics.intervals import Interval

_CAVEATS = (
    "Rules were fitted to every second world; all figures are from the other half.",
    "A rule describes an association under the scenario's assumptions; it is not a forecast.",
)
_OTHER_ENGINE_NOTE = (
    "The model has changed since: the assumptions of the worlds were drawn again with the current "
    "version and may differ from those of the run."
)


def show_discovery(discovery: Discovery, run: Results) -> None:
    """Print the rules to stdout."""
    console = open_console()
    console.print(f"\n{run.scenario.title}: {discovery.outcome}", style="bold", soft_wrap=True)
    print_paragraphs(console, [_describe_share(discovery)])
    for number, rule in enumerate(discovery.rules, start=1):
        console.print(f"\nRule {number}: most often where", style="bold")
        print_paragraphs(console, _describe_rule(rule, discovery.share.value))
    if not discovery.rules:
        print_paragraphs(console, [_explain_no_rules(discovery)])
    console.print()
    changed = run.engine != engine_fingerprint()
    notes = [*(_CAVEATS if discovery.rules else ()), *([_OTHER_ENGINE_NOTE] if changed else ())]
    print_paragraphs(console, notes)


def _describe_share(discovery: Discovery) -> str:
    given = discovery.outcome.measure.given
    if not discovery.worlds:
        return f"It is defined only where {given}, which occurs in no simulated world."
    worlds = format_count(discovery.worlds, "simulated world")
    among = f"{worlds} with {given}" if given else worlds
    return f"This outcome occurred in {_format_share(discovery.share)} of {among}."


def _describe_rule(rule: DiscoveredRule, overall_share: float) -> Iterator[str]:
    for condition in rule.conditions:
        yield f"- {_describe_condition(condition)}: {condition.meaning}".rstrip(": ")
    yield (
        f"Where this holds, the outcome occurred in {_format_share(rule.density)} of worlds, "
        f"against {100 * overall_share:.3g}% of all (density)."
    )
    yield (
        f"It holds in {100 * rule.world_share:.3g}% of worlds, which include "
        f"{_format_share(rule.coverage)} of those with the outcome (coverage)."
    )


def _describe_condition(condition: Condition) -> str:
    """Return a condition in words, with the range that it narrows."""
    edges = [f"above {condition.above:.3g}"] if not isinf(condition.above) else []
    edges += [f"up to {condition.up_to:.3g}"] if not isinf(condition.up_to) else []
    span = f"of {condition.number.low:g} to {condition.number.high:g} {condition.number.unit}"
    return f"{condition.key} {' and '.join(edges)} ({span})"


def _explain_no_rules(discovery: Discovery) -> str:
    if discovery.too_few_worlds:
        return (
            f"Too few worlds with, or without, the outcome to search for rules: at least "
            f"{2 * MIN_WORLDS} of each are needed, or about {discovery.worlds_needed:,} --worlds."
        )
    return (
        "No combination of assumptions predicts the outcome in the worlds held out for testing: "
        "chance dominates, or there are too few worlds to tell."
    )


def _format_share(estimate: Interval) -> str:
    value, interval = format_share_interval(Metric("", "", *estimate, worlds=1))
    return f"{value} ({interval})"
