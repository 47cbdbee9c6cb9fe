"""Reading scenario files: each file is a layer, which `extends` puts on top of others.

A later layer overrides earlier ones key by key; tables are merged, all else is replaced. Each layer
records its file, so that a message or `sim why` can name file and line.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from sim.errors import Problem, ScenarioError
from sim.scenario.characters import find_control_characters, replace_control_characters
from sim.scenario.files.line_numbers import Key, find_key_lines, find_nearest_line
from sim.scenario.files.lookup import find_scenario, list_scenarios, suggest_scenarios
from sim.scenario.files.syntax_hints import explain_line, nearby_lines

Tree = dict[str, Any]

MAX_DEPTH = 20
"""The deepest table that a file or a setting may describe; the schema needs far less."""
_MAX_FILES_IN_CHAIN = 50
_MAX_REMEMBERED = 64
"""Files whose layers are remembered: more than a scenario has, with those it is compared to."""

FILE_KEYS = ("extends", "bibliography")
"""Keys under which a file names other files; they are not part of the scenario itself."""


@dataclass(frozen=True)
class Layer:
    """The content of one file, or of the command-line settings; nobody changes it."""

    file: Path | None
    tree: Tree
    text: str = field(default="", repr=False)

    @property
    def name(self) -> str:
        """The file's path as given, or the command line's option."""
        return str(self.file) if self.file else "--set"

    @cached_property
    def _key_lines(self) -> dict[Key, int]:
        return find_key_lines(self.text)

    def find_line(self, key: Key) -> int | None:
        """Return the line of `key`, or of the nearest key above it."""
        return find_nearest_line(self._key_lines, key)

    def defines(self, key: Key) -> bool:
        """Return whether the layer itself defines a value at `key`."""
        tree: Any = self.tree
        for part in key:
            if not isinstance(tree, Mapping) or part not in tree:
                return False
            tree = tree[part]
        return True


def read_layers(file: Path) -> list[Layer]:
    """Return the layers of a scenario, lowest first, the file itself last.

    A file that several others extend is read once and lies below all of them.

    Raises:
        ScenarioError: a file is missing, unreadable or not TOML, or `extends` is circular.
    """
    layers: dict[Path, Layer] = {}
    _read_with_parents(file, (), layers)
    return list(layers.values())


def read_layer(file: Path) -> Layer:
    """Return the layer of one file.

    Raises:
        ScenarioError: the file is missing, unreadable or not TOML, or contains a control character.
    """
    return _parse_layer(file, _read_text(file))


@lru_cache(_MAX_REMEMBERED)
def _parse_layer(file: Path, text: str) -> Layer:
    """Return the layer of a file of this text; scenarios share most of their files."""
    try:
        layer = Layer(file, tomllib.loads(text), text)
    except (ValueError, RecursionError) as error:
        raise ScenarioError([_build_syntax_problem(file, text, str(error))]) from None
    if is_too_deep(layer.tree):
        problem = Problem(file, None, "", f"has tables more than {MAX_DEPTH} levels deep")
        raise ScenarioError([problem])
    if problems := list(_find_unprintable(layer)):
        raise ScenarioError(problems)
    return layer


def is_too_deep(tree: Any, levels: int = MAX_DEPTH) -> bool:
    """Return whether tables and lists are nested in more than so many levels."""
    parts = tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ()
    return levels < 0 or any(is_too_deep(part, levels - 1) for part in parts)


def resolve_file_references(layer: Layer, key: str) -> list[Path]:
    """Return the files that a layer names under `key`.

    Names are looked up beside its own file first, then among the installed scenarios.

    Raises:
        ScenarioError: the value is not a path or a list of paths, or a file does not exist.
    """
    names = layer.tree.get(key, [])
    names = [names] if isinstance(names, str) else names
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise _build_reference_error(layer, key, "is not a file name", "a path or a list of paths")
    folder = (layer.file or Path()).parent
    files = list[Path]()
    for name in names:
        file = find_scenario(Path(name), folder, besides=layer.file) or folder / name
        files.append(file)
        if not file.is_file():
            raise _build_reference_error(
                layer, key, f"there is no file {name!r}", *suggest_scenarios(file)
            )
    return files


def merge_layers(layers: list[Layer]) -> Tree:
    """Return the content of all layers, merged."""
    merged: Tree = {}
    for layer in layers:
        merged = _merge_tables(merged, layer.tree)
    return merged


def find_effective_layer(layers: list[Layer], key: Key) -> Layer | None:
    """Return the layer that determines `key`, or else the nearest key above it.

    A key that no layer defines is reported as missing from the files, not from the settings.
    """
    latest_first = layers[::-1]
    while key:
        for layer in latest_first:
            if layer.defines(key):
                return layer
        key = key[:-1]
        latest_first.sort(key=lambda layer: layer.file is None)
    return next(iter(latest_first), None)


def _read_with_parents(file: Path, chain: tuple[Path, ...], layers: dict[Path, Layer]) -> None:
    layer = read_layer(file)
    chain = (*chain, file.resolve())
    if len(chain) > _MAX_FILES_IN_CHAIN:
        message = f"runs through more than {_MAX_FILES_IN_CHAIN} files"
        raise _build_reference_error(layer, "extends", message)
    for parent in resolve_file_references(layer, "extends"):
        if parent.resolve() in chain:
            circle = " -> ".join(path.name for path in (*chain, parent))
            raise _build_reference_error(layer, "extends", f"forms a cycle: {circle}")
        if parent.resolve() not in layers:
            _read_with_parents(parent, chain, layers)
    layers[file.resolve()] = layer


def _read_text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")  # editors on Windows write a byte-order mark
    except FileNotFoundError:
        problem = Problem(file, None, "", "there is no such file", *suggest_scenarios(file))
    except UnicodeDecodeError:
        problem = Problem(file, None, "", "is not text in UTF-8; save it as UTF-8 in the editor")
    except OSError as error:
        problem = _explain_folder(file) if file.is_dir() else _explain_refusal(file, error)
    raise ScenarioError([problem])


def _explain_refusal(file: Path, error: OSError) -> Problem:
    return Problem(file, None, "", f"cannot be read: {error.strerror}")


def _explain_folder(folder: Path) -> Problem:
    """Return the problem of a folder in place of a scenario, with the scenarios in it."""
    if names := ", ".join(str(file) for file in list_scenarios(folder)[:4]):
        return Problem(folder, None, "", "is a folder; name a scenario in it", names)
    message = "is a folder, and not a scenario"
    return Problem(
        folder, None, "", message, "a scenario; sim compare, tell and report read results"
    )


def _find_unprintable(layer: Layer) -> Iterator[Problem]:
    for key, message in find_control_characters(layer.tree):
        yield Problem(
            layer.file,
            layer.find_line(key),
            replace_control_characters(".".join(key)),
            message,
            "printable text",
        )


def _build_syntax_problem(file: Path, text: str, message: str) -> Problem:
    reason, _, place = message.rpartition(" (at ")
    line = place.removeprefix("line ").partition(",")[0]
    number = int(line) if line.isdigit() else None
    if place.startswith("end of document"):
        number = len(text.splitlines())
    lines = nearby_lines(text, number) if number else ()
    hint = next(filter(None, map(explain_line, lines)), "")
    return Problem(file, number, "", f"is not TOML: {hint or reason or message}")


def _build_reference_error(layer: Layer, key: str, *details: str) -> ScenarioError:
    return ScenarioError([Problem(layer.file, layer.find_line((key,)), key, *details)])


def _merge_tables(lower: Tree, upper: Tree) -> Tree:
    merged = dict(lower)
    for name, value in upper.items():
        current = merged.get(name)
        merged[name] = (
            _merge_tables(current, value)
            if isinstance(current, dict) and isinstance(value, dict)
            else value
        )
    return merged
