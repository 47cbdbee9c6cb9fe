"""The bibliography of the scenarios, as a page."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

FILE = Path(__file__).resolve().parents[2] / "scenarios" / "parts" / "sources.toml"
_HEADING = re.compile(r"^# -+ (?P<title>.+?) -+$|^\[(?P<key>[\w-]+)\]$", re.MULTILINE)
SEEN = {
    "found": "The figure was found in it.",
    "secondary": "The figure was found in a compilation only.",
    "recalled": "To be checked before it is quoted.",
    "own": "Computed or judged by this project.",
}


def read_sources() -> dict[str, dict[str, object]]:
    """Return the entries by key."""
    return tomllib.loads(FILE.read_text("utf-8"))


def render_sources() -> str:
    """Return the entries under the headings of the file, each with the anchor `source-KEY`."""
    return "\n".join(_lines(read_sources()))


def _lines(sources: dict[str, dict[str, object]]) -> Iterator[str]:
    for match in _HEADING.finditer(FILE.read_text("utf-8")):
        if match["title"]:
            yield f"## {match['title']}\n"
        else:
            yield f"(source-{match['key']})=\n{_entry(match['key'], sources[match['key']])}\n"


def _entry(key: str, source: dict[str, object]) -> str:
    """Return one entry: who, when, what, where, how far it was read, and the note."""
    year = f" ({source['year']})" if "year" in source else ""
    work = f"{source['by']}{year}. *{source['title']}*"
    where = f", {source['where']}" if "where" in source else ""
    seen = SEEN.get(str(source.get("seen")), "")
    note = str(source.get("note", ""))
    return " ".join(filter(None, (f"**`{key}`**", f"{work}{where}.", seen, note)))
