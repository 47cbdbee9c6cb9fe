"""The project speaks the language of its field: simulate, draw, record, render."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docs.pages import MODEL, TOP, name

BANNED = {
    "names": r"luck|dice|told|labour|toll|whoever|lived|living|live|lot|lots|hands|keep|keeping",
    "prose": r"(?<!-)(?:lived|living)|re-?liv(?:e|es|ed|ing)"
    r"|lives? (?:\w+ )?(?:worlds?|months?|scenarios?|runs?|blocks?)"
    r"|luck|lucky|dice|told|whoever|toll|takes? force|spoke for|speaks? for|fell out"
    r"|se(?:e|es|eing) to it|owed to (?:chance|luck|assumptions)|hangs? on"
    r"|speaks? against|reckon(?:s|ed)? with|wars? of others|comes? to (?:the aid|whose aid)",
}
"""What no name is, from underscore to underscore or capital to capital, and what no text says."""

_WORD_OF_NAME = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")
_WHOLE_NAMES = re.compile(r"_*(?:lots?|hands|keep|keeping)_*", re.IGNORECASE)
_NAME = re.compile(BANNED["names"], re.IGNORECASE)
_PROSE = re.compile(rf"\b(?:{BANNED['prose']})\b", re.IGNORECASE)
_NOT_PROSE = re.compile(r"^```.*?^```$|`[^`\n]*`|\]\([^)]*\)|<!--.*?-->", re.MULTILINE | re.DOTALL)

PYTHON = sorted((TOP / "sim").rglob("*.py"))
PAGES = [
    TOP / "README.md",
    TOP / "CONTRIBUTING.md",
    *sorted((TOP / "docs").glob("*.md")),
    *sorted((TOP / "docs" / "teaching").rglob("*.md")),
    *sorted((TOP / "docs" / "theories").rglob("*.md")),
    *MODEL[1:],
]
SCENARIOS = sorted((TOP / "scenarios").rglob("*.toml"))


def in_name(identifier: str) -> str:
    """Return the banned word that a name is made of, if any."""
    if _WHOLE_NAMES.fullmatch(identifier):
        return identifier
    words = _WORD_OF_NAME.findall(identifier)
    return next((w for w in words if _NAME.fullmatch(w) and not _WHOLE_NAMES.fullmatch(w)), "")


def names(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield each name that a module defines, with its line."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                yield node.lineno, node.name
            case ast.arg():
                yield node.lineno, node.arg
            case ast.Name(ctx=ast.Store()):
                yield node.lineno, node.id
            case ast.Attribute(ctx=ast.Store()):
                yield node.lineno, node.attr


def in_code(source: str) -> Iterator[tuple[int, str]]:
    """Yield line and banned word of each name and each text of a module.

    A text is a string with a space in it; others are keys.
    """
    tree = ast.parse(source)
    for line, identifier in names(tree):
        if word := in_name(identifier):
            yield line, f"{word} in {identifier}"
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value:
            for match in _PROSE.finditer(" ".join(node.value.split())):
                yield node.lineno, match[0]


def in_text(text: str) -> Iterator[tuple[int, str]]:
    """Yield line and banned word of each place in a page, outside code, links and comments."""
    prose = _NOT_PROSE.sub(lambda match: "\n" * match[0].count("\n"), text)
    for match in _PROSE.finditer(prose):
        yield prose.count("\n", 0, match.start()) + 1, match[0]


def report(file: Path, places: Iterator[tuple[int, str]]) -> list[str]:
    """Return places as `file:line: word`."""
    return [f"{name(file)}:{line}: {word}" for line, word in places]


def test_no_name_and_no_text_of_the_package_uses_a_banned_word() -> None:
    assert [at for file in PYTHON for at in report(file, in_code(file.read_text("utf-8")))] == []


@pytest.mark.parametrize("file", [*PAGES, *SCENARIOS], ids=name)
def test_no_page_and_no_scenario_uses_a_banned_word(file: Path) -> None:
    assert report(file, in_text(file.read_text("utf-8"))) == []


@pytest.mark.parametrize(
    ("source", "places"),
    [
        ("def live_worlds(told): ...", [(1, "live in live_worlds"), (1, "told in told")]),
        ("class PlannedLuck:\n    hands = 2", [(1, "Luck in PlannedLuck"), (2, "hands in hands")]),
        ('x = f"{n} worlds lived"', [(1, "lived")]),
        ('"""Draw the\ndice."""', [(1, "dice")]),
    ],
)
def test_such_a_word_in_code_would_be_noticed(source: str, places: list[tuple[int, str]]) -> None:
    assert list(in_code(source)) == places


def test_such_a_word_on_a_page_would_be_noticed() -> None:
    page = "A treaty\ntakes force.\n```\nluck\n```\nIt `told` [us](luck.md) of Luck."
    assert list(in_text(page)) == [(2, "takes force"), (6, "Luck")]


@pytest.mark.parametrize(
    "source",
    ["deliveries = alive", "def keep_largest(slot): ...", 'key = "luck"', '"""Short-lived."""'],
)
def test_other_words_pass(source: str) -> None:
    assert list(in_code(source)) == []
