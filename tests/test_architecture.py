"""The house keeps its order: imports point one way and never in a circle, and no room is crowded.

That layers only use those below them is a contract in pyproject.toml, which the gate checks with
`lint-imports`.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import grimp
import networkx as nx
import pytest

import sim

MOST_MODULES = 24
"""Modules in a folder; with more it should be two folders."""


@pytest.fixture(scope="module")
def imports() -> nx.DiGraph:
    """Every import within the package, those inside functions too: importer to imported."""
    modules = grimp.build_graph("sim", exclude_type_checking_imports=True, cache_dir=None)
    graph = nx.DiGraph()
    for module in modules.modules:
        graph.add_edges_from(
            (module, below) for below in modules.find_modules_directly_imported_by(module)
        )
    return graph


def test_no_import_runs_in_a_circle(imports: nx.DiGraph) -> None:
    circles = [
        sorted(group) for group in nx.strongly_connected_components(imports) if len(group) > 1
    ]
    assert circles == []


def test_nothing_in_the_package_imports_the_package_root(imports: nx.DiGraph) -> None:
    assert sorted(imports.predecessors("sim")) == []


def test_no_folder_holds_more_modules_than_can_be_surveyed() -> None:
    files = Path(sim.__file__).parent.rglob("*.py")
    crowded = {
        folder: count
        for folder, count in Counter(file.parent for file in files).items()
        if count > MOST_MODULES
    }
    assert crowded == {}
