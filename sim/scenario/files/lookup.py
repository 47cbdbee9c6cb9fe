"""Finding scenarios by name: in the working folder first, then among those that are installed.

A name is that of a file, with or without `.toml`, such as `pact` or `theory/umbrella`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

from sim.errors import Problem, ScenarioError

SCENARIO_FOLDER = "scenarios"
"""The folder of scenarios in a working folder, in a checkout, and in an installed package."""
SUFFIX = ".toml"
"""The ending of a scenario file's name."""
_OF_A_PACKAGE = "pyproject.toml"
"""A file of this kind that is no scenario; it lies where a copy of the project is unpacked."""


def find_installed_folder() -> Path:
    """Return the folder of the scenarios that came with the package.

    A wheel carries them inside the package; in a checkout they stand beside it.
    """
    package = Path(__file__).parents[2]
    inside = package / SCENARIO_FOLDER
    return inside if inside.is_dir() else package.parent / SCENARIO_FOLDER


def find_scenario(name: Path, folder: Path = Path(), *, besides: Path | None = None) -> Path | None:
    """Return the file of a scenario, or None if there is none of that name.

    Looked up in `folder`, in `scenarios` in it, and then among those installed. A file that exists
    under the very path is taken first.

    Args:
        name: a path, or a name such as `pact` or `theory/umbrella`.
        folder: where it is looked up first; by default the working folder.
        besides: a file that is passed over, so that `pact.toml` can extend the installed `pact`.
    """
    files = (file for file in _list_candidates(name, folder) if os.path.isfile(file))
    return next((file for file in files if not (besides and _is_same(file, besides))), None)


def locate_scenario(name: Path) -> Path:
    """Return the file of a scenario; a path to a file is returned even if it does not exist.

    Raises:
        ScenarioError: it is a name, and there is no scenario of that name.
    """
    if file := find_scenario(name):
        return file
    if name.suffix == SUFFIX or name.exists():
        return name
    raise ScenarioError([_build_absence_problem(name)])


def list_scenarios(folder: Path) -> list[Path]:
    """Return the scenario files of a folder, by name; shared parts in folders are left out."""
    found = folder.glob(f"*{SUFFIX}")
    return sorted(file for file in found if file.name != _OF_A_PACKAGE)


def name_scenario(file: Path) -> str:
    """Return the shortest name by which a scenario file is found from the working folder."""
    names = (Path(file.stem), Path(file.parent.name) / file.stem)
    found = (name for name in names if (it := find_scenario(name)) and _is_same(it, file))
    return next((name.as_posix() for name in found), str(file))


def list_names(folder: Path = Path()) -> list[str]:
    """Return the names by which scenarios are found from a folder, those nearest first."""
    folders = (folder, folder / SCENARIO_FOLDER, find_installed_folder())
    return list(dict.fromkeys(file.stem for each in folders for file in list_scenarios(each)))


def suggest_scenarios(file: Path) -> tuple[str, str]:
    """Return what may be named instead of a missing file, and what is nearest to its name."""
    if not file.parent.is_dir():
        return "", ""
    beside = list_scenarios(file.parent)
    known = {name: name for name in list_names()} | {path.stem: str(path) for path in beside}
    nearest = get_close_matches(file.name.removesuffix(SUFFIX), known, n=1)
    shown = [path.name for path in beside] or list_names()
    return ", ".join(shown[:8]), known[nearest[0]] if nearest else ""


def _build_absence_problem(name: Path) -> Problem:
    names = [*list_names(), *(f"theory/{file.stem}" for file in _list_theory())]
    nearest = get_close_matches(name.as_posix(), names, n=1)
    message = "there is no scenario of that name"
    allowed = "a file, or a name that sim scenarios lists"
    return Problem(None, None, str(name), message, allowed, nearest[0] if nearest else "")


def _list_theory() -> list[Path]:
    return list_scenarios(find_installed_folder() / "theory")


def _list_candidates(name: Path, folder: Path) -> Iterator[Path]:
    if not name.name:
        return
    yield folder / name
    file = name if name.suffix == SUFFIX else name.with_name(name.name + SUFFIX)
    yield folder / file
    yield folder / SCENARIO_FOLDER / file
    if not name.is_absolute():
        below = file.relative_to(SCENARIO_FOLDER) if file.parts[0] == SCENARIO_FOLDER else file
        yield find_installed_folder() / below


def _is_same(one: Path, other: Path) -> bool:
    return one.resolve() == other.resolve()
