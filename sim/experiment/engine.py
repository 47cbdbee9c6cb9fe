"""The identity of the engine: a digest of what its modules execute.

Comments, docstrings and layout execute nothing: correcting one leaves results folders valid.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable

PACKAGE = "sim.model"
"""The package whose code decides every result."""


def engine_fingerprint(package: Traversable | None = None) -> str:
    """Return a SHA-256 digest of what the modules of the engine execute, in hexadecimal.

    It is the same under every version of Python. Any other `package` may be given instead.
    """
    return _digest(package) if package else _engine()


@cache
def _engine() -> str:
    return _digest(files(PACKAGE))


def _digest(package: Traversable) -> str:
    digest = sha256()
    for name, source in sorted(_sources(package)):
        executed = repr(_executed(ast.parse(source)))
        digest.update(f"{name}\0{len(executed)}\0{executed}".encode())
    return digest.hexdigest()


def _sources(folder: Traversable, path: str = "") -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _sources(entry, f"{path}{entry.name}/")
        elif entry.name.endswith(".py"):
            yield path + entry.name, entry.read_bytes()


def _executed(part: object) -> object:
    """Return a syntax tree as tuples, without docstrings and without fields that are empty.

    Versions of Python differ in which empty fields a node has.
    """
    if isinstance(part, list):
        return tuple(_executed(node) for node in part if not _is_docstring(node))
    if not isinstance(part, ast.AST):
        return part
    fields = ((name, getattr(part, name, None)) for name in part._fields)
    filled = (
        (name, _executed(value))
        for name, value in fields
        if name != "kind" and value is not None and value != []
    )
    return (type(part).__name__, *filled)


def _is_docstring(node: object) -> bool:
    """Whether a statement is text alone, which documents what stands above it."""
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )
