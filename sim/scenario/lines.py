"""Which line of a TOML file a key stands on, so that a message can point at it."""

from __future__ import annotations

import re

Key = tuple[str, ...]

_PART = r"""(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')"""
_DOTTED = rf"{_PART}(?:\s*\.\s*{_PART})*"
_HEADER = re.compile(rf"^\s*\[{{1,2}}\s*({_DOTTED})\s*\]{{1,2}}")
_ASSIGNMENT = re.compile(rf"^\s*({_DOTTED})\s*=(.*)")
_LONG_QUOTES = ('"""', "'''")


def key_lines(text: str) -> dict[Key, int]:
    """Return the line, from 1, of each table header and assignment in `text`.

    `text` must already have been accepted by a TOML parser. Keys inside inline tables and arrays
    are not listed; `line_of` falls back to the line of what holds them.
    """
    lines: dict[Key, int] = {}
    table: Key = ()
    closing = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if closing:
            closing = "" if closing in line else closing
        elif header := _HEADER.match(line):
            table = _split(header[1])
            lines.setdefault(table, number)
        elif assignment := _ASSIGNMENT.match(line):
            lines.setdefault(table + _split(assignment[1]), number)
            closing = _left_open(assignment[2])
    return lines


def line_of(lines: dict[Key, int], key: Key) -> int | None:
    """Return the line of `key`, or of the nearest table or value that holds it; None if neither."""
    while key and key not in lines:
        key = key[:-1]
    return lines.get(key)


def _split(dotted: str) -> Key:
    return tuple(part.strip().strip("\"'") for part in re.findall(_PART, dotted))


def _left_open(value: str) -> str:
    return next((quotes for quotes in _LONG_QUOTES if value.count(quotes) == 1), "")
