"""Works as entries of BibTeX, the format that word processors' and LaTeX's reference tools read."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sim.scenario.files.bibliography import SourceEntry
from sim.scenario.provenance.citation import STATUS_NOTES

_JOURNAL = re.compile(
    r"(?P<journal>.+?) (?P<volume>\d+)(?:\((?P<number>[\d/-]+)\))?: ?(?P<pages>\d+(?:-\d+)?)"
)
"""How `where` names an article, such as `World Politics 36(4): 461-495`."""
_SPECIAL = re.compile(r"[&%$#_{}]")


def render_entry(kind: str, key: str, fields: Mapping[str, object]) -> str:
    """Return an entry, without the fields that are empty."""
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
    return f"@{kind}{{{key},\n{''.join(lines)}}}\n"


def render_source(key: str, entry: SourceEntry) -> str:
    """Return a source: an article where its place is that of one, and else a miscellaneous work."""
    caveats = " ".join(filter(None, (STATUS_NOTES[entry.seen], entry.note)))
    common = {"title": f"{{{escape(entry.title)}}}", "year": entry.year or ""}
    if place := _JOURNAL.fullmatch(entry.where):
        article = place.groupdict() | {"pages": place["pages"].replace("-", "--")}
        fields = {"author": _format_authors(entry.by), **common, **_escape_all(article)}
        return render_entry("article", key, fields | {"note": escape(caveats)})
    author = _format_authors(entry.by) if _are_persons(entry) else f"{{{escape(entry.by)}}}"
    fields = {"author": author, **common, "howpublished": escape(entry.where)}
    return render_entry("misc", key, fields | {"note": escape(caveats)})


def escape(text: str) -> str:
    """Return text in which no sign has a meaning of its own."""
    return _SPECIAL.sub(lambda sign: f"\\{sign[0]}", text)


def _escape_all(fields: Mapping[str, str | None]) -> dict[str, str]:
    return {name: escape(text) for name, text in fields.items() if text}


def _format_authors(by: str) -> str:
    """Return surnames as BibTeX separates them."""
    return " and ".join(map(escape, re.split(r", (?:and )?| and ", by)))


def _are_persons(entry: SourceEntry) -> bool:
    """Whether a work other than an article is by several persons, named by their surnames.

    A single name is better left as it is: it may be that of an institution.
    """
    names = re.split(r", (?:and )?| and ", entry.by)
    return len(names) > 1 and all(len(name.split()) == 1 for name in names)
