"""Outcomes that differ between two scenarios by construction.

One side lacks the promise that they need, or assumes the event that brings them about. The rules
are those of docs/model.md, section "True by construction".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sim.model.measures.needs import Rule
from sim.model.measures.registry import Measure
from sim.scenario.schema.rivalries import Rung, ShockKind, ShockSpec
from sim.scenario.schema.scenario import Scenario

_IMPOSED_PREFIXES = {
    ShockKind.CEASEFIRE: ("peace",),
    ShockKind.HOME_SOIL_ATTACK: ("home_soil",),
}
"""Measures of a rivalry that a dated event on it decides, by the event's kind."""


def find_constructed(
    measures: Iterable[Measure], first: Scenario, second: Scenario
) -> dict[str, Rule]:
    """Return the measures that differ by construction, by name, with the rule that makes them.

    What both sides have, or neither, is a finding.
    """
    imposed = set(list_imposed(first)) ^ set(list_imposed(second))
    found = {}
    for measure in measures:
        if rule := _find_rule(measure, first, second):
            found[measure.name] = rule
        elif measure.name in imposed:
            found[measure.name] = Rule.EVENT
    return found


def group_by_rule(measures: Iterable[Measure], rules: dict[str, Rule]) -> dict[Rule, list[Measure]]:
    """Return the measures that differ by construction under the rule that makes them differ."""
    groups: dict[Rule, list[Measure]] = {}
    for measure in measures:
        if measure.name in rules:
            groups.setdefault(rules[measure.name], []).append(measure)
    return groups


def list_imposed(scenario: Scenario) -> Iterator[str]:
    """Yield the names of the outcomes that the dated events of a scenario bring about."""
    for shock in scenario.shocks.values():
        for prefix in _list_prefixes(shock) if shock.rivalry else ():
            yield f"{prefix}_{shock.rivalry}"
        if shock.kind is ShockKind.DISPUTE and shock.rung is Rung.WAR:
            yield "war_any"
        if shock.kind is ShockKind.ARMING:
            for code, arming in scenario.armings.items():
                if arming.actor == shock.actor:
                    yield from (f"arms_threatened_{code}", f"arms_sent_{code}")


def _list_prefixes(shock: ShockSpec) -> tuple[str, ...]:
    if shock.kind is ShockKind.DISPUTE:
        conditional = {"war": ("war_disputed",), "force": ("force_disputed",)}
        reached = {Rung.WAR: ("force", "war"), Rung.FORCE: ("force",)}.get(shock.rung, ())
        return ("disputed", *reached, *(name for rung in reached for name in conditional[rung]))
    return _IMPOSED_PREFIXES.get(shock.kind, ())


def _find_rule(measure: Measure, first: Scenario, second: Scenario) -> Rule | None:
    """Return the rule of what a measure needs and only one of two scenarios has."""
    return next(
        (need.rule for need in measure.needs if need.is_met(first) != need.is_met(second)), None
    )
