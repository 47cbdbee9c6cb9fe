"""What an uncertain number is called on the page: a label, its owner and its whole meaning."""

from __future__ import annotations

from sim.scenario.provenance.keys import index_nodes
from sim.scenario.provenance.owners import name_owner, shorten_meaning
from sim.scenario.schema.scenario import Scenario


class Labels:
    """The names of the numbers of a scenario."""

    def __init__(self, scenario: Scenario) -> None:
        self._scenario, self._nodes = scenario, index_nodes(scenario)

    def describe(self, dotted_key: str) -> dict[str, str]:
        """Return the label, the owner and the whole meaning of a number."""
        key = tuple(dotted_key.split("."))
        meaning = " ".join(self._nodes[key].meaning.split())
        return {
            "label": shorten_meaning(meaning),
            "owner": name_owner(self._scenario, self._nodes, key),
            "meaning": meaning,
        }
