"""The theories in which scenarios differ: their names, their source, and their own numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sim.analysis.comparison.differing_input import ABSENT, DifferingInput
from sim.experiment.storage.engine_fingerprint import hash_source
from sim.scenario.schema.quantity import Quantity
from sim.scenario.schema.scenario import Scenario
from sim.scenario.schema.theories import DEFAULT_THEORY, Theories, TheorySpec

_SHOWN = 8
"""Characters of the digest of a source that tell two versions of one theory apart."""


def compare_theories(scenarios: Sequence[Scenario]) -> Iterator[DifferingInput]:
    """Yield each place whose theories differ; where they are the same, each number that differs."""
    for place, field in Theories.model_fields.items():
        specs = [getattr(scenario.theories, place) for scenario in scenarios]
        names = _names(specs)
        if len(set(names)) > 1:
            yield DifferingInput(f"theories.{place}", field.description or "", names)
        elif any(specs):
            yield from _compare_numbers(place, [spec.numbers if spec else {} for spec in specs])


def _names(specs: Sequence[TheorySpec | None]) -> tuple[str, ...]:
    """Return what each theory is called; with its source, where one name has several sources."""
    uses = tuple(spec.use if spec else DEFAULT_THEORY for spec in specs)
    sources = [hash_source(spec.text) if spec and spec.text else "" for spec in specs]
    if len(set(uses)) == len(set(zip(uses, sources, strict=True))):
        return uses
    named = zip(uses, sources, strict=True)
    return tuple(f"{use}, source {source[:_SHOWN]}" if source else use for use, source in named)


def _compare_numbers(
    place: str, numbers: Sequence[dict[str, Quantity]]
) -> Iterator[DifferingInput]:
    for name in dict.fromkeys(name for each in numbers for name in each):
        values = tuple(each.get(name, ABSENT) for each in numbers)
        if len({_drawn_from(value) for value in values}) > 1:
            meaning = next(value.meaning for value in values if isinstance(value, Quantity))
            yield DifferingInput(f"theories.{place}.{name}", meaning, values)


def _drawn_from(value: object) -> object:
    """Return what worlds draw a number from."""
    if isinstance(value, Quantity):
        return value.value, value.low, value.high, value.shape
    return value
