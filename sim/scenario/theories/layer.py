"""The numbers of the theories that a scenario names, as a layer beneath all of its own lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sim.errors import Problem, ScenarioError
from sim.scenario.files.layers import Layer, Tree
from sim.scenario.files.line_numbers import Key
from sim.scenario.files.messages import find_nearest_name, locate_problem
from sim.scenario.schema.theories import DEFAULT_THEORY, Theories, TheorySpec
from sim.scenario.theories.find import NOT_ALLOWED, FoundTheory, find_theory
from sim.scenario.theories.permission import code_is_allowed
from sim.scenario.theories.shipped import SHIPPED

_KEY = "theories"


@dataclass(frozen=True)
class TheoryLayer(Layer):
    """What a theory declares, with the lines of its own file in which it does."""

    lines: dict[Key, int] = field(default_factory=dict, repr=False, kw_only=True)

    def find_line(self, key: Key) -> int | None:
        """Return the line of a number, or none if it is not known."""
        return self.lines.get(key[:3])


@dataclass(frozen=True)
class _Named:
    """The name of a theory, and the layer that says it; none for a setting."""

    use: str
    layer: Layer | None = None


def add_theories(layers: list[Layer], settings: Iterable[str]) -> list[Layer]:
    """Return the layers with the numbers that the named theories declare beneath them.

    `honour = "name"` becomes a table in which `use` is the name. Where a layer or a setting names
    another theory than the layers below, their numbers of the earlier theory are left out.

    Raises:
        ScenarioError: there is no theory of a name, or no such file.
        TheoryError: it cannot be read, may not be run, or does not keep to the protocol.
    """
    layers = [_spell_out(layer) for layer in layers]
    named = _find_named(layers, settings)
    for place, name in named.items():
        layers = list(_drop_other_numbers(layers, place, name.use))
    declared = {place: _declare(place, name) for place, name in named.items()}
    problems = list(_find_undeclared([*layers, *_as_layers(settings)], declared))
    if problems:
        raise ScenarioError(problems)
    return [*filter(None, declared.values()), *layers]


def switch_theories(tree: Tree, settings: Iterable[str]) -> Tree:
    """Return a complete scenario with the theories that settings name, and their numbers.

    Raises:
        ScenarioError, TheoryError: as for `add_theories`.
    """
    named = _find_named([], settings)
    if not named:
        return tree
    theories = dict(tree.get(_KEY) or {})
    for place, name in named.items():
        declared = _declare(place, name)
        theories[place] = {"use": name.use} | (declared.tree[_KEY][place] if declared else {})
    return tree | {_KEY: theories}


def _as_layers(settings: Iterable[str]) -> Iterator[Layer]:
    """Yield a layer for each setting of a number of a theory."""
    for setting in settings:
        key = [part.strip() for part in setting.partition("=")[0].split(".")]
        if len(key) > 2 and key[0] == _KEY:
            yield Layer(None, {_KEY: {key[1]: {key[2]: setting}}})


def _find_undeclared(layers: list[Layer], declared: dict[str, Layer | None]) -> Iterator[Problem]:
    """Yield every number that is set of a theory that does not declare it."""
    for place in Theories.model_fields:
        layer = declared.get(place)
        known = list(layer.tree[_KEY][place]) if layer else []
        for each in layers:
            for name in dict(_tables(each.tree)).get(place, {}):
                if name == "text" or name not in ("use", *known):
                    yield _undeclared(each, place, name, known)


def _undeclared(layer: Layer, place: str, name: str, known: list[str]) -> Problem:
    numbers = [each for each in known if each != "text"]
    message = "is no number that the theory declares"
    if not numbers:
        message += ", which has none" if known else ": the package's own rule has them in `rules`"
    allowed, near = ", ".join(numbers), find_nearest_name(name, numbers)
    return locate_problem([layer], (_KEY, place, name), message, allowed, near)


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


def _find_named(layers: list[Layer], settings: Iterable[str]) -> dict[str, _Named]:
    """Return the theory of each place, as the last layer or setting names it."""
    named: dict[str, _Named] = {}
    for layer in layers:
        for place, spec in _tables(layer.tree):
            if isinstance(spec.get("use"), str):
                named[place] = _Named(spec["use"], layer)
    for setting in settings:
        key, _, value = setting.partition("=")
        parts = [part.strip() for part in key.split(".")]
        if len(parts) == 3 and parts[0] == _KEY and parts[2] == "use":
            named[parts[1]] = _Named(value.strip().strip("\"'"))
    return {place: name for place, name in named.items() if place in Theories.model_fields}


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


def _declare(place: str, named: _Named) -> Layer | None:
    """Return what a theory declares as a layer; none for the package's own rules."""
    if named.use == DEFAULT_THEORY:
        return None
    if ":" not in named.use:
        if named.use not in SHIPPED[place]:
            raise ScenarioError([_unknown_theory(place, named)])
        found = find_theory(place, TheorySpec(use=named.use))
        return _layer_of(found, place, Path(found.file), {})
    file, text = _read_code(place, named)
    if not code_is_allowed():
        raise ScenarioError([_locate(place, named, NOT_ALLOWED)])
    found = find_theory(place, TheorySpec(use=named.use, text=text))
    return _layer_of(found, place, file, {"text": text})


def _layer_of(found: FoundTheory, place: str, file: Path, extra: Tree) -> Layer:
    numbers = {
        name: number.model_dump(mode="json", exclude_defaults=True)
        for name, number in found.theory.numbers.items()
    }
    lines: dict[Key, int] = {(_KEY, place, name): line for name, line in found.number_lines.items()}
    return TheoryLayer(file, {_KEY: {place: extra | numbers}}, lines=lines)


def _read_code(place: str, named: _Named) -> tuple[Path, str]:
    """Return the file of a theory, beside the scenario that names it, and its text."""
    folder = named.layer.file.parent if named.layer and named.layer.file else Path()
    file = folder / named.use.rpartition(":")[0]
    try:
        return file, file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        message = f"there is no file {str(file)!r}"
    except UnicodeDecodeError:
        message = f"{str(file)!r} is not text in UTF-8"
    except OSError as error:
        message = f"{str(file)!r} cannot be read: {error.strerror}"
    raise ScenarioError([_locate(place, named, message, "a file of Python, then : and a class")])


def _unknown_theory(place: str, named: _Named) -> Problem:
    known = [DEFAULT_THEORY, *SHIPPED[place]]
    message = f"{named.use!r} is not a known theory of {place}"
    allowed = f"{', '.join(known)}, or a class in a file, such as my_rules.py:MyTheory"
    return _locate(place, named, message, allowed, find_nearest_name(named.use, known))


def _locate(place: str, named: _Named, *details: str) -> Problem:
    """Return a problem with a theory's name, where it is named."""
    layer = named.layer or Layer(None, {_KEY: {place: {"use": named.use}}})
    problem = locate_problem([layer], (_KEY, place, "use"), *details)
    return replace(problem, key=problem.key.removesuffix(".use"))
