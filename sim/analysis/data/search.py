"""Keys of a scenario and measures of its worlds, found by words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sim.errors import RequestError
from sim.model.measures.registry import Measure, list_measures
from sim.scenario.provenance.keys import ScenarioNode
from sim.scenario.provenance.search import search_nodes, suggest_words
from sim.scenario.schema.scenario import Scenario


class Found(NamedTuple):
    """What words stand for: keys that can be changed, and measures that can be looked at."""

    nodes: list[ScenarioNode]
    measures: list[Measure]


def search_scenario(scenario: Scenario, words: Sequence[str], name: str) -> Found:
    """Return the keys and the measures that have all words; `name` is that of the scenario.

    Raises:
        RequestError: none has; the message offers words that are like them.
    """
    wanted = " ".join(words).lower().split()
    measures = [
        measure
        for measure in list_measures(scenario)
        if all(word in f"{measure.name} {measure.label} {measure.short}".lower() for word in wanted)
    ]
    found = Found(search_nodes(scenario, words), measures)
    if not any(found):
        near = suggest_words(scenario, words)
        hint = f"\n    did you mean {' or '.join(map(repr, near))}?" if near else ""
        raise RequestError(
            f"{' '.join(words)}: no key, meaning or measure of {name} has all these words{hint}"
        )
    return found
