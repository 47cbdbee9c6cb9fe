"""The numbers of the theories that a scenario names, as a layer beneath all of its own lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from sim.scenario.files.layers import Layer, Tree
from sim.scenario.schema.theories import DEFAULT_THEORY, TheorySpec
from sim.scenario.theories.find import FoundTheory, find_theory

_KEY = "theories"


def add_theories(layers: list[Layer], settings: Iterable[str]) -> list[Layer]:
    """Return the layers with the numbers that the named theories declare beneath them.

    `honour = "name"` becomes a table in which `use` is the name. Where a layer or a setting names
    another theory than the layers below, their numbers of the earlier theory are left out.
    """
    layers = [_spell_out(layer) for layer in layers]
    if not any(isinstance(layer.tree.get(_KEY), dict) for layer in layers) and not settings:
        return layers
    uses = _find_uses(layers, settings)
    for place, use in uses.items():
        layers = list(_drop_other_numbers(layers, place, use))
    return [*_declarations(uses), *layers]


def spell_out_settings(settings: Iterable[str]) -> list[str]:
    """Return settings in which `theories.honour=name` names the theory's key `use`."""
    return [_spell_out_setting(setting) for setting in settings]


def _spell_out_setting(setting: str) -> str:
    key, equals, value = setting.partition("=")
    short = len(parts := key.split(".")) == 2 and parts[0].strip() == _KEY
    return f"{key.strip()}.use{equals}{value}" if short and "{" not in value else setting


def _spell_out(layer: Layer) -> Layer:
    theories = layer.tree.get(_KEY)
    if not isinstance(theories, dict):
        return layer
    full = {p: {"use": t} if isinstance(t, str) else t for p, t in theories.items()}
    return replace(layer, tree=layer.tree | {_KEY: full})


def _find_uses(layers: list[Layer], settings: Iterable[str]) -> dict[str, str]:
    """Return the name of the theory of each place, as the last layer or setting says."""
    uses: dict[str, str] = {}
    for layer in layers:
        for place, spec in _tables(layer.tree):
            if isinstance(spec.get("use"), str):
                uses[place] = spec["use"]
    for setting in settings:
        key, _, value = setting.partition("=")
        parts = [part.strip() for part in key.split(".")]
        if len(parts) == 3 and parts[0] == _KEY and parts[2] == "use":
            uses[parts[1]] = value.strip().strip("\"'")
    return uses


def _tables(tree: Tree) -> Iterator[tuple[str, Tree]]:
    theories: Any = tree.get(_KEY)
    for place, spec in theories.items() if isinstance(theories, dict) else ():
        if isinstance(spec, dict):
            yield place, spec


def _drop_other_numbers(layers: list[Layer], place: str, use: str) -> Iterator[Layer]:
    current = DEFAULT_THEORY
    for layer in layers:
        spec = dict(_tables(layer.tree)).get(place)
        current = spec.get("use", current) if spec is not None else current
        if spec is None or current == use:
            yield layer
        else:
            others = {p: s for p, s in layer.tree[_KEY].items() if p != place}
            yield replace(layer, tree=layer.tree | {_KEY: others})


def _declarations(uses: dict[str, str]) -> Iterator[Layer]:
    for place, use in uses.items():
        if use != DEFAULT_THEORY:
            found = find_theory(place, TheorySpec(use=use))
            yield Layer(Path(found.file), {_KEY: {place: _numbers(found)}})


def _numbers(found: FoundTheory) -> Tree:
    return {
        name: number.model_dump(mode="json", exclude_defaults=True)
        for name, number in found.theory.numbers.items()
    }
