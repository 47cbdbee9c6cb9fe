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

ENGINE_PACKAGE = "sim.model"
"""The package whose code determines every result."""


def engine_fingerprint(package: Traversable | None = None) -> str:
    """Return a SHA-256 digest of what the modules of the engine execute, in hexadecimal.

    It is the same under every version of Python. Another `package` can be passed instead.
    """
    return _hash_package(package) if package else _installed_fingerprint()


@cache
def _installed_fingerprint() -> str:
    return _hash_package(files(ENGINE_PACKAGE))


def _hash_package(package: Traversable) -> str:
    digest = sha256()
    for name, source in sorted(_read_sources(package)):
        executed = repr(_normalise_syntax(ast.parse(source)))
        digest.update(f"{name}\0{len(executed)}\0{executed}".encode())
    return digest.hexdigest()


def _read_sources(folder: Traversable, prefix: str = "") -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _read_sources(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(".py"):
            yield prefix + entry.name, entry.read_bytes()


def _normalise_syntax(tree: object) -> object:
    """Return a syntax tree as tuples, without docstrings and empty fields.

    Versions of Python differ in the empty fields of a node.
    """
    if isinstance(tree, list):
        return tuple(_normalise_syntax(node) for node in tree if not _is_docstring(node))
    if not isinstance(tree, ast.AST):
        return tree
    fields = ((name, getattr(tree, name, None)) for name in tree._fields)
    filled = (
        (name, _normalise_syntax(value))
        for name, value in fields
        if name != "kind" and value is not None and value != []
    )
    return (type(tree).__name__, *filled)


def _is_docstring(node: object) -> bool:
    """Whether a statement is a string by itself, which documents the line above it."""
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )
