"""Pacts that actors conclude within a world, which no scenario names: their codes and names."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from sim.analysis.stories.phrases import load_phrases
from sim.scenario.schema.scenario import Scenario


def list_instruments(scenario: Scenario) -> Iterator[tuple[str, str]]:
    """Yield the code and the name of every pact of two that could be concluded within a world."""
    for first, second in combinations(scenario.actors, 2):
        for kind, words in load_phrases()["instruments"].items():
            names = (scenario.actors[code].name for code in (first, second))
            yield f"new_{kind}_{first}_{second}", f"{'-'.join(names)} {words}"


def instrument_name(scenario: Scenario, code: str) -> str:
    """Return the name of such a pact; empty if the code is not that of one."""
    return dict(list_instruments(scenario)).get(code, "") if code.startswith("new_") else ""


def party_codes(scenario: Scenario, code: str) -> tuple[str, ...]:
    """Return the parties that the text of a treaty of the scenario names; else none."""
    return scenario.treaties[code].parties if code in scenario.treaties else ()
