"""The page: the pack, a style and one script in a file that asks nothing of any host."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from sim.experiment.storage.atomic import write_file
from sim.explore.data.pack import encode_pack

PAGE_FOLDER = Path(__file__).parent
"""Where the template, the style and the script lie."""
SCRIPTS = (
    "pack",
    "numbers",
    "elements",
    "state",
    "select",
    "count",
    "dots",
    "bet",
    "cards",
    "choices",
    "chart",
    "fans",
    "matrix",
    "world",
    "common",
    "controls",
)
"""The parts of the script, which stand before `explore.js` in one module."""


def write_page(header: dict[str, Any], file: Path) -> None:
    """Write the page of a pack; an existing file is replaced once the new one is complete.

    Raises:
        RequestError: the file cannot be written.
    """
    write_file(file, render_page(header).encode(), overwrite=True, option="--to")


def render_page(header: dict[str, Any], anew: str = "") -> str:
    """Return the page of a pack; `header` holds its arrays, and `anew` is as in `render_pack`."""
    titles = [side["title"] for side in header["sides"]]
    return render_pack(
        encode_pack(header), (", " if len(titles) > 2 else " against ").join(titles), anew
    )


def render_pack(pack: bytes, title: str, anew: str = "") -> str:
    """Return the page of a pack.

    Args:
        pack: the compressed file of `sim.explore.data.pack.encode_pack`.
        title: the title, which the page replaces once it is unpacked.
        anew: a script for a page that is served, which may ask its own host; it follows the others
            in the same module.
    """
    style, script = _read("explore.css"), join_scripts() + anew
    return _load_template().render(
        title=title,
        policy=_describe_policy(style, script, served=bool(anew)),
        style=Markup(style),
        script=Markup(script),
        worlds=b64encode(pack).decode(),
        anew=bool(anew),
    )


@cache
def join_scripts() -> str:
    """Return the script of the page as one module."""
    files = (*(f"script/{name}.js" for name in SCRIPTS), "explore.js")
    script = "\n".join(map(_read, files))
    return script.replace("</script", "<\\/script").replace("<!--", "<\\!--")


def _describe_policy(style: str, script: str, *, served: bool) -> str:
    """Return what the page may do: run this script, use this style, and nothing else."""
    parts = {
        "default-src": "'none'",
        "script-src": _hash(script),
        "style-src": _hash(style),
        "img-src": "data:",
        "connect-src": "'self'" if served else "'none'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in parts.items())


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _read(name: str) -> str:
    return (PAGE_FOLDER / name).read_text("utf-8")


@cache
def _load_template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(PAGE_FOLDER), autoescape=True, undefined=StrictUndefined
    )
    environment.trim_blocks = environment.lstrip_blocks = True
    return environment.get_template("page.html")
