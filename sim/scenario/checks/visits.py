"""Consistency of dated visits: one actor pays it and another receives it."""

from __future__ import annotations

from collections.abc import Iterator

from sim.scenario.checks.arrangements import Inconsistency
from sim.scenario.schema.rivalries import ShockKind
from sim.scenario.schema.scenario import Scenario


def find_visit_inconsistencies(scenario: Scenario) -> Iterator[Inconsistency]:
    """Yield the visits that lack a guest or a host, and hosts of events that are no visits."""
    for code, shock in scenario.shocks.items():
        key = ("shocks", code)
        if shock.kind is not ShockKind.VISIT:
            if shock.towards:
                message = f"has no bearing on an event of kind {shock.kind.value}"
                yield Inconsistency((*key, "towards"), message, "omit it")
            continue
        others = ", ".join(actor for actor in scenario.actors if actor != shock.actor)
        if not shock.actor:
            yield Inconsistency((*key, "actor"), "is missing: who pays the visit", others)
        if not shock.towards:
            yield Inconsistency((*key, "towards"), "is missing: who is visited", others)
        elif shock.towards == shock.actor:
            yield Inconsistency((*key, "towards"), "is the visitor itself", others)
