"""`sim why`: one key of a scenario, and where its value comes from."""

from __future__ import annotations

from typing import Annotated

import typer

from sim.cli.completion import complete_keys
from sim.cli.options import JsonOption, ScenarioFileArgument, SettingsOption


def why(
    file: ScenarioFileArgument,
    key: Annotated[
        str,
        typer.Argument(
            metavar="KEY",
            help="The key, such as rules.honour.reputation.",
            autocompletion=complete_keys,
        ),
    ],
    *,
    json: JsonOption = False,
    set_: SettingsOption = None,
) -> None:
    """Explain the value of a key: the file that sets it, what it overrides, and its source."""
    from sim.cli.output import write_output  # noqa: PLC0415
    from sim.cli.views.explain import why as view  # noqa: PLC0415
    from sim.output import render_json  # noqa: PLC0415
    from sim.scenario.load import load_scenario  # noqa: PLC0415
    from sim.scenario.provenance.explain import explain_key, explanation_record  # noqa: PLC0415

    explanation = explain_key(load_scenario(file, set_ or ()), key)
    write_output(
        render_json(explanation_record(explanation))
        if json
        else view.render_explanation(explanation)
    )
