"""The command that simulates the same worlds again, the same text however they were simulated.

What a user typed also says where results are stored and by how many processes; this does not, so
that tables which state their command are the same bytes all the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from shlex import quote
from typing import Any

from sim.scenario.files.layers import Tree
from sim.scenario.load import LoadedScenario

_SIZE_SETTINGS = ("worlds", "months", "seed")


def write_run_command(loaded: LoadedScenario) -> str:
    """Return the command of a run, such as `sim run pact --worlds 1000 --months 36 --seed 7`."""
    return " ".join(["sim run", *_scenario_words(loaded)])


def write_sweep_command(
    loaded: LoadedScenario, varied: dict[str, tuple[Any, ...]], sample: str, over: tuple[str, ...]
) -> str:
    """Return the command of a sweep.

    Args:
        loaded: the scenario that points are made from.
        varied: the levels of each factor that is varied, by its key.
        sample: how numbers are sampled, such as `lhs:100`; empty where none are.
        over: the keys of the sampled numbers.
    """
    levels = (f"{key}={','.join(map(_format_bare, values))}" for key, values in varied.items())
    words = ["sim sweep", *_scenario_words(loaded)]
    words += [f"--vary {quote(text)}" for text in levels]
    words += [f"--sample {sample}"] if sample else []
    return " ".join([*words, *(f"--over {key}" for key in over)])


def _scenario_words(loaded: LoadedScenario) -> Iterator[str]:
    yield quote(loaded.name)
    for name in _SIZE_SETTINGS:
        yield f"--{name} {getattr(loaded.scenario, name)}"
    top = loaded.layers[-1]
    for key, value in _find_settings({} if top.file else top.tree):
        if key not in _SIZE_SETTINGS:
            yield f"--set {quote(f'{key}={value}')}"


def _find_settings(tree: Tree, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Yield the settings that a tree was made of, each as its key and the text of its value."""
    for name, value in tree.items():
        key = f"{prefix}{name}"
        if not isinstance(value, dict):
            yield key, _format_toml(value)
        elif _is_fixed_number(value):
            yield key, _format_toml(value["value"])
        else:
            yield from _find_settings(value, f"{key}.")


def _is_fixed_number(value: Tree) -> bool:
    """Whether a table is what `--set` makes of a bare number."""
    return value.keys() == {"value", "low", "high"} and len(set(value.values())) == 1


def _format_toml(value: object) -> str:
    match value:
        case list() | tuple():
            return f"[{', '.join(map(_format_item, value))}]"
        case dict():
            return f"{{{', '.join(f'{key} = {_format_item(v)}' for key, v in value.items())}}}"
        case _:
            return _format_bare(value)


def _format_item(value: object) -> str:
    """Return a value within a list, where words need quotes."""
    return f'"{value}"' if isinstance(value, str | date) else _format_toml(value)


def _format_bare(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
