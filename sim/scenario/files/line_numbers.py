"""Line numbers of the keys of a TOML file, for messages."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator

Key = tuple[str, ...]

_KEY_PART = r"""(?:[A-Za-z0-9_-]+|"(?:\\.|[^"\\\n])*"|'[^'\n]*')"""
_DOTTED_KEY = rf"{_KEY_PART}(?:[ \t]*\.[ \t]*{_KEY_PART})*"
_STATEMENT = re.compile(
    rf"^[ \t]*(?:(?P<opens>\[{{1,2}})[ \t]*(?P<table>{_DOTTED_KEY})"
    rf"|(?P<name>{_DOTTED_KEY})[ \t]*=)",
    re.MULTILINE,
)
_VALUE_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"""(?:"{0,2})'  # the last quotes close, those before are text
    r"|'''.*?'''(?:'{0,2})"
    r'|"(?:\\.|[^"\\])*"'
    r"|'[^']*'"
    r"|#[^\n]*"
    r"|[\[\]{}\n]",
    re.DOTALL,
)


def find_key_lines(text: str) -> dict[Key, int]:
    """Return the line, from 1, of each table header and assignment in `text`.

    `text` must be valid TOML. A table without a header has the line on which it is first named.
    The tables of an array, `[[name]]`, have the numbers from 0 as the last part of their keys.
    Keys inside inline tables and arrays are not listed; `find_nearest_line` falls back to the line
    of the table or array.
    """
    lines: dict[Key, int] = {}
    for key, line in _iter_statements(text):
        lines.setdefault(key, line)
    for key, line in list(lines.items()):
        for length in range(1, len(key)):
            lines.setdefault(key[:length], line)
    return lines


def find_nearest_line(lines: dict[Key, int], key: Key) -> int | None:
    """Return the line of `key`, or of the nearest listed key above it; None without either."""
    while key and key not in lines:
        key = key[:-1]
    return lines.get(key)


def _iter_statements(text: str) -> Iterator[tuple[Key, int]]:
    table: Key = ()
    entries = Counter[Key]()
    start, end, line = 0, 0, 1
    while statement := _STATEMENT.search(text, end):
        line += text.count("\n", start, statement.start())
        start, end = statement.span()
        if statement["table"]:
            table = _split_key(statement["table"])
            if statement["opens"] == "[[":
                entries[table] += 1
                table = (*table, str(entries[table] - 1))
            yield table, line
        else:
            yield table + _split_key(statement["name"]), line
            end = _find_value_end(text, end)


def _find_value_end(text: str, start: int) -> int:
    """Return the end of the value's last line; any key-like text before it belongs to the value."""
    depth = 0
    for token in _VALUE_TOKEN.finditer(text, start):
        depth += (token[0] in ("[", "{")) - (token[0] in ("]", "}"))
        if token[0] == "\n" and depth == 0:
            return token.start()
    return len(text)


def _split_key(dotted: str) -> Key:
    key: Key = ()
    tree = tomllib.loads(f"{dotted} = 0")
    while isinstance(tree, dict):
        ((name, tree),) = tree.items()
        key += (name,)
    return key
