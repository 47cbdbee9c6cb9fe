"""What is shown of a discovery: rules in words, with what they catch."""

from __future__ import annotations

from collections.abc import Iterator
from math import isinf

from rich.console import Console

from sim.analysis.data.run_reader import Reading
from sim.analysis.sensitivity.scenario_discovery import FEWEST, Condition, Discovery, Rule
from sim.cli.numbers import share
from sim.cli.output import Record
from sim.cli.wording import counted, indented
from sim.experiment.engine import engine_fingerprint
from sim.experiment.storage.metrics import Metric
from sim.statistics.intervals import Interval

CAVEATS = (
    "Rules were looked for in every second world; all figures about them are of the other half.",
    "A rule says what goes together under the scenario's assumptions, and forecasts nothing.",
)
OTHER_ENGINE = (
    "The model has changed since: what the worlds assumed was drawn again by the model of today, "
    "and may not be what they assumed then."
)


def show(found: Discovery, reading: Reading) -> None:
    """Print the rules to stdout."""
    console = Console(highlight=False, markup=False, emoji=False)
    console.print(f"\n{reading.scenario.title}: {found.outcome}", style="bold", soft_wrap=True)
    _say(console, f"So it went in {_share(found.share)} of {_worlds(found.worlds)}.")
    for place, rule in enumerate(found.rules, start=1):
        console.print(f"\nRule {place}: most often where", style="bold")
        _say(console, *_rule(rule, found.share.value))
    if not found.rules:
        _say(console, _nothing(found))
    console.print()
    changed = reading.engine != engine_fingerprint()
    _say(console, *(CAVEATS if found.rules else ()), *([OTHER_ENGINE] if changed else ()))


def records(found: Discovery) -> list[Record]:
    """Return a line for each condition of each rule, for a spreadsheet."""
    return [
        {
            "measure": found.outcome.measure.name,
            "outcome": str(found.outcome),
            "rule": place,
            "key": one.key,
            "meaning": one.meaning,
            "above": None if isinf(one.above) else one.above,
            "up_to": None if isinf(one.up_to) else one.up_to,
            "unit": one.number.unit,
            "worlds": rule.worlds,
            "density": rule.density.value,
            "density_low": rule.density.low,
            "density_high": rule.density.high,
            "coverage": rule.coverage.value,
            "coverage_low": rule.coverage.low,
            "coverage_high": rule.coverage.high,
            "share": found.share.value,
        }
        for place, rule in enumerate(found.rules, start=1)
        for one in rule.conditions
    ]


def _say(console: Console, *lines: str) -> None:
    for line in lines:
        console.print(indented(line, console.width), soft_wrap=True)


def _rule(rule: Rule, usual: float) -> Iterator[str]:
    for one in rule.conditions:
        yield f"- {condition(one)}: {one.meaning}".rstrip(": ")
    yield (
        f"Where that holds, so it went in {_share(rule.density)} of worlds, against "
        f"{100 * usual:.3g} % of all (density)."
    )
    yield (
        f"It holds in {100 * rule.worlds:.3g} % of worlds, and these are {_share(rule.coverage)} "
        "of those that went so (coverage)."
    )


def condition(one: Condition) -> str:
    """Return a condition in words, with the range it narrows."""
    edges = [f"above {one.above:.3g}"] if not isinf(one.above) else []
    edges += [f"up to {one.up_to:.3g}"] if not isinf(one.up_to) else []
    span = f"of {one.number.low:g} to {one.number.high:g} {one.number.unit}"
    return f"{one.key} {' and '.join(edges)} ({span})"


def _nothing(found: Discovery) -> str:
    if found.rare:
        return (
            f"Too few worlds went so, or went otherwise, to look for rules: at least {2 * FEWEST} "
            "of each are needed. Live more --worlds."
        )
    return (
        "No combination of assumptions stands out in worlds in which it was not looked for: "
        "chance decides, or there are too few worlds to tell."
    )


def _share(found: Interval) -> str:
    value, interval = share(Metric("", "", *found, worlds=1))
    return f"{value} ({interval})"


def _worlds(count: int) -> str:
    return counted(count, "world", "worlds")
