"""The page: the pack, a script and a style in one file that fetches nothing."""

from __future__ import annotations

from base64 import b64encode
from html import escape
from pathlib import Path
from secrets import token_hex
from typing import Any

from sim.errors import RequestError
from sim.explore.data.pack import encode_pack
from sim.report.save import write_file

PAGE_FOLDER = Path(__file__).parent
"""Where the template, the style and the script lie."""
_PARTS = {"/*style*/": "explore.css", "/*script*/": "explore.js"}


def render_page(header: dict[str, Any]) -> str:
    """Return the page of a pack: the template with style, script, title and bytes put in."""
    page = (PAGE_FOLDER / "page.html").read_text("utf-8")
    for mark, file in _PARTS.items():
        page = page.replace(mark, (PAGE_FOLDER / file).read_text("utf-8"))
    titles = " and ".join(side["title"] for side in header["sides"])
    page = page.replace("<!--title-->", escape(titles))
    return page.replace("<!--worlds-->", b64encode(encode_pack(header)).decode())


def write_page(header: dict[str, Any], file: Path) -> None:
    """Write the page of a pack; an existing file is replaced once the new one is complete.

    Raises:
        RequestError: the file cannot be written.
    """
    draft = file.with_name(f".{file.name}.{token_hex(4)}")
    try:
        write_file(draft, render_page(header).encode())
        draft.replace(file)
    except OSError as error:
        raise RequestError(f"{file}: cannot be written: {error.strerror}") from None
    finally:
        draft.unlink(missing_ok=True)
