"""Finds allies, neighbours and pairs of rivals in a scenario."""

from __future__ import annotations

from sim.model.measures.needs import has_aid_obligation
from sim.scenario.schema.scenario import Scenario


def allies_by_actor(scenario: Scenario) -> dict[str, set[str]]:
    """Return the actors committed to the defence of each actor, by its code."""
    allies: dict[str, set[str]] = {code: set() for code in scenario.actors}
    for treaty in scenario.treaties.values():
        if treaty.concluded and treaty.signed and has_aid_obligation(treaty):
            for partner in treaty.protects or treaty.parties:
                allies[partner] |= set(treaty.parties) - {partner}
    return allies


def neighbours_by_actor(scenario: Scenario) -> dict[str, set[str]]:
    """Return the actors that share a land border with each actor, by its code."""
    neighbours: dict[str, set[str]] = {code: set() for code in scenario.actors}
    for code, actor in scenario.actors.items():
        for other in actor.borders:
            neighbours[code].add(other)
            neighbours[other].add(code)
    return neighbours


def directed_pairs(scenario: Scenario) -> list[tuple[str, str]]:
    """Return every pair that may have disputes, in both directions."""
    pairs = [rivalry.between for rivalry in scenario.rivalries.values()]
    return [directed for first, second in pairs for directed in ((first, second), (second, first))]


def pairs_with_outside_pact(scenario: Scenario, *, holder: int) -> set[tuple[str, str]]:
    """Return directed pairs of which member `holder`, 0 or 1, has an ally other than the opponent.

    Pairs that are allied themselves are left out.
    """
    allies = allies_by_actor(scenario)
    return {
        pair
        for pair in directed_pairs(scenario)
        if allies[pair[holder]] and pair[1 - holder] not in allies[pair[holder]]
    }
