"""Bare numbers: `reputation = 0.9` fixes a quantity that the layers below describe."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, TypeGuard

from sim.errors import Problem, ScenarioError
from sim.scenario.files.layers import Layer, Tree, merge_layers
from sim.scenario.files.line_numbers import Key


def fix_bare_numbers(layers: list[Layer]) -> list[Layer]:
    """Return the layers, with each bare number in the place of a quantity as a fixed quantity.

    Unit, source and grade stay those of the layers below. A number outside their range is refused.

    Raises:
        ScenarioError: a number lies outside the range of its quantity.
    """
    fixed: list[Layer] = []
    for layer in layers:
        problems: list[Problem] = []
        tree = _fix_table(layer, layer.tree, merge_layers(fixed), (), problems)
        if problems:
            raise ScenarioError(problems)
        fixed.append(replace(layer, tree=tree))
    return fixed


def fix_quantity(value: float) -> Tree:
    """Return what fixes a quantity at a value in every world."""
    return {"value": value, "low": value, "high": value}


def describe_misfit(key: str, value: float, quantity: Tree) -> tuple[str, str]:
    """Return the message that a number leaves the range of a quantity, and what is allowed."""
    (low, high), unit = _limits(quantity), quantity.get("unit", "")
    allowed = f"from {low} to {high} {unit}".rstrip()
    return (
        f"{value} is outside the range of {key}",
        f"{allowed}; to leave it, set {key}.value, {key}.low and {key}.high",
    )


def is_within(value: float, quantity: Tree) -> bool:
    """Return whether a number lies within the range of a quantity, or the limits of a lever."""
    low, high = _limits(quantity)
    return bool(low <= value <= high)


def _limits(quantity: Tree) -> tuple[float, float]:
    """Return between what a quantity may be set: its range, or the limits that a lever has."""
    limits = quantity.get("limits")
    if isinstance(limits, list) and len(limits) == 2 and all(is_number(end) for end in limits):
        return limits[0], limits[1]
    return quantity["low"], quantity["high"]


def is_quantity(part: Any) -> TypeGuard[Tree]:
    """Return whether a part of a scenario is a number with a range."""
    return isinstance(part, dict) and all(is_number(part.get(end)) for end in ("low", "high"))


def is_number(value: Any) -> TypeGuard[float]:
    """Return whether a value is a number, which true and false are not."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def _fix_table(layer: Layer, tree: Tree, base: Tree, key: Key, problems: list[Problem]) -> Tree:
    return {
        name: _fix_value(layer, value, base.get(name), (*key, name), problems)
        for name, value in tree.items()
    }


def _fix_value(layer: Layer, value: Any, base: Any, key: Key, problems: list[Problem]) -> Any:
    if isinstance(value, dict) and isinstance(base, dict):
        return _fix_table(layer, value, base, key, problems)
    if not (is_number(value) and is_quantity(base)):
        return value
    problems.extend(_find_misfit(layer, value, base, key))
    return fix_quantity(value)


def _find_misfit(layer: Layer, value: float, base: Tree, key: Key) -> Iterator[Problem]:
    if not is_within(value, base):
        message, allowed = describe_misfit(key[-1], value, base)
        yield Problem(layer.file, layer.find_line(key), ".".join(key), message, allowed)
