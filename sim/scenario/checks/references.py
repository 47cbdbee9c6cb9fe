"""References in a scenario to actors, treaties, rivalries, exchanges and sources."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sim.errors import Problem
from sim.scenario.checks.moves import NameReference, find_move_references
from sim.scenario.files.layers import Layer, Tree
from sim.scenario.files.line_numbers import Key
from sim.scenario.files.messages import find_nearest_name, locate_problem


def find_dangling_references(
    tree: Tree, layers: list[Layer], source_keys: list[str]
) -> Iterator[Problem]:
    """Yield a problem for every reference of a merged scenario to a name that does not exist."""
    for key, name, kind, known in _find_references(tree, source_keys):
        if name not in known:
            allowed = _describe_allowed(kind, known)
            message = f"{name!r} is not a known {kind}"
            yield locate_problem(layers, key, message, allowed, find_nearest_name(name, known))


_SOURCE = "source of the bibliography"


def _describe_allowed(kind: str, known: list[str]) -> str:
    if len(known) <= 12:
        return ", ".join(known)
    keys = ' keys of the bibliography, which `sim sources pact` lists, such as "judgement"'
    return f"one of {len(known)}{keys if kind == _SOURCE else ''}"


def _find_references(tree: Tree, source_keys: list[str]) -> Iterator[NameReference]:
    """Yield every reference in a merged scenario; `source_keys` are those of the bibliography.

    It reads the raw tree, so that dangling names are reported beside all other problems.
    """
    actors, rivalries = list(_get_table(tree, "actors")), list(_get_table(tree, "rivalries"))
    treaties = list(_get_table(tree, "treaties"))
    yield from _find_actor_references(tree, actors)
    yield from _find_field_references(tree, "treaties", "replaces", "treaty", treaties)
    yield from _find_field_references(tree, "treaties", "theatres", "rivalry", rivalries)
    yield from _find_field_references(tree, "wars", "rivalry", "rivalry", rivalries)
    yield from _find_field_references(tree, "shocks", "rivalry", "rivalry", rivalries)
    yield from _find_field_references(tree, "shocks", "treaty", "treaty", treaties)
    yield from _find_field_references(tree, "exchanges", "rivalry", "rivalry", rivalries)
    yield from _find_field_references(
        tree, "armings", "exchange", "exchange", list(_get_table(tree, "exchanges"))
    )
    yield from find_move_references(tree)
    if source_keys:  # a missing bibliography is one problem, not one for every key
        yield from _find_source_references((), tree, source_keys)


def _find_actor_references(tree: Tree, actors: list[str]) -> Iterator[NameReference]:
    for who, towards in _get_table(tree, "ties").items():
        yield NameReference(("ties", who), who, "actor", actors)
        for other in towards if isinstance(towards, dict) else ():
            yield NameReference(("ties", who, other), other, "actor", actors)
    for who in _get_table(tree, "provokers"):
        yield NameReference(("provokers", who), who, "actor", actors)
    for table, field in _ACTOR_FIELDS:
        yield from _find_field_references(tree, table, field, "actor", actors)


_ACTOR_FIELDS = (
    ("actors", "borders"),
    ("pairs", "between"),
    ("treaties", "parties"),
    ("treaties", "protects"),
    ("rivalries", "between"),
    ("rivalries", "onset"),
    ("rivalries", "stake"),
    ("wars", "began_by"),
    ("wars", "weariness"),
    ("wars", "support"),
    ("shocks", "actor"),
    ("shocks", "towards"),
    ("exchanges", "supplier"),
    ("exchanges", "buyer"),
    ("exchanges", "objectors"),
    ("councils", "target"),
    ("councils", "proposers"),
    ("councils", "permanent"),
    ("councils", "enforcers"),
    ("councils", "laxity"),
    ("provokers", "towards"),
    ("blocs", "members"),
    ("blocs", "against"),
    ("patronages", "patron"),
    ("patronages", "client"),
    ("armings", "actor"),
    ("armings", "beneficiary"),
    ("armings", "against"),
)


_OPTIONAL_FIELDS = {
    ("treaties", "replaces"),
    *(("shocks", field) for field in ("actor", "towards", "treaty", "rivalry")),
}


def _find_field_references(
    tree: Tree, table: str, field: str, kind: str, known_names: list[str]
) -> Iterator[NameReference]:
    for name, entry in _get_table(tree, table).items():
        value = entry.get(field) if isinstance(entry, dict) else None
        for used in _list_names(value):
            key = (table, name, field, used) if isinstance(value, dict) else (table, name, field)
            if used or (table, field) not in _OPTIONAL_FIELDS:
                yield NameReference(key, used, kind, known_names)


def _find_source_references(key: Key, part: Any, source_keys: list[str]) -> Iterator[NameReference]:
    if not isinstance(part, dict):
        return
    for name, value in part.items():
        if name == "source" and not isinstance(value, dict):
            for used in _list_names(value):
                yield NameReference((*key, name), used, _SOURCE, source_keys)
        else:
            yield from _find_source_references((*key, name), value, source_keys)


def _list_names(value: Any) -> list[str]:
    """Return the names in a value; the schema reports what is not a name."""
    if isinstance(value, str):
        return [value]
    several = value if isinstance(value, list | dict) else ()
    return [name for name in several if isinstance(name, str)]


def _get_table(tree: Tree, name: str) -> dict[str, Any]:
    table = tree.get(name, {})
    return table if isinstance(table, dict) else {}
