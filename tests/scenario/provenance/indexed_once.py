"""The keys of a scenario, indexed once for a test that has each of them explained."""

from __future__ import annotations

import pytest

from sim.scenario.load import LoadedScenario
from sim.scenario.provenance import explain
from sim.scenario.provenance.keys import ScenarioNode, index_nodes


def index_once(loaded: LoadedScenario, monkeypatch: pytest.MonkeyPatch) -> list[ScenarioNode]:
    """Return every node of a scenario; explanations find them in the same index from now on."""
    nodes = index_nodes(loaded.scenario)

    def find(scenario: object) -> object:
        assert scenario is loaded.scenario, "another scenario than the one that is indexed"
        return nodes

    monkeypatch.setattr(explain, "index_nodes", find)
    return list(nodes.values())
