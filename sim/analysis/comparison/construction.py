"""Outcomes that differ between two scenarios by construction: one side lacks what they need."""

from __future__ import annotations

from collections.abc import Iterable

from sim.model.measures.needs import Need, Rule
from sim.model.measures.registry import Measure
from sim.scenario.schema.scenario import Scenario


def find_constructed(
    measures: Iterable[Measure], first: Scenario, second: Scenario
) -> dict[str, Need]:
    """Return the measures that differ by construction, by name, with what one side lacks.

    What both sides have, or neither, is a finding.
    """
    lacking = (
        (measure.name, _find_one_sided(measure, first, second))
        for measure in measures
        if measure.needs
    )
    return {name: need for name, need in lacking if need}


def group_by_rule(measures: Iterable[Measure], needs: dict[str, Need]) -> dict[Rule, list[Measure]]:
    """Return the measures that differ by construction under the rule that makes them differ."""
    groups: dict[Rule, list[Measure]] = {}
    for measure in measures:
        if measure.name in needs:
            groups.setdefault(needs[measure.name].rule, []).append(measure)
    return groups


def _find_one_sided(measure: Measure, first: Scenario, second: Scenario) -> Need | None:
    """Return what a measure needs and only one of two scenarios has."""
    return next(
        (need for need in measure.needs if need.is_met(first) != need.is_met(second)),
        None,
    )
