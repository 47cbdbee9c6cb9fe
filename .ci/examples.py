"""Writes the examples of the Python pages as one module, whose types are checked.

`python .ci/examples.py`, from the top folder. Nobody runs the module: the tests run the pages.
"""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import indent

TOP = Path(__file__).resolve().parents[1]
PAGES = ("docs/python.md", "docs/ema.md")
MODULE = TOP / "tests" / "docs" / "page_examples.py"
_BLOCK = re.compile(r"^```(?:python|py)\n((?:.*\n)*?)```$", re.MULTILINE)
_HEAD = '''\
"""The examples of the Python pages, for mypy; python .ci/examples.py writes them here."""
# ruff: noqa
# fmt: off
'''


def render_examples() -> str:
    """Return the module: a function for each page, with its examples one after the other."""
    return _HEAD + "".join(map(_render_page, PAGES))


def _render_page(page: str) -> str:
    name = Path(page).stem
    body = "\n".join(_BLOCK.findall((TOP / page).read_text("utf-8")))
    return f"\n\ndef {name}() -> None:\n{indent(body, '    ')}"


def renew_examples(file: Path = MODULE) -> None:
    """Write the module anew."""
    file.write_text(render_examples(), "utf-8")


if __name__ == "__main__":
    renew_examples()
