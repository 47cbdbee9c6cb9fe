"""`sim find`: the keys and measures that words stand for."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.completion import complete_scenarios
from sim.errors import RequestError

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
    from sim.cli.views.start.find import show_found  # noqa: PLC0415
    from sim.model.measures.registry import list_measures  # noqa: PLC0415
    from sim.scenario.load import load_scenario  # noqa: PLC0415
    from sim.scenario.provenance.search import search_nodes, suggest_words  # noqa: PLC0415

    loaded = load_scenario(scenario)
    nodes = search_nodes(loaded.scenario, words)
    wanted = " ".join(words).lower().split()
    measures = [
        measure
        for measure in list_measures(loaded.scenario)
        if all(word in f"{measure.name} {measure.label} {measure.short}".lower() for word in wanted)
    ]
    if not nodes and not measures:
        near = suggest_words(loaded.scenario, words)
        hint = f"\n    did you mean {' or '.join(map(repr, near))}?" if near else ""
        raise RequestError(
            f"{' '.join(words)}: no key, meaning or measure of {scenario} has all these words{hint}"
        )
    show_found(str(scenario), nodes, measures, every=every)
