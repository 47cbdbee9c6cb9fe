"""The reference of commands, as Typer writes it."""

from __future__ import annotations

import re
import subprocess
import sys

_HEADING = re.compile(r"^(#+ `sim (?P<name>[\w-]+)`)$", re.MULTILINE)
_LIST = re.compile(r"^\*\*Commands\*\*:\n\n(?:\* .*\n)+\n", re.MULTILINE)
_TITLE = re.compile(r"\A# `sim`\n")


def render_commands() -> str:
    """Return a section for each command, with the anchor `command-NAME`.

    Typer's own list of commands, which cuts their descriptions, is left out.
    """
    words = [sys.executable, "-m", "typer", "sim.cli.app", "utils", "docs", "--name", "sim"]
    text = subprocess.run(
        words, check=True, capture_output=True, text=True, encoding="utf-8"
    ).stdout
    text = _LIST.sub("", _TITLE.sub("", text))
    return _HEADING.sub(r"(command-\g<name>)=\n\g<1>", text)
