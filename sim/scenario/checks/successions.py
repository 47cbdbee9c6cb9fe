"""Consistency of dated successions: only in an autocracy do new supporters change anything."""

from __future__ import annotations

from collections.abc import Iterator

from sim.scenario.checks.arrangements import Inconsistency
from sim.scenario.schema.rivalries import ShockKind
from sim.scenario.schema.scenario import Scenario


def find_succession_inconsistencies(scenario: Scenario) -> Iterator[Inconsistency]:
    """Yield successions of nobody or in a democracy, and supporters of events that are none."""
    line = scenario.rules.supporters.autocracy.value
    polyarchy = {code: actor.polyarchy.value for code, actor in scenario.actors.items()}
    autocracies = ", ".join(code for code, value in polyarchy.items() if value < line)
    for code, shock in scenario.shocks.items():
        key = ("shocks", code)
        if shock.kind is not ShockKind.SUCCESSION:
            if not shock.new_supporters:
                message = f"has no bearing on an event of kind {shock.kind.value}"
                yield Inconsistency((*key, "new_supporters"), message, "omit it")
        elif not shock.actor:
            yield Inconsistency(
                (*key, "actor"), "is missing: whose leader is succeeded", autocracies
            )
        elif polyarchy[shock.actor] >= line:
            message = (
                f"is no autocracy ({polyarchy[shock.actor]:g} in polyarchy, where {line:g} is the "
                "line): a succession there changes no promise"
            )
            yield Inconsistency((*key, "actor"), message, autocracies)
