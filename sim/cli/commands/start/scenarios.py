"""`sim scenarios`: which scenarios there are, and what each asks."""

from __future__ import annotations

from typing import Annotated

import typer

from sim.errors import RequestError

GroupArgument = Annotated[
    str,
    typer.Argument(metavar="GROUP", help="theory or history; none lists those of today."),
]


def scenarios(group: GroupArgument = "") -> None:
    """List the scenarios by name, with the question of each."""
    from sim.cli.views.start.scenarios import show_catalogue  # noqa: PLC0415
    from sim.scenario.files.catalogue import list_catalogue  # noqa: PLC0415

    entries = list_catalogue(group)
    if not entries:
        raise RequestError(
            f"{group}: there are no scenarios in a folder of that name\n"
            "    allowed: theory, history, a folder here, or nothing"
        )
    show_catalogue(entries, group)
