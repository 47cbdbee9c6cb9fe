"""What came of each world: the measures that differ between worlds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from sim.analysis.comparison.construction import find_constructed
from sim.errors import RequestError
from sim.explore.data.arrays import SIDES, PackedArray, pack_bits, pack_counts, pack_numbers
from sim.explore.sides import Sides
from sim.model.measures.needs import Rule
from sim.model.measures.registry import Measure, MeasureKind, list_measures
from sim.scenario.files.messages import find_nearest_name
from sim.statistics.arrays import FloatArray

YES, COUNT, NUMBER, SHARE = "yes", "count", "number", "share"
"""The kinds of outcome: it happened or not, whole numbers, other numbers, numbers from 0 to 1."""


def choose_headlines(sides: Sides, asked: Sequence[str] = ()) -> list[Measure]:
    """Return the measures that are shown first: those asked for, or the headlines of the sides.

    Raises:
        RequestError: a measure that was asked for is not one that all sides have.
    """
    for name in asked:
        if name not in sides.measures:
            raise RequestError(_explain_unknown(name, sides))
    names = asked or [name for scenario in sides.scenarios for name in scenario.headlines]
    return [sides.measures[name] for name in dict.fromkeys(names) if name in sides.measures]


def list_outcomes(sides: Sides, headlines: Sequence[Measure]) -> Iterator[dict[str, Any]]:
    """Yield the entry of every measure that differs between worlds, the headlines first."""
    rules = _find_rules(sides)
    notes = {measure.name: measure.note for measure in list_measures(sides.first)}
    first = [measure.name for measure in headlines]
    rest = [name for name in sides.measures if name not in first]
    for name in [*first, *rest]:
        values = sides.column(name)
        if _varies(values):
            rule, note = rules.get(name, ""), notes.get(name, "")
            yield _describe(sides.measures[name], values, name in first, rule, note)


def _varies(values: FloatArray) -> bool:
    """Whether a measure differs between worlds; one that is defined in none does not."""
    numbers = values.astype(np.float64)
    numbers = numbers[np.isfinite(numbers)]
    return bool(len(numbers)) and bool(np.ptp(numbers))


def _describe(
    measure: Measure, values: FloatArray, headline: bool, rule: str, note: str
) -> dict[str, Any]:
    kind = _kind_of(measure, values)
    array = _pack(kind, values)
    return {
        "name": measure.name,
        "short": measure.short,
        "label": measure.label,
        "note": note,
        "unit": measure.unit,
        "kind": kind,
        "given": measure.given,
        "headline": headline,
        "needs": rule,
        "error": array.scale / 2 if kind in (NUMBER, SHARE) else 0,
        "values": array,
    }


def _kind_of(measure: Measure, values: FloatArray) -> str:
    if measure.kind is MeasureKind.HAPPENED:
        return YES
    if np.array_equal(values, np.rint(values)):
        return COUNT
    return SHARE if values.min() >= 0 and values.max() <= 1 else NUMBER


def _pack(kind: str, values: FloatArray) -> PackedArray:
    if kind == YES:
        return pack_bits(values.astype(bool), [SIDES])
    return pack_counts(values, [SIDES]) if kind == COUNT else pack_numbers(values, "u2", [SIDES])


def _find_rules(sides: Sides) -> dict[str, Rule]:
    """Return the rules by which measures differ between sides, so that it is no finding."""
    found: dict[str, Rule] = {}
    for other in sides.scenarios[1:]:
        found |= find_constructed(sides.measures.values(), sides.first, other)
    return found


def _explain_unknown(name: str, sides: Sides) -> str:
    known: Iterable[str] = sides.measures
    nearest = find_nearest_name(name, known)
    hint = f"; did you mean {nearest!r}?" if nearest else ""
    return (
        f"--measure {name}: no scenario here has this measure\n"
        f"    allowed: one of {len(sides.measures)}, such as "
        f"{', '.join(list(sides.measures)[:4])}{hint}"
    )
