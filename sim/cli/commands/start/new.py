"""`sim new`: a scenario of one's own, in a small file that runs at once."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.completion import complete_scenarios
from sim.cli.options import SettingsOption
from sim.errors import RequestError

if TYPE_CHECKING:
    from sim.scenario.load import LoadedScenario

NewNameArgument = Annotated[
    Path, typer.Argument(metavar="NAME", help="Its name; the file is NAME.toml.")
]
FromOption = Annotated[
    Path,
    typer.Option(
        "--from",
        metavar="SCENARIO",
        help="The scenario that it changes.",
        autocompletion=complete_scenarios,
    ),
]
TitleOption = Annotated[str, typer.Option(metavar="TEXT", help="Its title.")]


def new(
    name: NewNameArgument,
    *,
    base: FromOption = Path("pact"),
    title: TitleOption = "",
    set_: SettingsOption = None,
) -> None:
    """Write a small scenario file of your own, to change and to compare."""
    from sim.cli.output import write_output  # noqa: PLC0415
    from sim.scenario.files.lookup import name_scenario  # noqa: PLC0415
    from sim.scenario.load import load_scenario  # noqa: PLC0415

    file = _choose_file(name)
    loaded = load_scenario(base, set_ or ())
    write_output(_draft(loaded, file, _name_base(loaded.file, base, file), title), file)
    own = name_scenario(file)
    typer.echo(f"Next: sim run {own}, then sim compare {base} {own}", err=True)


def _draft(base: LoadedScenario, file: Path, base_name: str, title: str) -> str:
    """Return the text of a new file; what was set on its base is what it changes."""
    from sim.scenario.files.draft import draft_scenario  # noqa: PLC0415

    return draft_scenario(
        file.stem,
        base_name,
        title or file.stem.replace("_", " ").replace("-", " ").capitalize(),
        changes=base.layers[-1].tree,
        conditional={code: it.conditional for code, it in base.scenario.treaties.items()},
    )


def _choose_file(name: Path) -> Path:
    """Return the file of a new scenario.

    Raises:
        RequestError: it is no name, it is taken, or its folder is missing.
    """
    from sim.scenario.files.lookup import SUFFIX, find_scenario  # noqa: PLC0415

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


def _name_base(base: Path, given: Path, file: Path) -> str:
    """Return the name by which a new file finds the scenario that it extends."""
    from sim.scenario.files.lookup import find_scenario  # noqa: PLC0415

    found = find_scenario(given, file.parent)
    if found and found.resolve() == base.resolve() and not given.is_absolute():
        return given.as_posix()
    return Path(os.path.relpath(base.resolve(), file.parent.resolve())).as_posix()
