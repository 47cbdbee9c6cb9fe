"""A scenario of one's own that extends another: its file, and the text of it."""

from __future__ import annotations

import os
import re
from pathlib import Path

from sim.errors import RequestError
from sim.scenario.files.draft import draft_scenario
from sim.scenario.files.lookup import SUFFIX, find_scenario
from sim.scenario.load import LoadedScenario


def choose_file(name: Path) -> Path:
    """Return the file of a new scenario.

    Raises:
        RequestError: it is no name, it is taken, or its folder is missing.
    """
    file = name if name.suffix == SUFFIX else name.with_name(name.name + SUFFIX)
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]*", file.stem):
        raise RequestError(
            f"{name}: cannot be the name of a scenario\n    allowed: letters, digits, _ and -"
        )
    if taken := find_scenario(Path(file.stem)):
        raise RequestError(f"{name}: is taken by {taken}\n    choose another name")
    if not file.parent.is_dir():
        raise RequestError(f"{file}: there is no folder {file.parent}")
    return file


def draft_new(base: LoadedScenario, named: Path, file: Path, title: str = "") -> str:
    """Return the text of a new file; what was set on its base is what it changes.

    Args:
        base: the scenario that it extends, with what was set on it.
        named: how the base was named.
        file: the new file.
        title: its title; by default its name.
    """
    return _draft(base, file, _name_base(base.file, named, file), title)


def _draft(base: LoadedScenario, file: Path, base_name: str, title: str) -> str:
    """Return the text of a new file; what was set on its base is what it changes."""
    return draft_scenario(
        file.stem,
        base_name,
        title or file.stem.replace("_", " ").replace("-", " ").capitalize(),
        changes=base.layers[-1].tree,
        conditional={code: it.conditional for code, it in base.scenario.treaties.items()},
    )


def _name_base(base: Path, given: Path, file: Path) -> str:
    """Return the name by which a new file finds the scenario that it extends."""
    found = find_scenario(given, file.parent)
    if found and found.resolve() == base.resolve() and not given.is_absolute():
        return given.as_posix()
    return Path(os.path.relpath(base.resolve(), file.parent.resolve())).as_posix()
