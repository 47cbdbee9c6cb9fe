"""Whatever a file says, it is a scenario or a message to the user; nothing else escapes."""

from __future__ import annotations

import contextlib
import json
import tomllib
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.errors import RequestError, ScenarioError
from tests.scenario.folder import HERE, WHOLE, Folder

SOURCES = (HERE / "sources.toml").read_text(encoding="utf-8")
GOOD = ["aland", "borduria", "strait", "pact", "defence", "judgement", "dispute", "A15", "", "."]

_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8)
_SCALARS = st.one_of(
    st.sampled_from(GOOD),
    st.booleans(),
    st.integers(-3, 3),
    st.sampled_from([2**63, -(10**400)]),
    st.floats(),
    _TEXT,
    st.dates(),
    st.datetimes(),
    st.times(),
)
_VALUES = st.recursive(
    _SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(_TEXT | st.sampled_from(GOOD), inner, max_size=3)
    ),
    max_leaves=5,
)


def _written(value: Any) -> str:
    """Return a value as TOML on one line."""
    match value:
        case dict():
            pairs = (f"{_written(name)} = {_written(part)}" for name, part in value.items())
            return f"{{ {', '.join(pairs)} }}"
        case list():
            return f"[{', '.join(map(_written, value))}]"
        case str() | bool():
            return json.dumps(value, ensure_ascii=False)
        case date() | time() | datetime():
            return value.isoformat()
        case _:
            return repr(value)


def _paths(tree: dict[str, Any], above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the path of everything a file says, and of one thing more in every table."""
    yield (*above, "else")
    for name, value in tree.items():
        yield (*above, name)
        if isinstance(value, dict):
            yield from _paths(value, (*above, name))


PATHS = [*_paths(tomllib.loads(WHOLE)), ("extends",), ("[key]",)]


@pytest.fixture(scope="module")
def still(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """A folder that every example overwrites."""
    return Folder.at(tmp_path_factory.mktemp("still"))


@settings(max_examples=120, deadline=None)
@given(st.dictionaries(st.sampled_from(PATHS), _VALUES, min_size=1, max_size=3))
def test_anything_may_stand_anywhere_in_a_scenario(
    still: Folder, settings: dict[tuple[str, ...], Any]
) -> None:
    lines = [
        f"{'.'.join(map(_written, path))} = {_written(value)}" for path, value in settings.items()
    ]
    still.write("whole.toml", WHOLE)
    still.write("sources.toml", SOURCES)
    still.write("child.toml", "\n".join(['extends = "whole.toml"', *lines]))
    with contextlib.suppress(ScenarioError):
        still.load(name="child.toml")


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([*_paths(tomllib.loads(SOURCES))]), _VALUES)
def test_anything_may_stand_anywhere_in_a_bibliography(
    still: Folder, path: tuple[str, ...], value: Any
) -> None:
    entries = tomllib.loads(SOURCES)
    table = entries if len(path) == 1 else entries[path[0]]
    table[path[-1]] = value
    lines = [f"{_written(name)} = {_written(entry)}" for name, entry in entries.items()]
    still.write("whole.toml", WHOLE)
    still.write("sources.toml", "\n".join(lines))
    with contextlib.suppress(ScenarioError):
        still.load()


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(WHOLE)), st.integers(0, 40), _TEXT)
def test_a_file_may_be_damaged_anywhere(still: Folder, start: int, length: int, text: str) -> None:
    still.write("sources.toml", SOURCES)
    still.write("whole.toml", WHOLE[:start] + text + WHOLE[start + length :])
    with contextlib.suppress(ScenarioError):
        still.load()


_SETTINGS = st.one_of(
    st.text(max_size=12),
    st.builds("{}={}".format, st.sampled_from([".".join(path) for path in PATHS]), st.text()),
    st.builds(
        "{}={}".format, st.sampled_from([".".join(path) for path in PATHS]), _VALUES.map(_written)
    ),
)


@settings(max_examples=120, deadline=None)
@given(st.lists(_SETTINGS, min_size=1, max_size=3))
def test_anything_may_be_set(still: Folder, settings: list[str]) -> None:
    still.write("sources.toml", SOURCES)
    still.write("whole.toml", WHOLE)
    with contextlib.suppress(ScenarioError, RequestError):
        still.load(*settings)
