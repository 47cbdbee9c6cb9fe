"""`sim find`: the keys and measures that words stand for."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.completion import complete_scenarios

WordsArgument = Annotated[
    list[str], typer.Argument(metavar="WORDS", help="Words of a key, a meaning or a measure.")
]
InOption = Annotated[
    Path,
    typer.Option(
        "--in",
        metavar="SCENARIO",
        help="The scenario that is searched.",
        autocompletion=complete_scenarios,
    ),
]
AllOption = Annotated[bool, typer.Option("--all", help="Show everything that was found.")]


def find(
    words: WordsArgument, *, scenario: InOption = Path("pact"), every: AllOption = False
) -> None:
    """Find what to change and what to look at, by words: keys with their meanings, and measures."""
    from sim.analysis.data.search import search_scenario  # noqa: PLC0415
    from sim.cli.views.start.find import show_found  # noqa: PLC0415
    from sim.scenario.load import load_scenario  # noqa: PLC0415

    found = search_scenario(load_scenario(scenario).scenario, words, str(scenario))
    show_found(str(scenario), found.nodes, found.measures, every=every)
