"""Names in a scenario that must lead somewhere: actors, treaties, rivalries, sources."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from sim.errors import Problem
from sim.scenario.files.layers import Layer, Tree
from sim.scenario.files.line_numbers import Key
from sim.scenario.files.messages import nearest_name, problem_at


class Reference(NamedTuple):
    """A name used at `key` that should be one of `known`, which are names of `kind`."""

    key: Key
    name: str
    kind: str
    known: list[str]


def dangling(tree: Tree, layers: list[Layer], sources: list[str]) -> Iterator[Problem]:
    """Yield a problem for every reference of a merged scenario that leads nowhere."""
    for key, name, kind, known in references(tree, sources):
        if name not in known:
            allowed = ", ".join(known) if len(known) <= 12 else f"one of {len(known)}"
            what = f"{name!r} is not a known {kind}"
            yield problem_at(layers, key, what, allowed, nearest_name(name, known))


def references(tree: Tree, sources: list[str]) -> Iterator[Reference]:
    """Yield every reference a merged scenario makes; `sources` are the bibliography's keys.

    Works on the raw tree, so that dangling names are reported beside any other fault of the file.
    """
    actors, rivalries = list(_table(tree, "actors")), list(_table(tree, "rivalries"))
    yield from _named_actors(tree, actors)
    yield from _named(tree, "treaties", "replaces", "treaty", list(_table(tree, "treaties")))
    yield from _named(tree, "treaties", "theatres", "rivalry", rivalries)
    yield from _named(tree, "wars", "rivalry", "rivalry", rivalries)
    yield from _named(tree, "shocks", "rivalry", "rivalry", rivalries)
    yield from _named(tree, "exchanges", "rivalry", "rivalry", rivalries)
    yield from _named(tree, "armings", "exchange", "exchange", list(_table(tree, "exchanges")))
    if sources:  # without a bibliography that one lack is the fault, not every key in the file
        yield from _cited((), tree, sources)


def _named_actors(tree: Tree, actors: list[str]) -> Iterator[Reference]:
    for who, towards in _table(tree, "ties").items():
        yield Reference(("ties", who), who, "actor", actors)
        for other in towards if isinstance(towards, dict) else ():
            yield Reference(("ties", who, other), other, "actor", actors)
    for who in _table(tree, "provokers"):
        yield Reference(("provokers", who), who, "actor", actors)
    for table, field in _ACTOR_FIELDS:
        yield from _named(tree, table, field, "actor", actors)


_ACTOR_FIELDS = (
    ("actors", "borders"),
    ("treaties", "parties"),
    ("treaties", "protects"),
    ("rivalries", "between"),
    ("rivalries", "onset"),
    ("rivalries", "stake"),
    ("wars", "began_by"),
    ("wars", "weariness"),
    ("wars", "support"),
    ("shocks", "actor"),
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


_MAY_BE_EMPTY = ("replaces", "actor")


def _named(tree: Tree, table: str, field: str, kind: str, known: list[str]) -> Iterator[Reference]:
    for name, entry in _table(tree, table).items():
        value = entry.get(field) if isinstance(entry, dict) else None
        for used in _names(value):
            key = (table, name, field, used) if isinstance(value, dict) else (table, name, field)
            if used or field not in _MAY_BE_EMPTY:
                yield Reference(key, used, kind, known)


def _cited(key: Key, part: Any, sources: list[str]) -> Iterator[Reference]:
    if not isinstance(part, dict):
        return
    for name, value in part.items():
        if name == "source" and not isinstance(value, dict):
            for used in _names(value):
                yield Reference((*key, name), used, "source of the bibliography", sources)
        else:
            yield from _cited((*key, name), value, sources)


def _names(value: Any) -> list[str]:
    """Return the names in a value; what is not a name is a fault that the schema reports."""
    if isinstance(value, str):
        return [value]
    several = value if isinstance(value, list | dict) else ()
    return [name for name in several if isinstance(name, str)]


def _table(tree: Tree, name: str) -> dict[str, Any]:
    table = tree.get(name, {})
    return table if isinstance(table, dict) else {}
