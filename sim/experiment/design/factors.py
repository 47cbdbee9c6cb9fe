"""The factors of a sweep: keys that are varied, and their levels."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import isfinite
from pathlib import Path

import numpy as np

from sim.errors import RequestError, ScenarioError
from sim.experiment.base import BaseScenario
from sim.experiment.limits import MAX_POINTS
from sim.scenario.files.layers import find_effective_layer
from sim.scenario.load import LoadedScenario, load_scenario
from sim.scenario.provenance.explain import explain_key
from sim.scenario.schema.quantity import Quantity
from sim.scenario.schema.sweep import FactorLevel

SCENARIO_FACTOR = "scenario"
"""The factor whose levels are scenario files."""
_FIXED_KEYS = {
    "seed": "all points have the same random draws",
    "worlds": "all points have the same worlds; --worlds says how many",
    "sweep": "a sweep does not vary itself",
    "levers": "they say what may be varied; name one of them",
}
_RANGE_PATTERN = re.compile(r"\s*([^:,\s]+)\s*:\s*([^:,\s]+)\s*:\s*(\S+)\s*")
_LEVEL = re.compile(r"""(?:"[^"]*"|'[^']*'|\[[^\]]*\]|\{[^}]*\}|[^,])+""")


Variations = dict[str, str | tuple[FactorLevel, ...]]
"""Factors in their written form: keys, each with its levels as text or as a list."""


@dataclass(frozen=True)
class Factor:
    """A key that is varied, and its levels.

    Attributes:
        key: the key in the scenario, or `scenario`.
        levels: the levels; for scenarios, their short names.
        form: `list` or `range`.
    """

    key: str
    levels: tuple[FactorLevel, ...]
    form: str = "list"


def read_variations(loaded: LoadedScenario, vary: Iterable[str]) -> Variations:
    """Return the factors of the scenario file, overridden by `--vary key=...`.

    Raises:
        RequestError: an option is not of that form.
    """
    variations: Variations = dict(loaded.scenario.sweep.vary)
    for text in vary:
        key, equals, values = (part.strip() for part in text.partition("="))
        if not (key and equals and values):
            raise RequestError(
                f"--vary {text}: is not of the form key=values\n"
                "    for example: --vary rules.honour.reputation=0.6,1.2 or =low:high:5"
            )
        variations[key] = values
    return variations


def load_base_scenarios(
    loaded: LoadedScenario, variations: Variations, vary: Sequence[str], settings: Sequence[str]
) -> list[LoadedScenario]:
    """Return the scenarios that points are made from: those of the factor `scenario`, or this one.

    Files named in a scenario file are relative to it, those named in a command to the working
    folder. All get the worlds and the seed of this scenario.
    """
    if SCENARIO_FACTOR not in variations:
        return [loaded]
    names = variations[SCENARIO_FACTOR]
    listed = names.split(",") if isinstance(names, str) else [str(name) for name in names]
    folder = _scenario_folder(loaded, vary)
    shared = (f"worlds={loaded.scenario.worlds}", f"seed={loaded.scenario.seed}")
    bases = [load_scenario(folder / name.strip(), [*settings, *shared]) for name in listed]
    seen: set[str] = set()
    for base in bases:
        if base.name in seen:
            raise RequestError(f"--vary scenario: {base.name} is named twice")
        seen.add(base.name)
    return bases


def build_factor(
    key: str, variation: str | tuple[FactorLevel, ...], bases: Sequence[LoadedScenario]
) -> Factor:
    """Return the levels of a key, checked in every scenario that points are made from.

    Raises:
        RequestError: the key does not exist, it cannot be varied, or a level is not allowed.
    """
    if key == SCENARIO_FACTOR:
        return Factor(key, tuple(base.name for base in bases))
    for base in bases:
        _check_key(key, base)
    factor = _parse_factor(key, variation, bases[0])
    for base in bases:
        _check_levels(factor, base)
    return factor


def find_quantity(loaded: LoadedScenario, key: str) -> Quantity | None:
    """Return the number at a key, or None if the key holds something else."""
    return dict(loaded.scenario.iter_quantities()).get(key)


def _scenario_folder(loaded: LoadedScenario, vary: Sequence[str]) -> Path:
    if any(text.partition("=")[0].strip() == SCENARIO_FACTOR for text in vary):
        return Path()
    layer = find_effective_layer(list(loaded.layers), ("sweep", "vary", SCENARIO_FACTOR))
    return (layer.file if layer and layer.file else loaded.file).parent


def _check_key(key: str, base: LoadedScenario) -> None:
    top = key.partition(".")[0]
    if top in _FIXED_KEYS:
        raise RequestError(f"--vary {key}: cannot be varied; {_FIXED_KEYS[top]}")
    try:
        explanation = explain_key(base, key)
    except RequestError as error:
        raise RequestError(f"--vary {error}") from None
    if explanation.number is None and explanation.children:
        beneath = ", ".join(part.name for part in explanation.children[:4])
        raise RequestError(
            f"--vary {key}: is a group of values, and one of them can be varied\n"
            f"    such as {beneath}"
        )


def _parse_factor(
    key: str, variation: str | tuple[FactorLevel, ...], base: LoadedScenario
) -> Factor:
    if isinstance(variation, str) and (match := _RANGE_PATTERN.fullmatch(variation)):
        low, high = (_parse_range_end(key, end, base) for end in match.groups()[:2])
        return Factor(key, _space_levels(key, low, high, match[3]), "range")
    levels = (
        tuple(_parse_level(key, part) for part in split_levels(variation))
        if isinstance(variation, str)
        else variation
    )
    if not levels:
        raise RequestError(f"--vary {key}: no values are given")
    for level in levels:
        if levels.count(level) > 1:
            raise RequestError(f"--vary {key}: {level} is given twice")
    return Factor(key, levels)


def _parse_range_end(key: str, text: str, base: LoadedScenario) -> int | float:
    number = find_quantity(base, key)
    if number and text in ("low", "high"):
        return number.low if text == "low" else number.high
    level = _parse_level(key, text)
    if isinstance(level, bool) or not isinstance(level, int | float) or not isfinite(level):
        raise RequestError(
            f"--vary {key}: a range goes from number to number, and {text} is not a number"
        )
    return level


def _space_levels(key: str, low: float, high: float, count: str) -> tuple[FactorLevel, ...]:
    if not count.isdecimal() or not 2 <= int(count) <= MAX_POINTS:
        raise RequestError(
            f"--vary {key}: {count} is not a number of levels for a range\n"
            f"    allowed: 2 to {MAX_POINTS:,}, as in 0.2:0.8:4"
        )
    if not low < high:
        raise RequestError(f"--vary {key}: a range goes upwards, and {high} is not above {low}")
    spaced = [float(level) for level in np.linspace(low, high, int(count))]
    integers = isinstance(low, int) and isinstance(high, int)
    return tuple(int(x) if integers and x.is_integer() else x for x in spaced)


def split_levels(text: str) -> list[str]:
    """Return the levels that a text lists; a comma within quotation marks or brackets is theirs."""
    return [match[0].strip() for match in _LEVEL.finditer(text) if match[0].strip()]


def _parse_level(key: str, text: str) -> FactorLevel:
    if text.startswith(("[", "{")):
        raise RequestError(
            f"--vary {key}: a level is a number, a word or a date, not a list or a table\n"
            "    write each as a scenario file: --vary scenario=first.toml,second.toml"
        )
    try:
        level = tomllib.loads(f"level = {text}")["level"]
    except ValueError:  # text needs no quotes
        return text
    return level if isinstance(level, FactorLevel) else text


def _check_levels(factor: Factor, base: LoadedScenario) -> None:
    number = find_quantity(base, factor.key)
    for level in factor.levels:
        if number:
            _check_number(factor.key, level, number)
        else:
            _check_setting(factor.key, level, base)


def _check_number(key: str, level: FactorLevel, number: Quantity) -> None:
    if isinstance(level, bool) or not isinstance(level, int | float):
        raise RequestError(f"--vary {key}: is a number, and {level!r} is not")
    least, most = number.settable
    if not least <= level <= most:
        raise RequestError(
            f"--vary {key}: {level} is outside its range\n"
            f"    allowed: from {least:g} to {most:g} {number.unit}"
        )


def _check_setting(key: str, level: FactorLevel, base: LoadedScenario) -> None:
    try:
        BaseScenario.from_loaded(base).with_levels({key: level})
    except (ScenarioError, RequestError) as error:
        message = str(error).replace("--set ", "--vary ")
        raise RequestError(message) from None
