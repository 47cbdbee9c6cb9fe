"""Every link leads somewhere, and every page named in the code is there."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from tests.docs.pages import TOP, files, name, pages, prose, text

_LINK = re.compile(r"\[[^\]]*\]\((?P<target>[^)\s]+)\)")
_HEADING = re.compile(r"^#{1,6} +(.+?)\s*$", re.MULTILINE)
_PAGE = re.compile(r"\bdocs/[\w/-]+\.md(?:`, section \"([^\"]+)\")?")


def anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings."""
    seen: Counter[str] = Counter()
    links = set()
    for heading in _HEADING.findall(prose(page)):
        plain = re.sub(r"[`*]|\]\([^)]*\)|\[", "", heading).lower()
        anchor = re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")
        links.add(f"{anchor}-{seen[anchor]}" if seen[anchor] else anchor)
        seen[anchor] += 1
    return links


def broken(page: Path) -> list[str]:
    """Return the links of a page that lead nowhere; those to the outside are not followed."""
    wrong = []
    for link in _LINK.finditer(prose(page)):
        path, _, anchor = link["target"].partition("#")
        if "://" in link["target"]:
            continue
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            wrong.append(link["target"])
    return wrong


@pytest.mark.parametrize("page", pages(), ids=name)
def test_every_link_leads_somewhere(page: Path) -> None:
    assert broken(page) == []


def test_a_link_to_nowhere_is_noticed(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# Here\n[a](gone.md) [b](#there) [c](#here) [d](page.md#here)\n")
    assert broken(page) == ["gone.md", "#there"]


def test_every_page_named_in_the_code_is_there_with_its_section() -> None:
    for file in files():
        if file.suffix not in (".py", ".toml"):
            continue
        for match in _PAGE.finditer(" ".join(text(file).split())):
            page = TOP / match[0].split("`")[0]
            assert page.is_file(), f"{name(file)} names {page.name}"
            assert match[1] is None or f"# {match[1]}\n" in text(page), name(file)


def test_every_page_can_be_reached_from_the_readme() -> None:
    seen, to_see = set(), [TOP / "README.md"]
    while to_see:
        page = to_see.pop()
        seen.add(page)
        for link in _LINK.finditer(prose(page)):
            target = (page.parent / link["target"].partition("#")[0]).resolve()
            if target.suffix == ".md" and target.is_file() and target not in seen:
                to_see.append(target)
    assert [name(page) for page in pages() if page not in seen] == []
