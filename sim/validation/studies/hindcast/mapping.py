"""What answers a question in the model, and what two simple baselines rest on: data, with sources.

The words of a mapping are explained in docs/hindcast.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, TypeAdapter, model_validator

from sim.errors import Problem, ScenarioError
from sim.scenario.files.entries import validate_entries
from sim.scenario.files.layers import Layer, read_layer
from sim.scenario.files.messages import find_nearest_name
from sim.scenario.schema.quantity import FrozenModel, StrictFloat, StrictInt


class Aggregate(StrEnum):
    """What is taken of a column of months over the months of the question."""

    END = "end"
    """How it stood in the last month."""
    HIGHEST = "highest"
    """The highest month."""
    TOTAL = "total"
    """The months added up."""


class EventPattern(FrozenModel):
    """Events of one kind; what is left empty may be anything."""

    event: str
    """The word for it in the table of events."""
    actor: str = ""
    """Who did it, or to whom it happened."""
    towards: str = ""
    """The other one."""
    subject: str = ""
    """The treaty, rivalry, exchange, council or class it concerns."""
    level: StrictInt = 0
    """The lowest level that counts."""


class MeasurementSpec(FrozenModel):
    """A number read from the history of each world, over the months of the question."""

    events: tuple[EventPattern, ...] = ()
    """How many events there were that fit one of these."""
    times: bool = False
    """Whether the level of these events says how often they happened in their month."""
    first: tuple[EventPattern, ...] = ()
    """Months until the first event that fits one of these; never later than the question runs."""
    after: tuple[EventPattern, ...] = ()
    """The event from which the months to the first count; worlds without it are left out."""
    months: str = ""
    """A column of the table of months."""
    at: Aggregate = Aggregate.END
    """What is taken of it: end, highest or total."""
    worlds: str = ""
    """A column of the table of worlds, lived to the last month of the question."""
    since: date | None = None
    """Where the months read begin on another day than the question's."""
    until: date | None = None
    """Where they end on another day."""

    @model_validator(mode="after")
    def _require_one_source(self) -> Self:
        ways = ("events", "first", "months", "worlds")
        if sum(bool(getattr(self, way)) for way in ways) != 1:
            raise ValueError("has to read exactly one thing|one of " + ", ".join(ways))
        if self.after and not self.first:
            raise ValueError("`after` says nothing without `first`|`first` beside it")
        return self


class HistoricalRecord(FrozenModel):
    """What was known before: how often something had happened, or what it had come to."""

    happened: StrictFloat | None = Field(default=None, ge=0)
    """How often it had happened."""
    months: StrictFloat | None = Field(default=None, gt=0)
    """In how many months."""
    cases: StrictFloat | None = Field(default=None, gt=0)
    """Of how many cases."""
    values: tuple[StrictFloat, ...] = ()
    """What it had come to in earlier stretches as long as the question's."""
    source: str
    """Key of the bibliography."""
    mark: str
    """F found, K recalled."""
    how: str
    """What was counted."""

    @model_validator(mode="after")
    def _require_one_record(self) -> Self:
        counted = (self.happened is not None) == ((self.months is None) != (self.cases is None))
        one = (self.happened is not None) != bool(self.values)
        if not (counted and one):
            allowed = "happened and months; happened and cases; or values"
            raise ValueError(f"has to be exactly one record|{allowed}")
        if self.cases is not None and self.happened is not None and self.happened > self.cases:
            raise ValueError("more happened than there were cases|happened up to cases")
        return self


class QuestionMapping(FrozenModel):
    """How a question is answered."""

    scenario: str = "pact"
    """Name of the scenario that is lived, a file beside the folder of the questions."""
    group: str = ""
    """Questions of one group stand or fall together."""
    unit: str = ""
    """What a number that answers it counts."""
    reads: MeasurementSpec | None = None
    """What is read."""
    over: MeasurementSpec | None = None
    """What it is divided by."""
    factor: StrictFloat = 1
    """What it is multiplied by, to be in the unit of the question."""
    at_least: StrictFloat | None = None
    """The answer is yes where it is at least this."""
    more_than: StrictFloat | None = None
    """The answer is yes where it is more than this."""
    at_most: StrictFloat | None = None
    """The answer is yes where it is at most this."""
    below: StrictFloat | None = None
    """The answer is yes where it is below this."""
    chance: Annotated[StrictFloat, Field(gt=0, le=1)] = 1
    """With what chance that is what the question means; of a count, each event for itself."""
    left_out: str = ""
    """Why the model cannot express the question."""
    assumed: str = ""
    """What the scenario puts in of the answer; kept out of skill."""
    hindsight: str = ""
    """What in the model is there because of what followed, though no number was fitted to it."""
    note: str = ""
    """How reading and question differ."""
    diagnosis: str = ""
    """What in the model makes it miss."""
    persistence: HistoricalRecord | None = None
    """The twelve months before the question was asked."""
    base_rate: HistoricalRecord | None = None
    """A longer record, known then."""

    @model_validator(mode="after")
    def _require_reading_or_reason(self) -> Self:
        if (self.reads is None) != bool(self.left_out):
            raise ValueError(
                "has to be read or left out|`reads`, or `left_out` with the reason"
            )
        if self.over and not self.reads:
            raise ValueError("`over` says nothing without `reads`|`reads` beside it")
        if len(self.given_limits) > 1:
            raise ValueError(
                f"has two limits, {' and '.join(self.given_limits)}|at most one of them"
            )
        return self

    @property
    def given_limits(self) -> dict[str, float]:
        """The limits that are given, by name; one at most."""
        names = ("at_least", "more_than", "at_most", "below")
        return {name: getattr(self, name) for name in names if getattr(self, name) is not None}

    @property
    def measurement_specs(self) -> tuple[MeasurementSpec, ...]:
        """Everything that is read for it."""
        return tuple(reading for reading in (self.reads, self.over) if reading)


_MAPPINGS_ADAPTER = TypeAdapter(dict[str, QuestionMapping])


def read_mappings(file: Path) -> tuple[dict[str, QuestionMapping], Layer]:
    """Return the mappings of a file by the question's id, and the file for its lines.

    Raises:
        ScenarioError: the file is missing, not TOML, or an entry is not well formed.
    """
    layer = read_layer(file)
    return validate_entries(layer, _MAPPINGS_ADAPTER, dict[str, QuestionMapping]), layer


def require_question_for_each_mapping(
    layer: Layer, mapping_ids: Iterable[str], question_ids: Iterable[str]
) -> None:
    """See to it that every mapping has its question.

    Raises:
        ScenarioError: some answer a question that nobody asks.
    """
    known = list(question_ids)
    problems = [
        Problem(
            layer.file,
            layer.find_line((name,)),
            name,
            "answers a question that is not in the table",
            f"ids of its {len(known)} questions",
            find_nearest_name(name, known),
        )
        for name in mapping_ids
        if name not in known
    ]
    if problems:
        raise ScenarioError(problems)
