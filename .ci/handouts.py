"""Makes the handouts of docs/teaching: `python .ci/handouts.py`, into build/handouts.

Each page becomes a file of HTML, which any browser opens and prints, and a PDF, which Chromium
makes of it: A4, slides one to a sheet in landscape. Nothing is asked of any host. `--html` leaves
the PDFs out, for a computer without Chromium.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt

TOP = Path(__file__).resolve().parents[1]
FOLDER = TOP / "docs" / "teaching"
OUT = TOP / "build" / "handouts"
STYLE = Path(__file__).with_name("handouts.css")
SHEETS = (
    *("class", "lesson-90", "lesson-45", "predictions", "orders", "cards", "slides"),
    *("questions", "reading", "war", "room"),
)
"""The pages that become a handout each; the role sheets become one together, and one each."""
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_CONTENTS = re.compile(r"^```\{toctree\}.*?^```$", re.MULTILINE | re.DOTALL)
_IMAGE = re.compile(r'<img src="(?P<source>[^"]+)"[^>]*>')
_LINK = re.compile(r'<a href="[^"]*">(?P<text>.*?)</a>', re.DOTALL)
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True)
class Handout:
    """What is printed together.

    Attributes:
        name: the name of its files, without suffix.
        pages: the pages it is made of; each begins on a new sheet.
        layout: `sheet`, `cards`, `slides` or `role`: a class of the style sheet.
    """

    name: str
    pages: tuple[Path, ...]
    layout: str = "sheet"


def list_handouts(folder: Path) -> list[Handout]:
    """Return the handouts of a folder."""
    layouts = {"cards": "cards", "slides": "slides", "orders": "forms", "predictions": "forms"}
    sheets = [
        Handout(name, (folder / f"{name}.md",), layouts.get(name, "sheet")) for name in SHEETS
    ]
    roles = tuple(sorted((folder / "roles").glob("*.md")))
    each = [Handout(f"role-{page.stem}", (page,), "role") for page in roles]
    return [*sheets, Handout("roles", roles, "role"), *each]


def render_handout(handout: Handout) -> str:
    """Return a handout as HTML that needs no other file."""
    body = "".join(
        f"<article>{_render_page(page, handout.layout)}</article>" for page in handout.pages
    )
    return (
        '<!doctype html>\n<html lang="en-GB"><head><meta charset="utf-8">'
        f"<title>alliance-sim: {handout.name}</title><style>{STYLE.read_text('utf-8')}"
        f"{'@page { size: A4 landscape; }' if handout.layout == 'slides' else ''}</style></head>"
        f'<body class="{handout.layout}">{body}</body></html>\n'
    )


def _render_page(page: Path, layout: str) -> str:
    text = _CONTENTS.sub("", _COMMENT.sub("", page.read_text("utf-8")))
    text = text.replace("- [ ] ", "- ☐ ")
    html = MarkdownIt("commonmark").enable("table").render(text)
    html = _LINK.sub(lambda link: link["text"], html)
    html = _IMAGE.sub(lambda image: (page.parent / image["source"]).read_text("utf-8"), html)
    return _divide(html, "h2" if layout in ("slides", "cards") else "")


def _divide(html: str, heading: str) -> str:
    """Return a page whose parts under a kind of heading are sections."""
    if not heading:
        return html
    parts = re.split(rf"(?=<{heading}>)|(?=<h[1-{int(heading[1]) - 1}]>)", html)
    return "".join(
        f"<section>{part}</section>" if part.startswith(f"<{heading}>") else part for part in parts
    )


def write_html(handouts: Iterable[Handout], out: Path) -> dict[str, Path]:
    """Write each handout as HTML; return the files by name."""
    out.mkdir(parents=True, exist_ok=True)
    files = {handout.name: out / f"{handout.name}.html" for handout in handouts}
    for handout in handouts:
        files[handout.name].write_text(render_handout(handout), "utf-8")
    return files


def print_pdfs(files: Mapping[str, Path]) -> Iterator[Path]:
    """Print files of HTML to PDFs beside them, and yield these."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  an extra, needed here only

    program = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if not program:
        sys.exit("handouts: no Chromium was found; print the HTML files from any browser (--html)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page()
        for file in files.values():
            page.goto(file.as_uri())
            page.pdf(path=file.with_suffix(".pdf"), prefer_css_page_size=True, tagged=True)
            yield file.with_suffix(".pdf")
        browser.close()


def count_sheets(pdf: Path) -> int:
    """Return how many sheets a PDF has that Chromium printed."""
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf.read_bytes()))


def main(arguments: list[str]) -> None:
    """Write all handouts, and say where."""
    files = write_html(list_handouts(FOLDER), OUT)
    if "--html" not in arguments:
        for pdf in print_pdfs(files):
            print(f"{pdf.relative_to(TOP)}  {count_sheets(pdf)}")
    print(OUT.relative_to(TOP))


if __name__ == "__main__":
    main(sys.argv[1:])
