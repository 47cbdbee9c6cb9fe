"""The scenarios that can be named: what each is called and asks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sim.errors import ScenarioError
from sim.scenario.files.layers import read_layer
from sim.scenario.files.lookup import (
    SCENARIO_FOLDER,
    find_installed_folder,
    list_scenarios,
    name_scenario,
)


@dataclass(frozen=True)
class CatalogueEntry:
    """A scenario that can be named.

    Attributes:
        name: the name by which every command finds it.
        file: its file.
        title: its title; empty where the file takes over that of another.
        question: its question; empty likewise.
        installed: whether it came with the package, and does not stand in the working folder.
    """

    name: str
    file: Path
    title: str
    question: str
    installed: bool


def list_catalogue(group: str = "") -> list[CatalogueEntry]:
    """Return the scenarios of the working folder, then those installed, each by name.

    A file that cannot be read, and one that extends nothing and has no title, is left out.

    Args:
        group: a folder below the scenarios, such as `theory`; empty for the folder itself.
    """
    entries = dict[str, CatalogueEntry]()
    for folder in (Path(), Path(SCENARIO_FOLDER), find_installed_folder()):
        for entry in _read_entries(folder / group):
            entries.setdefault(entry.name, entry)
    return list(entries.values())


def _read_entries(folder: Path) -> Iterator[CatalogueEntry]:
    installed = folder.resolve().is_relative_to(find_installed_folder().resolve())
    for file in list_scenarios(folder):
        with suppress(ScenarioError):
            tree = read_layer(file).tree
            title, question = str(tree.get("title", "")), str(tree.get("question", ""))
            if title or "extends" in tree:
                yield CatalogueEntry(name_scenario(file), file, title, question, installed)
