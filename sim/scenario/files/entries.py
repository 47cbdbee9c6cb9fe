"""Files beside the scenario with entries of one type: validated together, all problems at once."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from sim.errors import ScenarioError
from sim.scenario.files.layers import Layer
from sim.scenario.files.messages import convert_validation_error

_Content = TypeVar("_Content")


def validate_entries(layer: Layer, adapter: TypeAdapter[_Content], content_type: Any) -> _Content:
    """Return a file's content, validated by the `adapter` of `content_type`.

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
