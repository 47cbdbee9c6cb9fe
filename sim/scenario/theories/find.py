"""From the name of a theory to the theory."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from inspect import getsourcefile
from typing import Any

from sim.scenario.schema.theories import TheorySpec
from sim.scenario.theories.shipped import SHIPPED


@dataclass(frozen=True, eq=False)
class FoundTheory:
    """A theory that a scenario names.

    Attributes:
        place: the decision on which theories differ, such as "honour".
        name: the name of its class.
        file: the file of its source, as tracebacks name it.
        theory: an object of the class.
    """

    place: str
    name: str
    file: str
    theory: Any


def find_theory(place: str, spec: TheorySpec) -> FoundTheory:
    """Return the theory that a scenario names at a place."""
    return _find_shipped(place, spec.use)


@cache
def _find_shipped(place: str, use: str) -> FoundTheory:
    module, _, name = SHIPPED[place][use].partition(":")
    made = getattr(import_module(module), name)
    return FoundTheory(place, name, getsourcefile(made) or module, made())
