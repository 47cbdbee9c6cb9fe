"""The events that the engine records, as its source names them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import sim.model

_RECORDED = re.compile(r"(?:\brecord(?:_in)?\(\s*|end_war\([^\"]*)\"(\w+)\"")


def recorded_events() -> set[str]:
    """Return the names of events that are recorded one by one, or listed to be recorded."""
    texts = [file.read_text("utf-8") for file in Path(sim.model.__path__[0]).rglob("*.py")]
    return {name for text in texts for name in (*_RECORDED.findall(text), *_listed(text))}


def _listed(text: str) -> Iterator[str]:
    """Yield the names in functions that return lists of events."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef) and node.returns and _is_of_events(node.returns):
            for part in ast.walk(ast.Module(node.body[1:], [])):  # after what it says of itself
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield part.value


def _is_of_events(annotation: ast.expr) -> bool:
    return ast.unparse(annotation) == "list[_Event]"
