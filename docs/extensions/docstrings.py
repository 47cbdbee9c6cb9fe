"""Docstrings of attributes as this project writes them: a colon in them does not end a type."""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx


def begin_with_comment(app: Sphinx, what: str, *event: Any) -> None:  # noqa: ARG001
    """Put an empty comment before the text, in whose first line napoleon looks for a type."""
    if what in ("attribute", "data", "property"):
        lines: list[str] = event[-1]
        lines[:0] = ["..", ""]


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the function, before napoleon's."""
    app.connect("autodoc-process-docstring", begin_with_comment, priority=400)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
