"""Pastes the numbers of docs/teaching: `python .ci/teaching.py`, in about a minute.

A place to paste into begins with a comment that names what belongs there, and ends with another:
`<!-- = pact:war_wider -->18%<!-- . -->`. Two kinds of names exist.

Figures are counted in 3,000 paired worlds, as many as `sim explore` shows, and stored in
docs/teaching/numbers.csv (`teaching_numbers.py`). Parts are made of files that exist: the matrix,
the table of levers, scenarios, the bibliography (`teaching_parts.py`). `--render` simulates
nothing: it pastes the stored figures, and makes the parts again.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from teaching_numbers import Counter, is_figure, read_figures, write_figures
from teaching_parts import render_part

TOP = Path(__file__).resolve().parents[1]
FOLDER = TOP / "docs" / "teaching"
FIGURES = FOLDER / "numbers.csv"
PLACE = re.compile(r"(?P<open><!-- = (?P<name>[^\n]+?) -->)(?P<text>.*?)<!-- \. -->", re.DOTALL)


def find_pages(folder: Path) -> list[Path]:
    """Return the pages that have places, in order."""
    return sorted(folder.rglob("*.md"))


def find_names(page: str) -> Iterator[str]:
    """Yield the names of a page's places."""
    for place in PLACE.finditer(page):
        yield place["name"]


def list_figures(pages: Iterable[str]) -> list[str]:
    """Return the names of all figures that pages quote, in alphabetical order."""
    return sorted({name for page in pages for name in find_names(page) if is_figure(name)})


def paste(page: str, figures: dict[str, str]) -> str:
    """Return a page with every place filled.

    Args:
        page: the text of the page.
        figures: the figures by name.
    """
    return PLACE.sub(lambda place: _fill(place, figures), page)


def _fill(place: re.Match[str], figures: dict[str, str]) -> str:
    name = place["name"]
    text = figures[name] if is_figure(name) else render_part(name, TOP)
    around = "\n" if "\n" in place["text"] else ""
    inner = f"{around}\n{text.strip()}\n{around}" if around else text
    return f"{place['open']}{inner}<!-- . -->"


def renew_teaching(*, count: bool = True) -> None:
    """Fill the pages.

    Args:
        count: whether figures are counted anew, and pictures drawn; otherwise they are read.
    """
    pages = {page: page.read_text("utf-8") for page in find_pages(FOLDER)}
    if count:
        counter = Counter()
        write_figures(FIGURES, counter.count_all(list_figures(pages.values())))
        counter.draw(TOP / "docs" / "pictures")
    figures = read_figures(FIGURES)
    for page, text in pages.items():
        page.write_text(paste(text, figures), "utf-8")


if __name__ == "__main__":
    renew_teaching(count="--render" not in sys.argv)
