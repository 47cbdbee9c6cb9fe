"""Pages keep their form where they are rendered: tables, fences and formulas."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from tests.docs.pages import name, pages, prose, text

_FORMULA = re.compile(r"\$[^$\n]+\$")
_MARKUP = re.compile(r"\s*([#|<>!*+-]|\d+\.|\$\$)")
_EATEN = re.compile(r"\\[^A-Za-z\s]")  # Markdown takes such a backslash for its own


def cells(line: str) -> int:
    """Return how many cells a row of a table has; 0 for any other line."""
    return line.count("|") - line.count(r"\|") - 1 if line.startswith("|") else 0


def crooked(page: str) -> list[str]:
    """Return the rows that have another number of cells than the row above."""
    lines = pairwise(page.splitlines())
    return [row for above, row in lines if cells(row) and cells(above) not in (0, cells(row))]


@pytest.mark.parametrize("page", pages(), ids=name)
def test_the_rows_of_a_table_have_as_many_cells_as_its_head(page: Path) -> None:
    assert crooked(text(page)) == []


def test_a_crooked_table_is_noticed() -> None:
    assert crooked("| a | b |\n|---|---|\n| 1 | 2 | 3 |\n") == ["| 1 | 2 | 3 |"]


def paragraphs(page: str) -> list[str]:
    """Return the paragraphs of running text: no headings, tables, lists, pictures or markup."""
    blocks = (block.strip("\n") for block in re.split(r"\n\s*\n", page))
    return [block for block in blocks if block and not _MARKUP.match(block)]


def begun_amid(page: str) -> list[str]:
    """Return the paragraphs that begin in the middle of a sentence, unless a block cuts it."""
    without_blocks = re.sub(
        r"^(```[\s\S]*?^```|\$\$[\s\S]*?\$\$)\s*", "> ", page, flags=re.MULTILINE
    )
    return [text for text in paragraphs(without_blocks) if re.match(r"\s*[a-z]\w*\b", text)]


def cut_by_block(page: str) -> list[str]:
    """Return the paragraphs of running text that a generated block follows before they end."""
    before = re.split(r"^<!-- .* -->$", page, flags=re.MULTILINE)[:-1]
    last = [(text.rstrip(), block) for text in before for block in paragraphs(text)[-1:]]
    adjacent = [block for text, block in last if text.endswith(block)]
    return [text for text in adjacent if not re.search(r"[.:?!][)*`]*$", text)]


def repeated_sentences(page: str) -> set[str]:
    """Return the sentences of ten words or more that stand in more than one place of a page."""
    sentences = [
        sentence
        for text in paragraphs(page)
        for sentence in re.split(r"(?<=[.!?])\s+", " ".join(text.split()))
        if len(sentence.split()) >= 10
    ]
    return {sentence for sentence in sentences if sentences.count(sentence) > 1}


@pytest.mark.parametrize("page", pages(), ids=name)
def test_no_paragraph_begins_in_the_middle_of_a_sentence(page: Path) -> None:
    assert begun_amid(text(page)) == []


@pytest.mark.parametrize("page", pages(), ids=name)
def test_no_generated_block_cuts_a_sentence(page: Path) -> None:
    assert cut_by_block(text(page)) == []


@pytest.mark.parametrize("page", pages(), ids=name)
def test_no_sentence_stands_twice_on_a_page(page: Path) -> None:
    assert repeated_sentences(prose(page)) == set()


def test_a_torn_paragraph_is_noticed() -> None:
    torn = "A word.\n\n in the assumptions, in each measure, and pair by pair."
    assert begun_amid(torn) == [" in the assumptions, in each measure, and pair by pair."]


def test_a_sentence_cut_by_a_generated_block_is_noticed() -> None:
    cut = "A sentence.\n\nThe table of\n\n<!-- from here -->\n\n| a |\n\n<!-- to here -->\n"
    assert cut_by_block(cut) == ["The table of"]
    assert cut_by_block(cut.replace("table of", "table:")) == []


def test_a_sentence_that_stands_twice_is_noticed() -> None:
    sentence = "Where hardly any pair of worlds differs, that is a finding, too."
    assert repeated_sentences(f"{sentence} And so on.\n\n{sentence}\n") == {sentence}


@pytest.mark.parametrize("page", pages(), ids=name)
def test_every_fence_is_closed(page: Path) -> None:
    assert len(re.findall(r"^```", text(page), re.MULTILINE)) % 2 == 0


@pytest.mark.parametrize("page", pages(), ids=name)
def test_a_formula_in_a_line_holds_nothing_that_markdown_eats(page: Path) -> None:
    assert [formula for formula in _FORMULA.findall(prose(page)) if _EATEN.search(formula)] == []
