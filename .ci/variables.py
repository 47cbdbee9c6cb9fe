"""Writes docs/model/variables.md, the state variables as the code has them.

`python .ci/variables.py`, from the top folder. Names and meanings are those of the docstrings. That
these are complete is tested: no variable can be added to the state without one.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from pathlib import Path

from sim.model.entities.arming import Arming
from sim.model.entities.arsenal import Arsenal
from sim.model.entities.bloc import Bloc
from sim.model.entities.council import Council
from sim.model.entities.exchange import Exchange
from sim.model.entities.industry import Industry
from sim.model.entities.memory import Memory
from sim.model.entities.patronage import Patronage
from sim.model.entities.programme import Programme
from sim.model.entities.provoker import Provoker
from sim.model.entities.rivalry import Rivalry
from sim.model.entities.treaty import Treaty
from sim.model.entities.war import War
from sim.model.state import State

TOP = Path(__file__).resolve().parents[1]
PAGE = TOP / "docs" / "model" / "variables.md"
CLASSES = (
    State,
    Memory,
    Treaty,
    Rivalry,
    War,
    Arsenal,
    Industry,
    Exchange,
    Council,
    Provoker,
    Programme,
    Bloc,
    Patronage,
    Arming,
)
"""The classes that hold the state, in the order of docs/model/entities.md."""
_HEAD = """\
# State variables in the code

Every variable of [the entities](entities.md) by its name in the code, with its axes in brackets.
The tables are made of the docstrings by `python .ci/variables.py`. The tests compare both with the
objects that the model holds.
"""
_SECTION = re.compile(r"^Attributes:\n((?:(?:    .*)?\n?)*)", re.MULTILINE)
_ENTRY = re.compile(r"^    (\w[\w, ]*): (.*(?:\n        .*)*)", re.MULTILINE)


def list_variables(owner: type) -> dict[str, str]:
    """Return the documented attributes of a class, with their meaning in one line."""
    section = _SECTION.search(inspect.getdoc(owner) or "")
    entries = _ENTRY.findall(section[1]) if section else []
    return {
        name.strip(): " ".join(meaning.split())
        for names, meaning in entries
        for name in names.split(",")
    }


def render_variables() -> str:
    """Return the page."""
    return "\n".join([_HEAD, *(line for owner in CLASSES for line in _render_class(owner))])


def _render_class(owner: type) -> Iterator[str]:
    file = inspect.getsourcefile(owner) or ""
    lead = (inspect.getdoc(owner) or "").splitlines()[0]
    yield f"## {owner.__name__}\n"
    yield f"{lead} (`{Path(file).relative_to(TOP).as_posix()}`)\n"
    yield "| Variable | Meaning |\n|---|---|"
    for name, meaning in list_variables(owner).items():
        if not meaning.startswith("cache of"):
            yield f"| `{name}` | {meaning.replace('|', '/')} |"
    yield ""


def renew_variables(file: Path = PAGE) -> None:
    """Write the page anew."""
    file.write_text(render_variables(), "utf-8")


if __name__ == "__main__":
    renew_variables()
