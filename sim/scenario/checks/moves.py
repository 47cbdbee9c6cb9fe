"""Names in the moves of a past: decisions, actors, and what a decision is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sim.scenario.checks.arrangements import PROVOCATION_CLASSES
from sim.scenario.files.layers import Tree
from sim.scenario.files.line_numbers import Key
from sim.scenario.joint_occasions import PACTS, list_new_pacts
from sim.scenario.playable import load_playable


class NameReference(NamedTuple):
    """A name used at `key` that should be one of `known_names`, the names of a `kind`."""

    key: Key
    name: str
    kind: str
    known_names: list[str]


def find_move_references(tree: Tree) -> Iterator[NameReference]:
    """Yield every name in the moves of a merged scenario; the schema reports what is no name."""
    past = tree.get("past")
    moves = past.get("moves") if isinstance(past, Mapping) else None
    for place, move in enumerate(moves if isinstance(moves, list) else ()):
        if isinstance(move, Mapping):
            yield from _find_names(tree, ("past", "moves", str(place)), move)


def _find_names(tree: Tree, key: Key, move: Mapping[str, Any]) -> Iterator[NameReference]:
    what, playable, actors = move.get("what"), load_playable(), _names(tree, "actors")
    if isinstance(what, str):
        yield NameReference((*key, "what"), what, "decision", list(playable))
    for field in ("who", "towards"):
        if isinstance(name := move.get(field), str) and name:
            yield NameReference((*key, field), name, "actor", actors)
    about = playable[what].about if isinstance(what, str) and what in playable else ""
    if about and isinstance(name := move.get("about"), str) and name:
        yield NameReference((*key, "about"), name, about, _names_of(tree, about))


def _names_of(tree: Tree, kind: str) -> list[str]:
    """Return the names of what a decision can be about, such as the rivalries."""
    entries = _names(tree, _TABLES[kind]) if kind in _TABLES else list(_WORDS[kind])
    return [*entries, *list_new_pacts(_names(tree, "actors"))] if kind == "treaty" else entries


_WORDS = {"class of provocations": PROVOCATION_CLASSES, "kind of pact": PACTS}
"""What a decision is about where the words are the package's own, by its kind."""

_TABLES = {
    "rivalry": "rivalries",
    "exchange": "exchanges",
    "council": "councils",
    "bloc": "blocs",
    "arming": "armings",
    "treaty": "treaties",
}
"""The table of a scenario that holds what a decision is about, by its kind."""


def _names(tree: Tree, table: str) -> list[str]:
    entries = tree.get(table)
    return list(entries) if isinstance(entries, Mapping) else []
