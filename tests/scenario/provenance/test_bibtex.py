"""Works as entries of BibTeX."""

from __future__ import annotations

from typing import Any

from sim.scenario.files.bibliography import SourceEntry
from sim.scenario.provenance.bibtex import render_source


def source(**fields: Any) -> str:
    return render_source("key", SourceEntry.model_validate({"seen": "found", **fields}))


def test_an_article_has_its_journal_volume_and_pages() -> None:
    entry = source(
        title="Chain gangs",
        by="Christensen, Snyder and Walt",
        year=1990,
        where="International Organization 44(2): 137-168",
    )
    assert entry.splitlines() == [
        "@article{key,",
        "  author = {Christensen and Snyder and Walt},",
        "  title = {{Chain gangs}},",
        "  year = {1990},",
        "  journal = {International Organization},",
        "  volume = {44},",
        "  number = {2},",
        "  pages = {137--168},",
        "}",
    ]


def test_a_book_is_by_persons_and_a_treaty_by_states() -> None:
    book = source(title="T", by="Bueno de Mesquita", year=1981, where="Yale University Press")
    treaty = source(title="T", by="United States; Japan", year=1960)
    both = source(title="T", by="Siverson and Starr", year=1991)
    assert "  author = {Siverson and Starr},\n" in both
    assert "  author = {{Bueno de Mesquita}},\n" in book
    assert "  howpublished = {Yale University Press},\n" in book
    assert "  author = {{United States; Japan}},\n" in treaty


def test_signs_with_a_meaning_of_their_own_are_written_out() -> None:
    entry = source(title="War & peace", by="Y", note="12 % of $5")
    assert "title = {{War \\& peace}}" in entry
    assert "note = {12 \\% of \\$5}" in entry


def test_what_was_only_recalled_says_so() -> None:
    assert "to be checked before it is quoted" in source(title="T", by="Y", seen="recalled")
