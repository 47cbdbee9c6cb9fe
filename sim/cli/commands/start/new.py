"""`sim new`: a scenario of one's own, in a small file that runs at once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.completion import complete_scenarios
from sim.cli.options import SettingsOption

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
    from sim.scenario.new import choose_file, draft_new  # noqa: PLC0415

    file = choose_file(name)
    write_output(draft_new(load_scenario(base, set_ or ()), base, file, title), file)
    own = name_scenario(file)
    typer.echo(f"Next: sim run {own}, then sim compare {base} {own}", err=True)
