"""The scenarios that are measured: the pact, shorter or longer, and with its cast repeated."""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

from sim.scenario.load import load
from sim.scenario.schema.scenario import Scenario

PACT = Path(__file__).parents[1] / "scenarios" / "pact.toml"
CASTS = ("actors", "ties", "treaties", "rivalries", "wars")
"""Tables that are repeated; what is arranged beside them stays that of the first cast."""


@cache
def pact(months: int = 36) -> Scenario:
    """Return the main scenario."""
    return load(PACT, [f"months={months}"]).scenario


def casts(count: int, months: int) -> Scenario:
    """Return the scenario with so many casts of actors, treaties, rivalries and wars."""
    tree = pact(months).model_dump()
    every: dict[str, Any] = {name: dict(tree[name]) for name in CASTS}
    for number in range(2, count + 1):
        names = {name: f"{name}_{number}" for table in CASTS for name in tree[table]}
        for table in CASTS:
            every[table] |= _renamed(deepcopy(tree[table]), names)
    return Scenario.model_validate(tree | every)


def _renamed(value: Any, names: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {names.get(key, key): _renamed(each, names) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_renamed(each, names) for each in value)
    return names.get(value, value) if isinstance(value, str) else value
