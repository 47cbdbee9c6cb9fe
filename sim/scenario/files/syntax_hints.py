"""What a line that is not TOML probably meant."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

_Hint = Callable[[str], str]


def explain_line(line: str) -> str:
    """Return what is wrong with a line that is not TOML, and what to write; empty if unknown."""
    return next(filter(None, (hint(line) for hint in _HINTS)), "")


def _explain_quotes(line: str) -> str:
    curly = re.search("[\u2018\u2019\u201a\u201c\u201d\u201e\u00ab\u00bb]", line)
    return f'{curly[0]} is a typographic quotation mark; write "' if curly else ""


def _explain_capitals(line: str) -> str:
    word = re.search(r"=\s*(True|False|TRUE|FALSE)\b", line)
    return f"true and false are written in small letters; write {word[1].lower()}" if word else ""


def _explain_date(line: str) -> str:
    found = re.search(r"=\s*(\d{4}-\d{2}-\d{2})\b", line)
    if not found:
        return ""
    try:
        date.fromisoformat(found[1])
    except ValueError as error:
        return f"{found[1]} is not a date: {error}"
    return ""


def _explain_comma(line: str) -> str:
    number = re.search(r"=\s*(-?\d+),(\d+)\s*(?:#|$)", line)
    return f"decimals have a point; write {number[1]}.{number[2]}" if number else ""


def _explain_bare_word(line: str) -> str:
    word = re.search(r"=\s*([^\W\d]\w*)\s*(?:#|$)", line)
    return f'text stands in quotation marks; write "{word[1]}"' if word else ""


def _explain_colon(line: str) -> str:
    key = re.match(r"\s*([\w.-]+)\s*:\s*\S", line)
    return f"a key is followed by an equals sign; write {key[1]} = ..." if key else ""


def _explain_open_quote(line: str) -> str:
    text, _, _ = line.partition("#")
    return "a quotation mark is not closed" if text.count('"') % 2 else ""


_HINTS: tuple[_Hint, ...] = (
    _explain_quotes,
    _explain_capitals,
    _explain_date,
    _explain_comma,
    _explain_bare_word,
    _explain_colon,
    _explain_open_quote,
)


def nearby_lines(text: str, number: int) -> Iterator[str]:
    """Yield the line of that number, from 1, then the one before it, where the cause often lies."""
    lines = text.splitlines()
    for index in (number - 1, number - 2):
        if 0 <= index < len(lines):
            yield lines[index]
