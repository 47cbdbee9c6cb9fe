"""The line reported for a key is the line where it stands."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sim.scenario.files.line_numbers import Key, find_key_lines, find_nearest_line

# Pieces of TOML that try to be taken for what they are not, and whole values made of them.

_VALUES = [
    "1",
    "1979-05-27T07:32:00Z",
    '"# [not.a.table] = {"',
    r'"a \" quoted = \\"',
    "'single \" = ]'",
    '"""one line"""  # """ no opening',
    '"""\nname = 1\n[table]\n\\""" name = 2\n"""',
    '"""two at the end"""""',
    "'''\n\"\"\"\n[[name]]\n'''",
    "''''one at each end''''",
    "[1, 2]",
    "[  # not [closed\n  1,\n  2,\n]",
    '[\n["name"],\n[[1], [2]],\n[ "b" ]\n]',
    '[\n"""\nname = 1\n[table]\n""", \'name = 2\',\n]',
    '{ name = 1, "]" = [\n1,\n] }',
    "{ name.b = { c = '}' } }",
    "[\n{ name = 1 },\n{ name = '''\nname = 3''' },\n]",
    '"a line separator \u2028 and \u0085 is no new line"',
]
_BARE = ["name", "table", "b-2", "1979", "c_d"]
_QUOTED = {
    '"a.b"': "a.b",
    '" = "': " = ",
    r'"\"]"': '"]',
    r'"\u00e9"': "é",
    "'\\ #'": "\\ #",
    '""': "",
}
_BETWEEN = ["", "\n", "# name = 1\n", "  # [table]\n", "\t\n"]


@dataclass(frozen=True)
class Document:
    """A TOML document and the line on which each of its keys stands."""

    text: str
    lines: dict[Key, int]


@st.composite
def _keys(draw: st.DrawFn, first: str) -> tuple[str, Key]:
    """Return a key as written and as read: `first`, and up to three parts more."""
    names = {name: name for name in _BARE} | _QUOTED
    parts = draw(st.lists(st.sampled_from(sorted(names)), max_size=3))
    dot = draw(st.sampled_from([".", " . ", ".\t"]))
    return dot.join([first, *parts]), (first, *(names[part] for part in parts))


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Return a document of tables, tables below them, dotted keys and values of every kind."""
    text, lines = "", dict[Key, int]()
    header, table = "", Key()
    for number in range(draw(st.integers(1, 8))):
        text += draw(st.sampled_from(_BETWEEN))
        written, key = draw(_keys(f"k{number}"))
        line, indent = text.count("\n") + 1, draw(st.sampled_from(["", "  ", "\t"]))
        if draw(st.booleans()):
            below = bool(header) and draw(st.booleans())
            header = f"{header}.{written}" if below else written
            key = table = (*table, *key) if below else key
            text += f"{indent}[ {header} ]  # ]\n"
        else:
            key = (*table, *key)
            text += f"{indent}{written} = {draw(st.sampled_from(_VALUES))}  # a = ]\n"
        lines[key] = line
    return Document(text, lines)


@settings(deadline=None)
@given(documents())
def test_each_key_is_found_on_the_line_where_it_stands(document: Document) -> None:
    lines = find_key_lines(document.text)
    assert {key: lines.get(key) for key in document.lines} == document.lines


@settings(deadline=None)
@given(documents())
def test_nothing_is_found_that_is_not_a_key_of_the_document(document: Document) -> None:
    paths = set(_paths(tomllib.loads(document.text)))
    assert set(find_key_lines(document.text)) <= paths


@settings(deadline=None)
@given(documents())
def test_a_table_without_a_header_stands_where_it_is_first_named(document: Document) -> None:
    lines = find_key_lines(document.text)
    for key in lines.keys() - document.lines.keys():
        named = [line for longer, line in document.lines.items() if longer[: len(key)] == key]
        assert lines[key] == min(named)


def _paths(tree: dict[str, Any], above: Key = ()) -> Iterator[Key]:
    for name, value in tree.items():
        yield (*above, name)
        if isinstance(value, dict):
            yield from _paths(value, (*above, name))


def test_a_header_of_its_own_counts_before_an_earlier_mention() -> None:
    assert find_key_lines("[a.b]\n\n[a]\n") == {("a", "b"): 1, ("a",): 3}


def test_the_tables_of_an_array_are_numbered_and_the_array_is_where_the_first_is() -> None:
    lines = find_key_lines("[[a]]\nb = 1\n[[a]]\nb = 2\n")
    first, second = ("a", "0"), ("a", "1")
    assert lines == {("a",): 1, first: 1, (*first, "b"): 2, second: 3, (*second, "b"): 4}


def test_a_line_inside_an_array_is_no_key_even_if_it_looks_like_one() -> None:
    text = 'a = [\n  ["b"],\n  """\nc = 1\n""",\n]\nd = 1\n'
    assert find_key_lines(text) == {("a",): 1, ("d",): 7}


def test_a_key_inside_an_inline_table_is_sought_on_the_line_of_the_table() -> None:
    lines = find_key_lines("[a]\nb = { c = 1 }\n")
    assert find_nearest_line(lines, ("a", "b", "c")) == 2


def test_a_key_that_is_missing_is_sought_on_the_line_of_what_should_hold_it() -> None:
    lines = find_key_lines("\n[a]\nb = 1\n")
    assert find_nearest_line(lines, ("a", "c")) == 2
    assert find_nearest_line(lines, ("c",)) is None
