"""A source written out, for people."""

from __future__ import annotations

from sim.scenario.files.bibliography import Seen, SourceEntry

_SEEN = {
    Seen.FOUND: "",
    Seen.SECONDARY: "Read in a compilation only.",
    Seen.RECALLED: "Recalled, to be checked before it is quoted.",
    Seen.OWN: "",
}


def written_out(entry: SourceEntry) -> str:
    """Return who wrote what, when and where, how far it was read, and what to be careful about."""
    year = f" ({entry.year})" if entry.year else ""
    head = f"{_capital(entry.by)}{year}: {entry.title}"
    said = (head, _capital(entry.where), _SEEN[entry.seen], entry.note)
    return " ".join(_sentence(part) for part in said if part)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."
