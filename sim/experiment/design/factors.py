"""The factors of a sweep: what is varied, and the values that each takes."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sim.errors import RequestError, ScenarioError
from sim.experiment.base import Base
from sim.experiment.limits import MOST_POINTS
from sim.scenario.files.layers import winner
from sim.scenario.load import Loaded, load
from sim.scenario.provenance.explain import why
from sim.scenario.schema.quantity import Quantity
from sim.scenario.schema.sweep import Level

SCENARIO = "scenario"
"""The factor whose values are scenario files."""
_SHARED = {
    "seed": "all points have the same luck",
    "worlds": "all points have the same worlds; --worlds says how many",
    "sweep": "a sweep does not vary itself",
}
_RANGE = re.compile(r"\s*([^:,\s]+)\s*:\s*([^:,\s]+)\s*:\s*(\S+)\s*")


Given = dict[str, str | tuple[Level, ...]]
"""What is varied, as it was written: keys, and values as text or one by one."""


@dataclass(frozen=True)
class Factor:
    """Something that is varied.

    Attributes:
        key: its key in the scenario, or `scenario`.
        levels: the values it takes; for scenarios, their short names.
        varied: `list` or `range`.
    """

    key: str
    levels: tuple[Level, ...]
    varied: str = "list"


def varied(loaded: Loaded, said: Iterable[str]) -> Given:
    """Return what is varied, as written: what the scenario says, and `--vary key=...` on top of it.

    Raises:
        RequestError: an option is not of that form.
    """
    every: Given = dict(loaded.scenario.sweep.vary)
    for text in said:
        key, equals, values = (part.strip() for part in text.partition("="))
        if not (key and equals and values):
            raise RequestError(
                f"--vary {text}: is not of the form key=values\n"
                "    for example: --vary rules.honour.reputation=0.6,1.2 or =low:high:5"
            )
        every[key] = values
    return every


def scenarios(
    loaded: Loaded, given: Given, said: Sequence[str], settings: Sequence[str]
) -> list[Loaded]:
    """Return the scenarios that points are made from: those of the factor `scenario`, or this one.

    Files named in a scenario file lie beside it, those named in the command where it was given.
    All get the worlds and the seed of this one.
    """
    if SCENARIO not in given:
        return [loaded]
    names = given[SCENARIO]
    listed = names.split(",") if isinstance(names, str) else [str(name) for name in names]
    folder = _folder(loaded, said)
    shared = (f"worlds={loaded.scenario.worlds}", f"seed={loaded.scenario.seed}")
    found = [load(folder / name.strip(), [*settings, *shared]) for name in listed]
    seen: set[str] = set()
    for one in found:
        if one.name in seen:
            raise RequestError(f"--vary scenario: {one.name} is named twice")
        seen.add(one.name)
    return found


def factor(key: str, given: str | tuple[Level, ...], bases: Sequence[Loaded]) -> Factor:
    """Return what a key is varied over, checked in every scenario that points are made from.

    Raises:
        RequestError: there is no such key; it cannot be varied; or a value is not possible there.
    """
    if key == SCENARIO:
        return Factor(key, tuple(base.name for base in bases))
    for base in bases:
        _check_key(key, base)
    found = _read(key, given, bases[0])
    for base in bases:
        _check_levels(found, base)
    return found


def number_at(loaded: Loaded, key: str) -> Quantity | None:
    """Return the number that stands at a key, if it is one."""
    return dict(loaded.scenario.quantities()).get(key)


def _folder(loaded: Loaded, said: Sequence[str]) -> Path:
    if any(text.partition("=")[0].strip() == SCENARIO for text in said):
        return Path()
    layer = winner(list(loaded.layers), ("sweep", "vary", SCENARIO))
    return (layer.file if layer and layer.file else loaded.file).parent


def _check_key(key: str, base: Loaded) -> None:
    top = key.partition(".")[0]
    if top in _SHARED:
        raise RequestError(f"--vary {key}: cannot be varied; {_SHARED[top]}")
    try:
        found = why(base, key)
    except RequestError as error:
        raise RequestError(f"--vary {error}") from None
    if found.number is None and found.holds:
        beneath = ", ".join(part.name for part in found.holds[:4])
        raise RequestError(
            f"--vary {key}: is a group of values, and one of them can be varied\n"
            f"    such as {beneath}"
        )


def _read(key: str, given: str | tuple[Level, ...], base: Loaded) -> Factor:
    if isinstance(given, str) and (found := _RANGE.fullmatch(given)):
        low, high = (_end(key, end, base) for end in found.groups()[:2])
        return Factor(key, _spaced(key, low, high, found[3]), "range")
    levels = tuple(map(_level, given.split(","))) if isinstance(given, str) else given
    if not levels:
        raise RequestError(f"--vary {key}: no values are given")
    for level in levels:
        if levels.count(level) > 1:
            raise RequestError(f"--vary {key}: {level} is given twice")
    return Factor(key, levels)


def _end(key: str, text: str, base: Loaded) -> int | float:
    number = number_at(base, key)
    if number and text in ("low", "high"):
        return number.low if text == "low" else number.high
    level = _level(text)
    if isinstance(level, bool) or not isinstance(level, int | float):
        raise RequestError(f"--vary {key}: a range goes from number to number, and {text} is none")
    return level


def _spaced(key: str, low: float, high: float, count: str) -> tuple[Level, ...]:
    if not count.isdecimal() or not 2 <= int(count) <= MOST_POINTS:
        raise RequestError(
            f"--vary {key}: {count} is no number of values for a range\n"
            f"    allowed: 2 to {MOST_POINTS:,}, as in 0.2:0.8:4"
        )
    if not low < high:
        raise RequestError(f"--vary {key}: a range goes upwards, and {high} is not above {low}")
    spaced = [float(level) for level in np.linspace(low, high, int(count))]
    whole = isinstance(low, int) and isinstance(high, int)
    return tuple(int(x) if whole and x.is_integer() else x for x in spaced)


def _level(text: str) -> Level:
    try:
        level = tomllib.loads(f"level = {text.strip()}")["level"]
    except ValueError:  # words need no quotes here
        return text.strip()
    return level if isinstance(level, Level) else text.strip()


def _check_levels(found: Factor, base: Loaded) -> None:
    number = number_at(base, found.key)
    for level in found.levels:
        if number:
            _check_number(found.key, level, number)
        else:
            _check_setting(found.key, level, base)


def _check_number(key: str, level: Level, number: Quantity) -> None:
    if isinstance(level, bool) or not isinstance(level, int | float):
        raise RequestError(f"--vary {key}: is a number, and {level!r} is none")
    if not number.low <= level <= number.high:
        raise RequestError(
            f"--vary {key}: {level} is outside its range\n"
            f"    allowed: from {number.low:g} to {number.high:g} {number.unit}"
        )


def _check_setting(key: str, level: Level, base: Loaded) -> None:
    try:
        Base.of(base).with_levels({key: level})
    except (ScenarioError, RequestError) as error:
        said = str(error).replace("--set ", "--vary ")
        raise RequestError(said) from None
