"""The words of the glossary in plain text, for terms that explain themselves when tapped.

docs/glossary.md is their one source; an installed package carries a copy of that page.
"""

from __future__ import annotations

import re
from pathlib import Path

_PLACES = (
    Path(__file__).parents[1] / "glossary.md",
    Path(__file__).parents[3] / "docs" / "glossary.md",
)
"""The page as installed, and as it lies in the project."""
_ENTRY = re.compile(r"^\*\*(?P<terms>[^*]+?)\.\*\*\s+(?P<text>.+?)(?=\n\n|\Z)", re.M | re.S)
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_MARKUP = re.compile(r"(?<!\w)(\*\*|[*`_])(?=\S)(.+?)(?<=\S)\1(?!\w)")


def read_glossary() -> dict[str, str]:
    """Return what each term means, by the term in lower case; empty where there is no page."""
    page = next((place for place in _PLACES if place.is_file()), None)
    return {} if page is None else parse_glossary(page.read_text("utf-8"))


def parse_glossary(page: str) -> dict[str, str]:
    """Return what each term of a page means; of terms explained together, each by itself."""
    return {
        term.strip().lower(): _to_plain_text(entry["text"])
        for entry in _ENTRY.finditer(page)
        for term in entry["terms"].split(",")
    }


def _to_plain_text(markdown: str) -> str:
    """Return a paragraph without links, emphasis and line breaks."""
    text = " ".join(markdown.split())
    return " ".join(_MARKUP.sub(r"\2", _LINK.sub(r"\1", text)).split())
