"""Who is allied with whom, read out of a scenario."""

from __future__ import annotations

from sim.model.measures.camps import has_aid_obligation
from sim.scenario.schema.scenario import Scenario


def allies_by_actor(scenario: Scenario) -> dict[str, set[str]]:
    """Return by whom each actor's defence was promised, by its code."""
    found: dict[str, set[str]] = {code: set() for code in scenario.actors}
    for treaty in scenario.treaties.values():
        if treaty.concluded and has_aid_obligation(treaty):
            for partner in treaty.protects or treaty.parties:
                found[partner] |= set(treaty.parties) - {partner}
    return found


def neighbours_by_actor(scenario: Scenario) -> dict[str, set[str]]:
    """Return with whom each actor shares a land border, by its code."""
    found: dict[str, set[str]] = {code: set() for code in scenario.actors}
    for code, actor in scenario.actors.items():
        for other in actor.borders:
            found[code].add(other)
            found[other].add(code)
    return found


def directed_pairs(scenario: Scenario) -> list[tuple[str, str]]:
    """Return every pair between whom disputes may begin, from both its sides."""
    pairs = [rivalry.between for rivalry in scenario.rivalries.values()]
    return [(one, other) for pair in pairs for one, other in (pair, pair[::-1])]


def pairs_with_outside_pact(scenario: Scenario, *, holder: int) -> set[tuple[str, str]]:
    """Return directed pairs of which one, `holder` 0 or 1, has an ally that is not the other.

    Pairs that are allied themselves are left out.
    """
    known = allies_by_actor(scenario)
    return {
        pair
        for pair in directed_pairs(scenario)
        if known[pair[holder]] and pair[1 - holder] not in known[pair[holder]]
    }
