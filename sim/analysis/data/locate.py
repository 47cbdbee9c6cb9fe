"""What a name stands for: a scenario, a results folder, or a point of a sweep.

Names are looked up in the working folder first, then in the folder of results, and then among the
scenarios that came with the package. The beginning of a folder's name is enough where no other
begins so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path

from sim.errors import RequestError, ResultsError
from sim.experiment.storage.manifest import MANIFEST_FILE, read_manifest
from sim.scenario.files.lookup import SUFFIX, find_scenario, list_names, list_scenarios

RESULTS_FOLDER = Path("results")
"""Where results are stored and looked for, unless another folder is named."""


def is_scenario_file(path: Path) -> bool:
    """Whether a path names a scenario file rather than a results folder."""
    return path.suffix == SUFFIX and not path.is_dir()


def is_sweep(path: Path) -> bool:
    """Whether a path is the results folder of a sweep."""
    return (read_manifest(path) or {}).get("kind") == "sweep"


def is_point(path: Path) -> bool:
    """Whether a path names a point of a sweep, as if it were a folder in that of the sweep."""
    return not path.exists() and is_sweep(path.parent)


def locate(name: Path, results: Path = RESULTS_FOLDER) -> Path:
    """Return the scenario file, the results folder or the point that a name stands for.

    A path that is there stands for itself. A scenario goes before results whose names begin so.

    Args:
        name: a path; the name of a scenario; or the beginning of the name of a results folder.
        results: the folder where results are looked for, besides the working folder.

    Raises:
        RequestError: there is nothing of that name, or several folders begin so.
        ResultsError: the path of a folder leads nowhere, and another is near.
    """
    if is_scenario_file(name):
        return find_scenario(name) or name
    if (name / MANIFEST_FILE).exists() or is_point(name):
        return name
    found = find_scenario(name) or _find_folder(name, results)
    if not found:
        _require_nothing_near(name, results)
    return found or name


def locate_results(name: Path, results: Path = RESULTS_FOLDER) -> Path:
    """Return the results folder or the point that a name stands for.

    Raises:
        RequestError: there are no results of that name, or several folders begin so.
        ResultsError: the path of a folder leads nowhere, and another is near.
    """
    if name.exists() or is_point(name):
        return name
    if found := _find_folder(name, results):
        return found
    if file := find_scenario(name):
        raise RequestError(
            f"{name}: is a scenario ({file}), and there are no results of it in {results}\n"
            f"    simulate it first: sim run {name}"
        )
    _require_nothing_near(name, results)
    return name


def list_folders(results: Path = RESULTS_FOLDER, prefix: str = "") -> list[Path]:
    """Return the results folders in a folder whose names begin so, by name."""
    if not results.is_dir():
        return []
    named = (folder for folder in results.iterdir() if folder.name.startswith(prefix))
    return sorted(folder for folder in named if (folder / MANIFEST_FILE).is_file())


def _find_folder(name: Path, results: Path) -> Path | None:
    """Return the only folder, or point, whose name begins so; None if there is none."""
    folders = list(dict.fromkeys(_find_folders(name, results)))
    if len(folders) > 1:
        raise RequestError(_describe_choice(name, folders))
    return folders[0] if folders else None


def _find_folders(name: Path, results: Path) -> Iterator[Path]:
    """Yield the folders whose names begin like a name, then points of sweeps that do."""
    roots = [name.parent] if name.is_absolute() else [name.parent, results / name.parent]
    for root in roots:
        yield from list_folders(root, name.name)
    if name.parent.name:
        for folder in _find_folders(name.parent, results):
            if is_sweep(folder):
                yield folder / name.name


def _describe_choice(name: Path, folders: Sequence[Path]) -> str:
    names = ", ".join(map(str, folders[:8]))
    more = f" and {len(folders) - 8} more" if len(folders) > 8 else ""
    return (
        f"{name}: {len(folders)} results folders begin so\n    allowed: {names}{more}; sim results "
        "says what each is"
    )


def _require_nothing_near(name: Path, results: Path) -> None:
    """Raise the message of a name that stands for nothing, with what is near it."""
    if name.is_dir():
        if files := list_scenarios(name):
            shown = ", ".join(str(file) for file in files[:4])
            raise RequestError(f"{name}: is a folder of scenarios\n    name one of them: {shown}")
        return
    if name.exists():
        return
    folders = list_folders(results)
    if name.parent.name:
        near = get_close_matches(str(name), map(str, folders), n=1)
        if near:
            raise ResultsError(f"{name}: there is no such folder\n    did you mean {near[0]!r}?")
        return
    known = [*list_names(), *(folder.name for folder in folders)]
    near = get_close_matches(name.name, known, n=1, cutoff=0.5)
    hint = f"\n    did you mean {near[0]!r}?" if near else ""
    raise RequestError(
        f"{name}: there is no scenario and no results folder of that name{hint}\n"
        "    sim scenarios lists scenarios, sim results lists results"
    )
