"""The terms of theories that a scenario names, in the words in which each theory states them."""

from __future__ import annotations

from collections.abc import Mapping

from sim.scenario.schema.scenario import Scenario
from sim.scenario.theories.find import find_theory

_PLACES = {
    "answer": "honour",
    "challenge": "challenge",
    "resist challenge": "challenge",
    "resist climb": "challenge",
    "join": "joining",
    "settle": "settlement",
}
"""The place of the theory that decides, by the name of the draw."""


def find_term_words(scenario: Scenario, what: str) -> Mapping[str, str]:
    """Return the words of each term of a decision by its name; none if the rules decide it.

    A war is joined by the theory of honouring where none of joining is named.
    """
    chosen, place = dict(scenario.theories.chosen()), _PLACES.get(what, "")
    if what == "join" and place not in chosen:
        place = "honour"
    if place not in chosen:
        return {}
    words: Mapping[str, str] = find_theory(place, chosen[place]).theory.terms
    return words
