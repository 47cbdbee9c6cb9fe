"""A theory is asked of a made-up case before any world is simulated, so that mistakes are early."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from sim.errors import TheoryError
from sim.model.arrays import Terms, Vector
from sim.model.theory.cases import PLACES, Case
from sim.model.theory.checked import ask, find_function_line
from sim.model.theory.fact_ranges import usual_range
from sim.scenario.schema.quantity import Quantity
from sim.scenario.theories.find import FoundTheory
from sim.scenario.theories.names import suggest_name

_SIZE = 8
_TAKEN = {"use", "text"}
"""Keys beside a theory's numbers that mean something else."""


class ProbeNumbers:
    """A theory's numbers in some places of the made-up case: each from its lowest to its highest.

    Raises:
        AttributeError: the theory has declared no number of a name.
    """

    def __init__(self, numbers: dict[str, Quantity], places: slice) -> None:
        self._numbers, self._places = numbers, places

    def __getattr__(self, name: str) -> Vector:
        if name.startswith("__") or name not in self._numbers:
            near = suggest_name(name, self._numbers, "it declares")
            used = f"it uses the number {name!r}, which `numbers` does not declare{near}"
            raise AttributeError(used)
        number = self._numbers[name]
        return np.linspace(number.low, number.high, _SIZE)[self._places]


def probe(found: FoundTheory) -> None:
    """Check what a theory declares, and ask it of a made-up case whole and in halves.

    Raises:
        TheoryError: it declares or returns what it must not, or a place depends on other places.
    """
    for problem in _find_misdeclared(found):
        raise TheoryError(found.file, None, found.name, problem)
    for choice, kind in PLACES[found.place].items():
        if not callable(getattr(found.theory, choice, None)):
            problem = f"it has no function {choice!r}, which a theory of {found.place} needs"
            raise TheoryError(found.file, None, found.name, problem)
        whole = _ask(found, choice, kind, slice(None))
        halves = [_ask(found, choice, kind, part) for part in (slice(3), slice(3, None))]
        _require_separate_places(found, choice, whole, halves)


def _find_misdeclared(found: FoundTheory) -> Iterator[str]:
    """Yield what is wrong with the numbers and terms that a theory declares."""
    numbers: Any = getattr(found.theory, "numbers", None)
    terms: Any = getattr(found.theory, "terms", None)
    if not _is_table(numbers, Quantity):
        yield "`numbers` must be a dictionary of names and Number(...)"
        return
    if not _is_table(terms, str) or not terms:
        yield "`terms` must be a dictionary of names and words, one for each term it returns"
        return
    for name in numbers:
        if name in _TAKEN or not name.isidentifier() or name.startswith("_"):
            why = "is taken" if name in _TAKEN else "is no name that Python could read"
            yield f"the number {name!r} needs another name: this one {why}"


def _is_table(table: Any, kind: type) -> bool:
    return isinstance(table, dict) and all(
        isinstance(name, str) and isinstance(value, kind) for name, value in table.items()
    )


def _ask(found: FoundTheory, choice: str, kind: type[Case], places: slice) -> Terms:
    generator = np.random.default_rng(0)
    drawn = {n: generator.uniform(*usual_range(n), _SIZE) for n in sorted(kind.fact_names())}
    facts = {name: values[places] for name, values in drawn.items()}
    return ask(found, choice, ProbeNumbers(found.theory.numbers, places), kind.of(**facts))


def _require_separate_places(
    found: FoundTheory, choice: str, whole: Terms, halves: list[Terms]
) -> None:
    for name, term in whole.items():
        if not np.array_equal(term, np.concatenate([half[name] for half in halves])):
            problem = (
                f"the term {name!r} of one place depends on other places, or on chance; "
                "a theory looks at each place by itself"
            )
            line = find_function_line(found, choice)
            raise TheoryError(found.file, line, f"{found.name}.{choice}", problem)
