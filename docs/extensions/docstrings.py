"""Docstrings and signatures as a reader needs them.

A colon in the docstring of an attribute does not end a type, and a default path is its text.
"""

from __future__ import annotations

import re
from typing import Any

from sphinx.application import Sphinx


def begin_with_comment(app: Sphinx, what: str, *event: Any) -> None:  # noqa: ARG001
    """Put an empty comment before the text, in whose first line napoleon looks for a type."""
    if what in ("attribute", "data", "property"):
        lines: list[str] = event[-1]
        lines[:0] = ["..", ""]


def write_paths_as_text(app: Sphinx, *event: Any) -> tuple[str | None, str | None]:  # noqa: ARG001
    """Return a signature in which no path is of one system, and its return annotation."""
    signature, annotation = event[-2:]
    return signature and re.sub(r"(?:Posix|Windows)Path\(([^)]*)\)", r"\1", signature), annotation


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the functions, the first before napoleon's."""
    app.connect("autodoc-process-signature", write_paths_as_text)
    app.connect("autodoc-process-docstring", begin_with_comment, priority=400)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
