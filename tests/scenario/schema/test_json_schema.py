"""The JSON Schema accepts what the loader accepts, and helps an editor to complete the rest."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from sim.scenario.schema.json_schema import build_json_schema
from tests.scenario.folder import WHOLE

SCHEMA = build_json_schema()


def _parts(part: Any) -> Iterator[dict[str, Any]]:
    """Yield every object of the schema."""
    if isinstance(part, dict):
        yield part
    for value in (
        part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    ):
        yield from _parts(value)


def test_it_is_json() -> None:
    assert json.loads(json.dumps(SCHEMA, allow_nan=False)) == SCHEMA


def test_it_says_which_dialect_it_is_and_what_it_describes() -> None:
    assert SCHEMA["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert SCHEMA["title"] == "Scenario"


def test_nothing_is_required_since_a_file_may_say_only_what_differs() -> None:
    assert not any(isinstance(part.get("required"), list) for part in _parts(SCHEMA))


def test_every_table_is_closed() -> None:
    for part in _parts(SCHEMA):
        if part.get("type") == "object":
            assert "additionalProperties" in part
            assert part["additionalProperties"] is not True


def test_every_reference_leads_somewhere() -> None:
    named = {part["$ref"] for part in _parts(SCHEMA) if "$ref" in part}
    assert named == {f"#/$defs/{name}" for name in SCHEMA["$defs"]}


def test_every_field_is_described_or_what_it_refers_to_is() -> None:
    silent = [
        name
        for part in _parts(SCHEMA)
        if part.get("type") == "object"
        for name, field in part.get("properties", {}).items()
        if not field.get("description") and not _referred(field).get("description")
    ]
    assert silent == []


def test_the_keys_that_name_other_files_are_described() -> None:
    assert {"extends", "bibliography"} <= SCHEMA["properties"].keys()


def _referred(part: dict[str, Any]) -> dict[str, Any]:
    referred: dict[str, Any] = SCHEMA["$defs"].get(part.get("$ref", "").rpartition("/")[2], part)
    return referred


# A validator for the few words of JSON Schema that ours uses: what is wrong, by dotted key.

_KINDS: dict[str, type | tuple[type, ...]] = {
    "array": list,
    "boolean": bool,
    "integer": int,
    "null": type(None),
    "number": (int, float),
    "object": dict,
    "string": (str, date),
}


def _wrong(value: Any, schema: dict[str, Any], key: str = "") -> Iterator[str]:
    schema = _referred(schema)
    if "anyOf" in schema:
        if all(any(_wrong(value, option)) for option in schema["anyOf"]):
            yield key
    elif not _fits(value, schema):
        yield key
    elif isinstance(value, dict):
        for name, below in value.items():
            yield from _wrong_entry(name, below, schema, f"{key}.{name}")
    elif isinstance(value, list):
        for below in value:
            yield from _wrong(below, schema["items"], key)


def _fits(value: Any, schema: dict[str, Any]) -> bool:
    """Whether a value is right as far as it can be seen without looking into it."""
    kinds = [schema["type"]] if isinstance(schema["type"], str) else schema["type"]
    return (
        any(isinstance(value, _KINDS[kind]) for kind in kinds)
        and ("enum" not in schema or value in schema["enum"])
        and ("pattern" not in schema or bool(re.search(schema["pattern"], value)))
        and not (isinstance(value, list) and len(value) < schema.get("minItems", 0))
    )


def _wrong_entry(name: str, value: Any, table: dict[str, Any], key: str) -> Iterator[str]:
    patterns = table.get("patternProperties", {})
    fitting = [below for pattern, below in patterns.items() if re.search(pattern, name)]
    rest = table["additionalProperties"]
    if name in table.get("properties", {}):
        yield from _wrong(value, table["properties"][name], key)
    elif fitting or rest:
        yield from _wrong(value, fitting[0] if fitting else rest, key)
    else:
        yield key


def test_the_complete_scenario_is_accepted() -> None:
    assert list(_wrong(tomllib.loads(WHOLE), SCHEMA)) == []


@pytest.mark.parametrize(
    "child",
    [
        'extends = "whole.toml"',
        'extends = ["a.toml", "b.toml"]\nbibliography = ["c.toml"]',
        "rules.honour.reputation.value = 3",
        '[actors.aland.capability]\nsource = ["a", "b"]',
        "",
    ],
)
def test_a_file_that_says_only_what_differs_is_accepted(child: str) -> None:
    assert list(_wrong(tomllib.loads(child), SCHEMA)) == []


@pytest.mark.parametrize(
    ("wrong", "key"),
    [
        ("month = 3", ".month"),
        ("months = 'three'", ".months"),
        ("extends = 3", ".extends"),
        ("rules.honour.reputaton.value = 3", ".rules.honour.reputaton"),
        ("rules.honour.reputation.valu = 3", ".rules.honour.reputation.valu"),
        ("rules.honour.reputation = 3", ".rules.honour.reputation"),
        ("rules.honour.reputation.source = []", ".rules.honour.reputation.source"),
        ("rules.honour.reputation.grade = 'known'", ".rules.honour.reputation.grade"),
        ("rules.honour.reputation.article = ['A49']", ".rules.honour.reputation.article"),
        ("actors.Aland.name = 'a'", ".actors.Aland"),
        ("ties.a.B.worth.value = 0", ".ties.a.B"),
        ("rivalries.strait.onset.a.valu = 0", ".rivalries.strait.onset.a.valu"),
    ],
)
def test_a_fault_is_found_where_it_stands(wrong: str, key: str) -> None:
    assert list(_wrong(tomllib.loads(wrong), SCHEMA)) == [key]
