"""What is shown of a discovery: rules in words, with what they catch."""

from __future__ import annotations

from collections.abc import Iterator
from math import isinf

from rich.console import Console

from sim.analysis.sensitivity.scenario_discovery import (
    MIN_WORLDS,
    Condition,
    DiscoveredRule,
    Discovery,
)
from sim.cli.numbers import format_share_interval
from sim.cli.output import OutputRecord
from sim.cli.wording import format_count, indent_paragraph
from sim.experiment.storage.engine_fingerprint import engine_fingerprint
from sim.experiment.storage.metrics import Metric
from sim.experiment.storage.results import Results
from sim.statistics.intervals import Interval

_CAVEATS = (
    "Rules were looked for in every second world; all figures about them are of the other half.",
    "A rule says what goes together under the scenario's assumptions, and forecasts nothing.",
)
_OTHER_ENGINE_NOTE = (
    "The model has changed since: what the worlds assumed was drawn again by the model of today, "
    "and may not be what they assumed then."
)


def show_discovery(discovery: Discovery, run: Results) -> None:
    """Print the rules to stdout."""
    console = Console(highlight=False, markup=False, emoji=False)
    console.print(f"\n{run.scenario.title}: {discovery.outcome}", style="bold", soft_wrap=True)
    _print_lines(
        console,
        f"So it went in {_format_share(discovery.share)} of {_format_worlds(discovery.worlds)}.",
    )
    for place, rule in enumerate(discovery.rules, start=1):
        console.print(f"\nRule {place}: most often where", style="bold")
        _print_lines(console, *_describe_rule(rule, discovery.share.value))
    if not discovery.rules:
        _print_lines(console, _explain_no_rules(discovery))
    console.print()
    changed = run.engine != engine_fingerprint()
    _print_lines(
        console, *(_CAVEATS if discovery.rules else ()), *([_OTHER_ENGINE_NOTE] if changed else ())
    )


def build_discovery_records(discovery: Discovery) -> list[OutputRecord]:
    """Return a line for each condition of each rule, for a spreadsheet."""
    return [
        {
            "measure": discovery.outcome.measure.name,
            "outcome": str(discovery.outcome),
            "rule": place,
            "key": one.key,
            "meaning": one.meaning,
            "above": None if isinf(one.above) else one.above,
            "up_to": None if isinf(one.up_to) else one.up_to,
            "unit": one.number.unit,
            "worlds": rule.world_share,
            "density": rule.density.value,
            "density_low": rule.density.low,
            "density_high": rule.density.high,
            "coverage": rule.coverage.value,
            "coverage_low": rule.coverage.low,
            "coverage_high": rule.coverage.high,
            "share": discovery.share.value,
        }
        for place, rule in enumerate(discovery.rules, start=1)
        for one in rule.conditions
    ]


def _print_lines(console: Console, *lines: str) -> None:
    for line in lines:
        console.print(indent_paragraph(line, console.width), soft_wrap=True)


def _describe_rule(rule: DiscoveredRule, overall_share: float) -> Iterator[str]:
    for one in rule.conditions:
        yield f"- {_describe_condition(one)}: {one.meaning}".rstrip(": ")
    yield (
        f"Where that holds, so it went in {_format_share(rule.density)} of worlds, against "
        f"{100 * overall_share:.3g} % of all (density)."
    )
    yield (
        f"It holds in {100 * rule.world_share:.3g} % of worlds, and these are {_format_share(rule.coverage)} "
        "of those that went so (coverage)."
    )


def _describe_condition(condition: Condition) -> str:
    """Return a condition in words, with the range it narrows."""
    edges = [f"above {condition.above:.3g}"] if not isinf(condition.above) else []
    edges += [f"up to {condition.up_to:.3g}"] if not isinf(condition.up_to) else []
    span = f"of {condition.number.low:g} to {condition.number.high:g} {condition.number.unit}"
    return f"{condition.key} {' and '.join(edges)} ({span})"


def _explain_no_rules(discovery: Discovery) -> str:
    if discovery.too_few_worlds:
        return (
            f"Too few worlds went so, or went otherwise, to look for rules: at least {2 * MIN_WORLDS} "
            "of each are needed. Live more --worlds."
        )
    return (
        "No combination of assumptions stands out in worlds in which it was not looked for: "
        "chance decides, or there are too few worlds to tell."
    )


def _format_share(estimate: Interval) -> str:
    value, interval = format_share_interval(Metric("", "", *estimate, worlds=1))
    return f"{value} ({interval})"


def _format_worlds(count: int) -> str:
    return format_count(count, "world", "worlds")
