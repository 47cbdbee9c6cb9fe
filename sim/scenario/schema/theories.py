"""Which theory decides where theories differ; none named means the rules of this package."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import BeforeValidator, ConfigDict

from sim.scenario.schema.quantity import FrozenModel, Quantity

DEFAULT_THEORY = "record"
"""The name of the package's own rules, whose numbers are under `rules`."""


class TheorySpec(FrozenModel):
    """A theory and its own numbers, each a key beside `use`, such as `theories.honour.interest`."""

    model_config = ConfigDict(frozen=True, extra="allow", use_attribute_docstrings=True)
    __pydantic_extra__: dict[str, Quantity]

    use: str
    """A shipped theory, such as "pure_interest", or a class in a file: "my_rules.py:Audience"."""
    text: str = ""
    """The source of that file, which loading fills in, so that results contain it."""

    @property
    def numbers(self) -> dict[str, Quantity]:
        """The theory's own numbers, by name."""
        return dict(self.__pydantic_extra__ or {})


def _spell_out(theory: object) -> object:
    """Return a name alone as a table in which `use` is the name."""
    return {"use": theory} if isinstance(theory, str) else theory


_Theory = Annotated[
    TheorySpec | None, BeforeValidator(_spell_out, json_schema_input_type=str | TheorySpec)
]
"""A theory: its name, or a table of its name and the numbers that are changed."""


class Theories(FrozenModel):
    """The theory of each place where theories differ; "record" is the package's own rule."""

    honour: _Theory = None
    """How willing an ally is to enter a war."""
    challenge: _Theory = None
    """Whether a rival challenges the other, and whether the other resists."""
    joining: _Theory = None
    """Whether an actor joins a war to whose sides it promised nothing."""
    settlement: _Theory = None
    """Whether the sides of a war agree to end it."""
    alignment: _Theory = None
    """Who is drawn to whom, in the measures of camps."""

    def chosen(self) -> Iterator[tuple[str, TheorySpec]]:
        """Yield each place whose theory is not the package's own, with that theory."""
        for place in type(self).model_fields:
            spec = getattr(self, place)
            if spec is not None and spec.use != DEFAULT_THEORY:
                yield place, spec
