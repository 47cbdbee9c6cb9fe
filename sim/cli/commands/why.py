"""`sim why`: one key of a scenario, and everything behind it."""

from __future__ import annotations

from typing import Annotated

import typer

from sim.cli.options import File, Settings


def why(
    file: File,
    key: Annotated[
        str, typer.Argument(metavar="KEY", help="The key, such as rules.honour.reputation.")
    ],
    *,
    json: Annotated[bool, typer.Option("--json", help="Write it for a program.")] = False,
    set_: Settings = None,
) -> None:
    """Say why a key has its value: which file says so, over which, and on what grounds."""
    from sim.cli.output import as_json, put  # noqa: PLC0415
    from sim.cli.views import why as view  # noqa: PLC0415
    from sim.scenario.load import load  # noqa: PLC0415
    from sim.scenario.provenance.explain import why as asked  # noqa: PLC0415

    found = asked(load(file, set_ or ()), key)
    put(as_json(view.record(found)) if json else view.table(found))
