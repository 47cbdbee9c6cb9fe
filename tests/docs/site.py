"""The documentation site, built once for all tests, and what its pages ask for and link to."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import unquote, urlsplit

from filelock import FileLock

from tests.docs.pages import TOP
from tests.report.page.browser import missing

_ASSETS = {"audio", "embed", "iframe", "img", "input", "object", "script", "source", "video"}
_SOURCES = ("src", "srcset", "data", "poster")
_IN_STYLE = re.compile(r"url\(\s*['\"]?(?P<url>[^)'\"]+)|@import\s+['\"](?P<sheet>[^'\"]+)")


def build(out: Path) -> Path:
    """Build the site with warnings as errors, unless another process of the tests has done so."""
    if not find_spec("sphinx"):
        missing("Sphinx is not installed: pip install '.[docs]'")
    with FileLock(f"{out}.lock"):
        if not (out / "built").exists():
            command = [sys.executable, "-m", "sphinx", "-q", "-n", "-W", "--keep-going"]
            process = subprocess.run(
                [*command, "-c", "docs", ".", out],
                cwd=TOP,
                env=os.environ | {"PYTHONPATH": str(TOP)},
                capture_output=True,
                text=True,
                check=False,
            )
            assert process.returncode == 0, process.stderr
            (out / "built").touch()
    return out


@dataclass
class Page(HTMLParser):
    """A built page: what it takes from elsewhere, where it links to, and its anchors."""

    file: Path
    assets: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.file.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what a tag refers to."""
        given = {name: value or "" for name, value in attrs}
        self.anchors |= {given[name] for name in ("id", "name") if name in given}
        if tag in _ASSETS:
            self.assets += [given[name] for name in _SOURCES if name in given]
        if tag == "link":
            self.assets.append(given.get("href", ""))
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        self.assets += in_style(given.get("style", ""))


def in_style(sheet: str) -> list[str]:
    """Return what a style sheet takes from elsewhere; what it contains itself does not count."""
    found = (match["url"] or match["sheet"] for match in _IN_STYLE.finditer(sheet))
    return [url for url in found if not url.startswith("data:")]


def foreign(urls: list[str]) -> list[str]:
    """Return those of other hosts."""
    return [url for url in urls if urlsplit(url).netloc]


def pages(site: Path) -> dict[Path, Page]:
    """Return the pages of a site by their files."""
    return {
        file: Page(file) for file in sorted(site.rglob("*.html")) if "_static" not in file.parts
    }


def leading_nowhere(built: dict[Path, Page]) -> Iterator[str]:
    """Yield each link within a site whose page, file or anchor does not exist."""
    for page in built.values():
        for link in page.links:
            url = urlsplit(link)
            if url.scheme or url.netloc:
                continue
            target = (page.file.parent / unquote(url.path)).resolve() if url.path else page.file
            anchors = built[target].anchors if target in built else {url.fragment}
            if not target.is_file() or (url.fragment and unquote(url.fragment) not in anchors):
                yield f"{page.file.name}: {link}"
