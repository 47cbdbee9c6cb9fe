"""What a decision-maker can choose, apart from what nobody knows.

A scenario names its levers in `[levers]`. All other numbers that have a range are uncertainties:
every world draws them, or an experiment sets them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sim.errors import RequestError, ScenarioError
from sim.experiment.design.factors import build_factor
from sim.scenario.drawn import list_drawn_numbers
from sim.scenario.files.messages import find_nearest_name, locate_problem
from sim.scenario.load import LoadedScenario
from sim.scenario.provenance.keys import index_nodes
from sim.scenario.schema.quantity import Quantity
from sim.scenario.schema.sweep import FactorLevel

LeverSpec = str | Sequence[FactorLevel]
"""The levels of a lever: a list, or a range such as "0.2:0.8" or "low:high"."""
_RANGE = re.compile(r"\s*[^:,\s]+\s*:\s*[^:,\s]+\s*")


@dataclass(frozen=True)
class Choice:
    """A lever: a key, and what can be chosen.

    Attributes:
        key: its key in the scenario.
        levels: the levels; of a range, its two ends.
        is_range: whether every number from the first to the second can be chosen.
    """

    key: str
    levels: tuple[FactorLevel, ...]
    is_range: bool = False


def read_levers(loaded: LoadedScenario) -> tuple[Choice, ...]:
    """Return the levers that a scenario names.

    Raises:
        ScenarioError: a key does not exist, or a level is not allowed; the message has the line.
    """
    problems, choices = [], []
    for key, spec in loaded.scenario.levers.items():
        try:
            choices.append(_read_lever(key, spec, loaded))
        except RequestError as error:
            message, _, allowed = str(error).partition("\n    allowed: ")
            place = ("levers", key)
            problems.append(locate_problem(list(loaded.layers), place, message, allowed))
    if problems:
        raise ScenarioError(problems)
    return tuple(choices)


def choose_levers(
    loaded: LoadedScenario, named: Sequence[str] | Mapping[str, LeverSpec] | None
) -> tuple[Choice, ...]:
    """Return the levers that a user named, or those of the scenario.

    Raises:
        RequestError: a key does not exist, or its levels are not known or not allowed.
        ScenarioError: the scenario names levers that it does not have.
    """
    if named is None:
        return read_levers(loaded)
    if isinstance(named, Mapping):
        return tuple(_read_lever(key, spec, loaded) for key, spec in named.items())
    own = {choice.key: choice for choice in read_levers(loaded)}
    return tuple(own.get(key) or _read_lever(key, None, loaded) for key in named)


def list_uncertainties(
    loaded: LoadedScenario, levers: Sequence[Choice], over: Sequence[str] = ()
) -> dict[str, Quantity]:
    """Return the numbers that nobody knows, by key: those with a range that are no levers.

    `over` selects some of them, by key or by a group such as `rules.honour`.

    Raises:
        RequestError: a name in `over` selects none.
    """
    chosen = {lever.key for lever in levers}
    numbers = list_drawn_numbers(loaded.scenario)
    unknown = {key: number for key, number in numbers.items() if key not in chosen}
    for name in over:
        if not any(_belongs(key, name) for key in unknown):
            nearest = find_nearest_name(name, list(unknown))
            hint = f"; did you mean {nearest!r}?" if nearest else ""
            raise RequestError(
                f"uncertainties: {name} is no number with a range\n"
                f"    allowed: one of {len(unknown)}, or a group such as rules.honour{hint}"
            )
    return {
        key: number
        for key, number in unknown.items()
        if not over or any(_belongs(key, name) for name in over)
    }


def _belongs(key: str, name: str) -> bool:
    return key == name or key.startswith(f"{name}.")


def _read_lever(key: str, spec: LeverSpec | None, loaded: LoadedScenario) -> Choice:
    levels = _default_levels(key, loaded) if spec is None else spec
    try:
        if isinstance(levels, str) and _RANGE.fullmatch(levels):
            return Choice(key, build_factor(key, f"{levels}:2", [loaded]).levels, is_range=True)
        given = levels if isinstance(levels, str) else tuple(levels)
        factor = build_factor(key, given, [loaded])
    except RequestError as error:
        raise RequestError(str(error).replace("--vary ", "lever ")) from None
    if len(factor.levels) < 2:
        raise RequestError(f"lever {key}: has one level only\n    allowed: two levels or more")
    return Choice(key, factor.levels)


def _default_levels(key: str, loaded: LoadedScenario) -> LeverSpec:
    """Return what can be chosen of a key without levels: a range, or yes and no."""
    node = index_nodes(loaded.scenario).get(tuple(key.split(".")))
    value = node.value if node else None
    if isinstance(value, Quantity) and not value.is_fixed:
        return "low:high"
    if node is None or isinstance(value, bool):
        return (True, False)
    raise RequestError(
        f"lever {key}: its levels are not known\n"
        f'    allowed: a list or a range, such as {{"{key}": [...]}}'
    )
