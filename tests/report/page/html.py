"""What stands in a page, as a browser would read it."""

from __future__ import annotations

from html.parser import HTMLParser
from itertools import pairwise

_HIDDEN = ("script", "style", "title")


class Page(HTMLParser):
    """A page taken apart.

    Attributes:
        tags: every element, as its name and attributes.
        pieces: the visible text, piece by piece, with the element that holds it.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.pieces: list[tuple[str, str]] = []
        self._open = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        self._open = tag

    def handle_endtag(self, tag: str) -> None:
        self._open = ""

    def handle_data(self, data: str) -> None:
        if data.strip() and self._open not in _HIDDEN:
            self.pieces.append((self._open, " ".join(data.split())))

    def named(self, tag: str) -> list[dict[str, str]]:
        """Return the attributes of every element of a name."""
        return [attributes for name, attributes in self.tags if name == tag]

    def all(self, attribute: str) -> list[str]:
        """Return every value of an attribute, on whatever element."""
        return [attributes[attribute] for _, attributes in self.tags if attribute in attributes]

    @property
    def text(self) -> str:
        """All that is shown, in one piece."""
        return " ".join(text for _, text in self.pieces)

    def headings_skip_no_level(self) -> bool:
        """Whether headings go down one level at a time."""
        levels = [int(tag[1]) for tag, _ in self.tags if tag in ("h1", "h2", "h3", "h4")]
        return levels[0] == 1 and all(below - above <= 1 for above, below in pairwise(levels))
