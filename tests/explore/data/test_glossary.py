"""Terms explain themselves in the words of the glossary."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.explore.data import glossary
from sim.explore.data.glossary import parse_glossary, read_glossary

PAGE = """# Glossary

**Honour, renege.** To answer a call with *aid*,
or not; see [casus foederis](#x) and `rules.honour`.

| Measure | What |
|---|---|
| `a_b` | **Not.** a term |

**Veto.** A vote that blocks 2*2.
"""


def test_terms_explained_together_are_found_by_each() -> None:
    text = "To answer a call with aid, or not; see casus foederis and rules.honour."
    assert parse_glossary(PAGE) == {
        "honour": text,
        "renege": text,
        "veto": "A vote that blocks 2*2.",
    }


def test_the_page_of_the_project_is_read_without_markup() -> None:
    terms = read_glossary()
    assert {"entrapment", "casus foederis", "paired worlds", "emboldenment"} <= set(terms)
    assert len(terms) > 100
    assert [text for text in terms.values() if "](" in text or "`" in text or "**" in text] == []


def test_without_the_page_nothing_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(glossary, "_PLACES", (Path("nowhere.md"),))
    assert read_glossary() == {}
