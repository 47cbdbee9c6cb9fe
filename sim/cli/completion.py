"""What the shell offers when a user presses Tab: names, read from files and not simulated.

Whatever goes wrong offers nothing: a shell must not show a traceback in the middle of a line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from pathlib import Path
from typing import Any

import typer

_DEFAULT_SCENARIO = Path("pact")
_INPUTS = ("file", "first", "scenario", "sides", "files", "results", "folders")
"""The parameters of commands that name a scenario."""
_QUANTITY = {"value", "low", "high"}
FIGURES = ("outcomes", "fourway", "fan", "network", "camps", "timeline", "tornado", "reliability")
"""The kinds of figures; the gallery itself takes long to load."""

_List = Callable[[Path], Iterable[str]]
_Complete = Callable[[typer.Context, str], list[str]]


def _offer(list_words: _List) -> _Complete:
    """Return a completion: the words of the scenario that the line names which begin so."""

    @wraps(list_words)
    def complete(ctx: typer.Context, incomplete: str) -> list[str]:
        try:
            return [word for word in list_words(_find_input(ctx)) if word.startswith(incomplete)]
        except Exception:
            return []

    complete.__annotations__ = {"ctx": typer.Context, "incomplete": str, "return": list[str]}
    del complete.__wrapped__
    return complete


def _find_input(ctx: typer.Context) -> Path:
    """Return the scenario that a line names, or else the pact."""
    given = next((ctx.params[name] for name in _INPUTS if ctx.params.get(name)), None)
    first = given[0] if isinstance(given, list | tuple) else given
    return Path(first) if first else _DEFAULT_SCENARIO


def _list_scenarios(_: Path) -> list[str]:
    from sim.scenario.files.lookup import list_names  # noqa: PLC0415

    return list_names()


def _list_inputs(_: Path) -> list[str]:
    folders = sorted(file.parent.name for file in Path("results").glob("[!.]*/manifest.json"))
    return [*_list_scenarios(_), *folders]


def _list_keys(scenario: Path) -> list[str]:
    from sim.scenario.files.layers import merge_layers, read_layers  # noqa: PLC0415
    from sim.scenario.files.lookup import locate_scenario  # noqa: PLC0415

    return sorted(_walk_keys(merge_layers(read_layers(locate_scenario(scenario)))))


def _list_settings(scenario: Path) -> list[str]:
    return [f"{key}=" for key in _list_keys(scenario)]


def _list_measures(scenario: Path) -> list[str]:
    from sim.model.measures.registry import list_measures  # noqa: PLC0415
    from sim.scenario.load import load_scenario  # noqa: PLC0415

    return [measure.name for measure in list_measures(load_scenario(scenario).scenario)]


def _list_figures(_: Path) -> Iterable[str]:
    return FIGURES


def _list_mechanisms(_: Path) -> list[str]:
    from sim.analysis.attribution.mechanisms import MECHANISM_GROUPS  # noqa: PLC0415
    from sim.scenario.schema.scenario import Mechanisms  # noqa: PLC0415

    return list(dict.fromkeys([*MECHANISM_GROUPS, *Mechanisms.model_fields]))


def _walk_keys(tree: Any, above: str = "") -> Iterator[str]:
    """Yield the dotted keys of numbers and other values."""
    for name, value in tree.items():
        key = f"{above}{name}"
        if isinstance(value, dict) and not value.keys() >= _QUANTITY:
            yield from _walk_keys(value, f"{key}.")
        else:
            yield key


complete_scenarios = _offer(_list_scenarios)
complete_inputs = _offer(_list_inputs)
complete_keys = _offer(_list_keys)
complete_settings = _offer(_list_settings)
complete_measures = _offer(_list_measures)
complete_figures = _offer(_list_figures)
complete_mechanisms = _offer(_list_mechanisms)
