"""The keys of a scenario file, made of its JSON Schema."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sim.scenario.schema.json_schema import build_json_schema

Schema = dict[str, Any]
NUMBERS = {
    "Quantity": "number",
    "Share": "number, 0 to 1",
    "SignedShare": "number, -1 to 1",
    "NonNegative": "number, 0 or more",
    "StrictlyPositive": "number above 0",
}
"""The kinds of a quantity, each a number with its unit, range, source and grade."""


def render_keys() -> str:
    """Return a section for each table of a scenario file, with its keys."""
    root = build_json_schema()
    kinds = root["$defs"]
    sections = (
        section
        for name, part in root["properties"].items()
        for section in _sections(name, part, kinds)
    )
    return "\n".join(
        (
            *_table("The file itself", root, kinds),
            *_table("A number", kinds["Quantity"], kinds),
            *sections,
        )
    )


def _sections(path: str, part: Schema, kinds: dict[str, Schema]) -> Iterator[str]:
    """Yield the tables at a path and under it."""
    path, part = _entries(path, part, kinds)
    if "properties" not in part or part.get("title") in NUMBERS:
        return
    yield from _table(f"`[{path}]`", part, kinds)
    for name, inner in part["properties"].items():
        yield from _sections(f"{path}.{name}", inner, kinds)


def _entries(path: str, part: Schema, kinds: dict[str, Schema]) -> tuple[str, Schema]:
    """Return path and schema of the entries of tables whose names the author chooses."""
    part = _resolve(part, kinds)
    while "properties" not in part and (inner := _chosen(part)):
        path, part = f"{path}.NAME", _resolve(inner, kinds)
    if part.get("type") == "array":
        return path, _resolve(part.get("items", {}), kinds)
    return path, part


def _chosen(part: Schema) -> Schema | None:
    """Return the schema of what stands under names that the author chooses."""
    if patterns := part.get("patternProperties"):
        return next(iter(patterns.values()))
    additional = part.get("additionalProperties")
    return additional if isinstance(additional, dict) else None


def _table(heading: str, part: Schema, kinds: dict[str, Schema]) -> Iterator[str]:
    """Yield heading, description and the table of keys."""
    yield f"## {heading}\n\n{part.get('description', '')}\n"
    yield "| Key | Value | Meaning |\n|---|---|---|"
    for name, inner in part["properties"].items():
        yield f"| `{name}` | {_kind(inner, kinds)} | {_meaning(inner, kinds)} |"
    yield ""


def _meaning(part: Schema, kinds: dict[str, Schema]) -> str:
    """Return what a key means, and its value where it is not stated."""
    text = part.get("description") or _resolve(part, kinds).get("description", "")
    default = part.get("default")
    unless = "" if default in (None, "", [], {}) else f"Unless stated: {_plain(default)}."
    return " ".join((*text.split(), unless)).replace("|", r"\|")


def _plain(default: Any) -> str:
    values = default if isinstance(default, list) else [default]
    return ", ".join(f"`{str(value).lower()}`" for value in values)


def _resolve(part: Schema, kinds: dict[str, Schema]) -> Schema:
    """Return a schema, or the one it refers to."""
    return kinds[part["$ref"].rpartition("/")[2]] if "$ref" in part else part


def _kind(part: Schema, kinds: dict[str, Schema]) -> str:
    """Return in words what a value may be."""
    name = part.get("$ref", "").rpartition("/")[2]
    if name in NUMBERS:
        return NUMBERS[name]
    part = _resolve(part, kinds)
    if "enum" in part:
        return ", ".join(f"`{value}`" for value in part["enum"])
    if "anyOf" in part:
        return " or ".join(
            _kind(inner, kinds) for inner in part["anyOf"] if inner != {"type": "null"}
        )
    return _simple(part, kinds)


def _simple(part: Schema, kinds: dict[str, Schema]) -> str:
    kind = part.get("type", "")
    if isinstance(kind, list):
        return "text, or a list of texts"
    if kind == "array":
        return f"list of {_kind(part.get('items', {}), kinds)}"
    if kind == "object":
        return "tables by name" if _chosen(part) else "table"
    if part.get("format") == "date":
        return "date"
    words = {"string": "text", "integer": "whole number", "number": "plain number"}
    return {**words, "boolean": "`true` or `false`"}.get(str(kind), str(kind))
