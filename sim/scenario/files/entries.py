"""Files beside the scenario: entries of one kind, read whole or refused with everything amiss."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from sim.errors import ScenarioError
from sim.scenario.files.layers import Layer
from sim.scenario.files.messages import explain

Held = TypeVar("Held")


def entries(layer: Layer, holds: TypeAdapter[Held], kind: Any) -> Held:
    """Return what a file holds, read as `holds`; `kind` is the type that it was made of.

    Raises:
        ScenarioError: an entry is not well formed.
    """
    try:
        return holds.validate_python(layer.tree)
    except ValidationError as error:
        problems = [explain(detail, [layer], kind) for detail in error.errors()]
        raise ScenarioError(problems) from None
