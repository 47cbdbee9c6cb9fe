"""Files beside the scenario: entries of one kind, read whole or refused with everything amiss."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from sim.errors import ScenarioError
from sim.scenario.files.layers import Layer
from sim.scenario.files.messages import convert_validation_error

_Content = TypeVar("_Content")


def validate_entries(layer: Layer, adapter: TypeAdapter[_Content], content_type: Any) -> _Content:
    """Return what a file holds, read as `adapter`; `content_type` is the type that it was made of.

    Raises:
        ScenarioError: an entry is not well formed.
    """
    try:
        return adapter.validate_python(layer.tree)
    except ValidationError as error:
        problems = [
            convert_validation_error(detail, [layer], content_type) for detail in error.errors()
        ]
        raise ScenarioError(problems) from None
