"""`sim why`: one key of a scenario, and everything behind it."""

from __future__ import annotations

from typing import Annotated

import typer

from sim.cli.options import ScenarioFileArgument, SettingsOption


def why(
    file: ScenarioFileArgument,
    key: Annotated[
        str, typer.Argument(metavar="KEY", help="The key, such as rules.honour.reputation.")
    ],
    *,
    json: Annotated[bool, typer.Option("--json", help="Write it for a program.")] = False,
    set_: SettingsOption = None,
) -> None:
    """Say why a key has its value: which file says so, over which, and on what grounds."""
    from sim.cli.output import format_json, write_output  # noqa: PLC0415
    from sim.cli.views import why as view  # noqa: PLC0415
    from sim.scenario.load import load_scenario  # noqa: PLC0415
    from sim.scenario.provenance.explain import explain_key as asked  # noqa: PLC0415

    found = asked(load_scenario(file, set_ or ()), key)
    write_output(
        format_json(view.build_explanation_record(found))
        if json
        else view.render_explanation(found)
    )
