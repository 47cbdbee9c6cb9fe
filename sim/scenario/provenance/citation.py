"""Citations of sources, for readers."""

from __future__ import annotations

from sim.scenario.files.bibliography import SourceEntry, VerificationStatus

STATUS_NOTES = {
    VerificationStatus.FOUND: "",
    VerificationStatus.SECONDARY: "Read in a compilation only.",
    VerificationStatus.RECALLED: "Recalled, to be checked before it is quoted.",
    VerificationStatus.OWN: "",
}


def format_citation(entry: SourceEntry) -> str:
    """Return author, year, title and place of a source, how far it was read, and caveats."""
    year = f" ({entry.year})" if entry.year else ""
    head = f"{_capitalise(entry.by)}{year}: {entry.title}"
    parts = (head, _capitalise(entry.where), STATUS_NOTES[entry.seen], entry.note)
    return " ".join(_end_sentence(part) for part in parts if part)


def _capitalise(text: str) -> str:
    return text[:1].upper() + text[1:]


def _end_sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."
