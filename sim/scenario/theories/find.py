"""From the name of a theory to the theory: one that is shipped, or a class in a file."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib import import_module
from inspect import getsourcefile
from pathlib import Path
from typing import Any

from sim.errors import TheoryError
from sim.scenario.schema.theories import TheorySpec
from sim.scenario.theories.permission import code_is_allowed
from sim.scenario.theories.shipped import SHIPPED
from sim.scenario.theories.source_lines import find_number_lines

_PROBE = "sim.model.theory.probe"
"""What asks a theory of a made-up case; named as text, since the model lies above."""


@dataclass(frozen=True, eq=False)
class FoundTheory:
    """A theory that a scenario names.

    Attributes:
        place: the decision on which theories differ, such as "honour".
        name: the name of its class.
        file: the file of its source, as tracebacks name it.
        theory: an object of the class.
        text: its source.
    """

    place: str
    name: str
    file: str
    theory: Any
    text: str = field(default="", repr=False)

    @cached_property
    def number_lines(self) -> dict[str, int]:
        """The line on which each number is declared, as far as it is known."""
        found = find_number_lines(self.text, self.name)
        return {name: line for name, line in found.items() if name in self.theory.numbers}


def find_theory(place: str, spec: TheorySpec) -> FoundTheory:
    """Return the theory that a scenario names at a place, once it has passed its checks.

    Raises:
        TheoryError: it cannot be found or read, may not be run, or does not keep to the protocol.
    """
    if not spec.text:
        return _find_shipped(place, spec.use)
    if not code_is_allowed():
        raise TheoryError(spec.use.partition(":")[0], None, f"theories.{place}", NOT_ALLOWED)
    return _find_in_text(place, spec.use, spec.text)


NOT_ALLOWED = (
    "names code, which could do whatever you can; "
    "read it, then add --allow-code (in Python: with sim.theories.allowing_code())"
)
"""Why code of a scenario is not run unless it is asked for."""


@cache
def _find_shipped(place: str, use: str) -> FoundTheory:
    module, _, name = SHIPPED[place][use].partition(":")
    made = getattr(import_module(module), name)
    file = getsourcefile(made) or module
    return _probed(FoundTheory(place, name, file, made(), Path(file).read_text("utf-8")))


@cache
def _find_in_text(place: str, use: str, text: str) -> FoundTheory:
    from sim.scenario.theories.code import run_code  # noqa: PLC0415  needed for code only

    file, _, name = use.rpartition(":")
    return _probed(FoundTheory(place, name, file, run_code(file, name, text), text))


def _probed(found: FoundTheory) -> FoundTheory:
    import_module(_PROBE).probe(found)
    return found
