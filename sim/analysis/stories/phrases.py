"""The sentences of a story, read from the file beside this one, and names and chances in words."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

_PHRASES_FILE = Path(__file__).with_name("phrases.toml")

_CHANCES_IN_WORDS = (
    (0.0005, "less than one in a thousand"),
    (0.0015, "about one in a thousand"),
    (0.0035, "about one in four hundred"),
    (0.0075, "about one in two hundred"),
    (0.015, "about one in a hundred"),
    (0.0267, "about one in fifty"),
    (0.0415, "about one in thirty"),
    (0.058, "about one in twenty"),
    (0.083, "about one in fifteen"),
    (0.112, "about one in ten"),
    (0.146, "about one in eight"),
    (0.183, "about one in six"),
    (0.225, "about one in five"),
    (0.292, "about one in four"),
    (0.367, "about one in three"),
    (0.45, "about two in five"),
    (0.55, "about even"),
    (0.633, "about three in five"),
    (0.708, "about two in three"),
    (0.775, "about three in four"),
    (0.85, "about four in five"),
    (0.925, "about nine in ten"),
    (0.97, "about nineteen in twenty"),
    (0.995, "about ninety-nine in a hundred"),
    (1.0, "next to certain"),
)
_NUMBERS_IN_WORDS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
)


@cache
def load_phrases() -> dict[str, Any]:
    """Return the phrases, by section of the file."""
    return tomllib.loads(_PHRASES_FILE.read_text(encoding="utf-8"))


def with_article(name: str) -> str:
    """Return a name as used within a sentence, with its article if it takes one."""
    takes = any(name.endswith(ending) for ending in load_phrases()["the"])
    return f"the {name}" if takes else name


def fill_sentence(template: str, **words: object) -> str:
    """Return a sentence with its placeholders filled in and its first letter capitalised."""
    sentence = template.format(**words)
    return sentence[:1].upper() + sentence[1:]


def chance_in_words(chance: float) -> str:
    """Return a chance in words, such as 'about one in three'."""
    return next(words for most, words in _CHANCES_IN_WORDS if chance <= most)


def named_chance(chance: float) -> str:
    """Return a chance in words as given to something, such as 'a chance of about one in three'."""
    words = chance_in_words(chance)
    return load_phrases()["given_chances"].get(words, f"a chance of {words}")


def number_in_words(count: int) -> str:
    """Return a small number as a word."""
    return _NUMBERS_IN_WORDS[count] if count < len(_NUMBERS_IN_WORDS) else f"{count:,}"


def join_with_and(words: Sequence[str]) -> str:
    """Return words as a list, the last two joined by 'and'."""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last
