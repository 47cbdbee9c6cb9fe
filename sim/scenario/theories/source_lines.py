"""Where the source of a theory declares its numbers: the entries of its table `numbers`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import NamedTuple

_TABLE = "numbers"


class DeclaredNumber(NamedTuple):
    """A number in the source of a theory: its class, its name, and its first and last line."""

    owner: str
    name: str
    line: int
    end: int


def find_numbers(text: str) -> Iterator[DeclaredNumber]:
    """Yield the numbers in the tables `numbers` of all classes, by the lines of their names."""
    for owner in ast.walk(ast.parse(text)):
        if isinstance(owner, ast.ClassDef):
            for table in _find_tables(owner):
                yield from _read_entries(owner.name, table)


def find_number_lines(text: str, owner: str) -> dict[str, int]:
    """Return the line on which a class declares each number, as far as it stands in its table."""
    return {each.name: each.line for each in find_numbers(text) if each.owner == owner}


def find_number_at(text: str, line: int | None) -> DeclaredNumber | None:
    """Return the number that is declared on a line; none if there is none."""
    found = (each for each in find_numbers(text) if each.line <= (line or 0) <= each.end)
    return next(found, None)


def _find_tables(owner: ast.ClassDef) -> Iterator[ast.expr]:
    for node in ast.walk(owner):
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(_name(target) == _TABLE for target in targets):
                yield node.value


def _name(target: ast.expr) -> str:
    return getattr(target, "id", "") or getattr(target, "attr", "")


def _read_entries(owner: str, table: ast.expr) -> Iterator[DeclaredNumber]:
    """Yield the entries of a table, written with braces, by `dict(...)`, or as a sum of such."""
    for node in ast.walk(table):
        if isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if isinstance(key, ast.Constant) and isinstance(key.value, str):
                    end = value.end_lineno or key.lineno
                    yield DeclaredNumber(owner, key.value, key.lineno, end)
        elif isinstance(node, ast.Call) and _name(node.func) == "dict":
            for word in node.keywords:
                if word.arg:
                    end = word.value.end_lineno or word.lineno
                    yield DeclaredNumber(owner, word.arg, word.lineno, end)
