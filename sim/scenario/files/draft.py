"""The text of a new scenario: a few commented lines that run at once."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sim.scenario.files.layers import Tree

_NO_CHANGE = """\
# Change one thing, so that a comparison shows what it does. Remove a # below, or use another key:
# sim find WORDS finds keys, sim levers lists those that matter, sim why {name} KEY explains one.
{treaty}# rules.war.settles = {{ value = 0.05, low = 0.05, high = 0.05 }}  # tired wars end sooner
"""
_CONDITIONS = {
    True: "false  # aid is due even to a partner that began the war",
    False: "true  # aid is due only to a partner that was attacked",
}
"""What a treaty would say instead, by whether its aid is conditional."""

_ENDS = {"value", "low", "high"}
"""The parts of a number, which stand in one line."""


def draft_scenario(
    name: str, base: str, title: str, changes: Tree, conditional: Mapping[str, bool]
) -> str:
    """Return the text of a scenario that extends another one.

    Args:
        name: its own name.
        base: what it extends: a name or a path.
        title: its title.
        changes: what it changes, as a tree of values; where there is nothing, examples are given.
        conditional: whether aid is due only to a partner that was attacked, by treaty; the last
            one makes an example.
    """
    lines = [f"{key} = {_format_value(value)}\n" for key, value in _flatten(changes)]
    changed = "".join(["# What differs:\n", *lines]) if lines else _give_examples(name, conditional)
    return (
        f"# Everything is as in {base}, except what stands below.\n"
        f"# Then: sim run {name}, and sim compare {base} {name}\n"
        f"extends = {json.dumps(base, ensure_ascii=False)}\n"
        f"\n"
        f"title = {json.dumps(title, ensure_ascii=False)}\n"
        f'description = "As {base}, except that ..."\n'
        f'question = "What changes, and for whom?"\n'
        f"\n"
        f"{changed}"
    )


def _give_examples(name: str, conditional: Mapping[str, bool]) -> str:
    treaty = ""
    if conditional:
        code, is_conditional = list(conditional.items())[-1]
        treaty = f"# treaties.{code}.conditional = {_CONDITIONS[is_conditional]}\n"
    return _NO_CHANGE.format(name=name, treaty=treaty)


def _flatten(tree: Tree, above: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in tree.items():
        key = f"{above}{name}"
        if isinstance(value, dict) and not value.keys() <= _ENDS:
            yield from _flatten(value, f"{key}.")
        else:
            yield key, value


def _format_value(value: Any) -> str:
    if isinstance(value, dict):
        ends = ", ".join(f"{name} = {_format_value(end)}" for name, end in value.items())
        return f"{{ {ends} }}"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return f"[{', '.join(map(_format_value, value))}]"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else str(value)
