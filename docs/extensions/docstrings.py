"""Docstrings and signatures as a reader needs them.

A colon in the docstring of an attribute does not end a type, a default path is its text, and what
a package's docstring sets in two columns is a list.
"""

from __future__ import annotations

import re
from typing import Any

from sphinx.application import Sphinx

_COLUMNS = re.compile(r"^ *([a-z_]+)(?:  +)(\S.*)$")
"""A name and what it means, with at least two spaces between."""


def begin_with_comment(app: Sphinx, what: str, *event: Any) -> None:  # noqa: ARG001
    """Put an empty comment before the text, in whose first line napoleon looks for a type."""
    if what in ("attribute", "data", "property"):
        lines: list[str] = event[-1]
        lines[:0] = ["..", ""]


def list_columns(app: Sphinx, what: str, *event: Any) -> None:  # noqa: ARG001
    """Make a list of the lines in which a package's docstring sets a name before its meaning."""
    if what == "module" and hasattr(event[1], "__path__"):
        lines: list[str] = event[-1]
        lines[:] = [_COLUMNS.sub(r"- `\1`: \2", line) for line in lines]


def write_paths_as_text(app: Sphinx, *event: Any) -> tuple[str | None, str | None]:  # noqa: ARG001
    """Return a signature in which no path is of one system, and its return annotation."""
    signature, annotation = event[-2:]
    return signature and re.sub(r"(?:Posix|Windows)Path\(([^)]*)\)", r"\1", signature), annotation


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the functions, the first before napoleon's."""
    app.connect("autodoc-process-signature", write_paths_as_text)
    app.connect("autodoc-process-docstring", list_columns)
    app.connect("autodoc-process-docstring", begin_with_comment, priority=400)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
