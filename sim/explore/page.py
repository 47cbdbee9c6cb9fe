"""The page: the pack, a script and a style in one file that fetches nothing."""

from __future__ import annotations

from base64 import b64encode
from html import escape
from pathlib import Path
from typing import Any

from sim.errors import RequestError
from sim.explore.data.pack import encode_pack

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
    """Write the page of a pack to a new file.

    Raises:
        RequestError: the file already exists or cannot be written.
    """
    text = render_page(header)
    try:
        with file.open("x", encoding="utf-8", newline="\n") as out:
            out.write(text)
    except FileExistsError:
        raise RequestError(f"--to {file}: already exists; name another file") from None
    except OSError as error:
        raise RequestError(f"--to {file}: cannot be written: {error.strerror}") from None
