"""The identity of the engine: a digest of what its modules execute.

Comments, docstrings and layout execute nothing: correcting one leaves results folders valid.
"""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

ENGINE_PACKAGE = "sim.model"
"""The package whose code determines every result."""
_FINGERPRINT = re.compile("[0-9a-f]{64}")


def engine_fingerprint(package: Traversable | None = None) -> str:
    """Return a SHA-256 digest of what the modules of the engine execute, in hexadecimal.

    It is the same under every version of Python. Another `package` can be passed instead.
    """
    return _hash_package(package) if package else _installed_fingerprint()


def hash_source(text: str) -> str:
    """Return a SHA-256 digest of what one source executes, in hexadecimal."""
    return _hash_sources([("", text.encode())])


@cache
def _installed_fingerprint() -> str:
    """Return the fingerprint of the engine as it is installed, worked out once for its files.

    It is kept beside the compiled modules, under a digest of the files: a change of any of them, or
    of this module, leads to another name.
    """
    package = files(ENGINE_PACKAGE)
    sources = sorted(_read_sources(package))
    if not isinstance(package, Path):  # in an archive
        return _hash_sources(sources)
    texts = [("", Path(__file__).read_bytes()), *sources]
    digest = sha256(b"".join(b"%s\0%d\0%s" % (n.encode(), len(t), t) for n, t in texts))
    file = package / "__pycache__" / f"engine-{digest.hexdigest()}"
    return _read_fingerprint(file) or _keep_fingerprint(file, _hash_sources(sources))


def _read_fingerprint(file: Path) -> str:
    """Return what a file says; empty if that is no fingerprint."""
    try:
        text = file.read_text("ascii")
    except (OSError, ValueError):
        return ""
    return text if _FINGERPRINT.fullmatch(text) else ""


def _keep_fingerprint(file: Path, fingerprint: str) -> str:
    """Return a fingerprint once it is written, where files may be written there."""
    draft = file.with_name(f"{file.name}.{os.getpid()}")
    with suppress(OSError):
        file.parent.mkdir(exist_ok=True)
        draft.write_text(fingerprint, "ascii")
        draft.replace(file)
    return fingerprint


def _hash_package(package: Traversable) -> str:
    return _hash_sources(sorted(_read_sources(package)))


def _hash_sources(sources: Iterable[tuple[str, bytes]]) -> str:
    digest = sha256()
    for name, source in sources:
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
