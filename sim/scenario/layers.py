"""Reading scenario files: each file is a layer, `extends` puts it on top of others.

A later layer wins key by key; tables are merged, anything else is replaced. Each layer remembers
where it came from, so that a message or `why` can name file and line.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from sim.errors import Problem, ScenarioError
from sim.scenario.lines import Key, key_lines, line_of

Tree = dict[str, Any]


@dataclass(frozen=True)
class Layer:
    """What one file, or the command line, says."""

    file: Path | None
    tree: Tree
    text: str = field(default="", repr=False)

    @property
    def name(self) -> str:
        """The file's path as given, or the command line's option."""
        return str(self.file) if self.file else "--set"

    @cached_property
    def _lines(self) -> dict[Key, int]:
        return key_lines(self.text)

    def line(self, key: Key) -> int | None:
        """Return the line on which `key`, or what holds it, stands."""
        return line_of(self._lines, key)

    def says(self, key: Key) -> bool:
        """Whether the layer itself gives a value at `key`."""
        tree: Any = self.tree
        for part in key:
            if not isinstance(tree, Mapping) or part not in tree:
                return False
            tree = tree[part]
        return True


def read_layers(file: Path) -> list[Layer]:
    """Return the layers of a scenario, lowest first, the file itself last.

    Raises:
        ScenarioError: a file is missing, unreadable or not TOML, or `extends` runs in a circle.
    """
    return list(_read(file, ()))


def merge(layers: list[Layer]) -> Tree:
    """Return what the layers say together."""
    whole: Tree = {}
    for layer in layers:
        whole = _merged(whole, layer.tree)
    return whole


def winner(layers: list[Layer], key: Key) -> Layer | None:
    """Return the layer whose word counts at `key`, or else at what holds it."""
    while key:
        for layer in reversed(layers):
            if layer.says(key):
                return layer
        key = key[:-1]
    return layers[-1] if layers else None


def _read(file: Path, below: tuple[Path, ...]) -> Iterator[Layer]:
    if file.resolve() in below:
        chain = " -> ".join(path.name for path in (*below, file))
        raise ScenarioError([Problem(file, None, "extends", f"runs in a circle: {chain}")])
    layer = _layer(file)
    for parent in _parents(layer):
        yield from _read(file.parent / parent, (*below, file.resolve()))
    yield layer


def _layer(file: Path) -> Layer:
    try:
        text = file.read_text(encoding="utf-8")
        return Layer(file, tomllib.loads(text), text)
    except tomllib.TOMLDecodeError as error:
        raise ScenarioError([_syntax_problem(file, str(error))]) from None
    except FileNotFoundError:
        raise ScenarioError(
            [Problem(file, None, "", "there is no such file", *_other(file))]
        ) from None
    except UnicodeDecodeError:
        raise ScenarioError([Problem(file, None, "", "is not text in UTF-8")]) from None
    except OSError as error:
        raise ScenarioError(
            [Problem(file, None, "", f"cannot be read: {error.strerror}")]
        ) from None


def _syntax_problem(file: Path, message: str) -> Problem:
    what, _, place = message.rpartition(" (at ")
    line = place.removeprefix("line ").partition(",")[0]
    return Problem(
        file, int(line) if line.isdigit() else None, "", f"is not TOML: {what or message}"
    )


def _other(file: Path) -> tuple[str, str]:
    """Return what stands in the folder instead, and the nearest name."""
    from difflib import get_close_matches  # noqa: PLC0415  only on the way out

    there = sorted(path.name for path in file.parent.glob("*.toml"))
    near = get_close_matches(file.name, there, n=1)
    return ", ".join(there[:8]), str(file.parent / near[0]) if near else ""


def _parents(layer: Layer) -> list[str]:
    parents = layer.tree.get("extends", [])
    if isinstance(parents, str):
        return [parents]
    if isinstance(parents, list) and all(isinstance(parent, str) for parent in parents):
        return parents
    problem = Problem(
        layer.file,
        layer.line(("extends",)),
        "extends",
        "is not a file name",
        "a path or a list of paths",
    )
    raise ScenarioError([problem])


def _merged(under: Tree, over: Tree) -> Tree:
    both = dict(under)
    for name, value in over.items():
        beneath = both.get(name)
        both[name] = (
            _merged(beneath, value)
            if isinstance(beneath, dict) and isinstance(value, dict)
            else value
        )
    return both
