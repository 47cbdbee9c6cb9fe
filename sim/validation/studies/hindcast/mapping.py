"""Mappings: how the model answers a question, and the records of two baselines, with sources.

docs/hindcast.md explains the keys of a mapping.
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
    """How a column of months is aggregated over the months of the question."""

    END = "end"
    """The value of the last month."""
    HIGHEST = "highest"
    """The value of the highest month."""
    TOTAL = "total"
    """The sum over months."""


class Evidence(StrEnum):
    """How a record is known."""

    DATA = "F"
    """From data."""
    RECALLED = "K"
    """Recalled."""


class EventPattern(FrozenModel):
    """Events of one kind; an empty key matches anything."""

    event: str
    """Its name in the table of events."""
    actor: str = ""
    """The actor."""
    towards: str = ""
    """The other actor."""
    subject: str = ""
    """The treaty, rivalry, exchange, council or class it concerns."""
    level: StrictInt = 0
    """The lowest level that counts."""


class MeasurementSpec(FrozenModel):
    """A number measured in the history of each world, over the months of the question."""

    events: tuple[EventPattern, ...] = ()
    """Count events that match one of these patterns."""
    times: bool = False
    """Whether the level of these events is their number in that month."""
    first: tuple[EventPattern, ...] = ()
    """Count months until the first match of these patterns, at most to the end of the question."""
    after: tuple[EventPattern, ...] = ()
    """The event from which months are counted; worlds without it are left out."""
    months: str = ""
    """A column of the table of months."""
    at: Aggregate = Aggregate.END
    """How it is aggregated: end, highest or total."""
    worlds: str = ""
    """A column of the table of worlds, simulated to the last month of the question."""
    since: date | None = None
    """First day, if other than the question's."""
    until: date | None = None
    """Last day, if other than the question's."""

    @model_validator(mode="after")
    def _require_one_source(self) -> Self:
        ways = ("events", "first", "months", "worlds")
        if sum(bool(getattr(self, way)) for way in ways) != 1:
            raise ValueError("has to read exactly one thing|one of " + ", ".join(ways))
        if self.after and not self.first:
            raise ValueError("`after` has no effect without `first`|`first` beside it")
        return self


class HistoricalRecord(FrozenModel):
    """An earlier record: how often something had happened, or its earlier values."""

    happened: StrictFloat | None = Field(default=None, ge=0)
    """The number of events."""
    months: StrictFloat | None = Field(default=None, gt=0)
    """The number of months observed."""
    cases: StrictFloat | None = Field(default=None, gt=0)
    """The number of cases observed."""
    values: tuple[StrictFloat, ...] = ()
    """Values in earlier periods as long as the question's."""
    source: str
    """Key of the bibliography."""
    mark: Evidence
    """F from data, K recalled."""
    how: str
    """What was counted."""

    @model_validator(mode="after")
    def _require_one_record(self) -> Self:
        is_counted = (self.happened is not None) == ((self.months is None) != (self.cases is None))
        is_unique = (self.happened is not None) != bool(self.values)
        if not (is_counted and is_unique):
            allowed = "happened and months; happened and cases; or values"
            raise ValueError(f"has to be exactly one record|{allowed}")
        if self.cases is not None and self.happened is not None and self.happened > self.cases:
            raise ValueError("more events than cases|happened up to cases")
        return self


class QuestionMapping(FrozenModel):
    """How a question is answered."""

    scenario: str = "pact"
    """Name of the scenario that is simulated, a file beside the folder of the questions."""
    group: str = ""
    """Questions of one group depend on each other."""
    unit: str = ""
    """The unit of a number that answers it."""
    reads: MeasurementSpec | None = None
    """The measurement."""
    over: MeasurementSpec | None = None
    """The measurement that it is divided by."""
    factor: StrictFloat = 1
    """A factor that converts it to the unit of the question."""
    at_least: StrictFloat | None = None
    """The answer is yes where it is at least this."""
    more_than: StrictFloat | None = None
    """The answer is yes where it is more than this."""
    at_most: StrictFloat | None = None
    """The answer is yes where it is at most this."""
    below: StrictFloat | None = None
    """The answer is yes where it is below this."""
    chance: Annotated[StrictFloat, Field(gt=0, le=1)] = 1
    """The chance that the measured event is what the question means; for a count, of each event."""
    left_out: str = ""
    """Why the model cannot express the question."""
    assumed: str = ""
    """What part of the answer the scenario assumes; excluded from skill."""
    hindsight: str = ""
    """What in the model exists because of later events, although no number was fitted to them."""
    note: str = ""
    """How measurement and question differ."""
    diagnosis: str = ""
    """Why the model misses."""
    persistence: HistoricalRecord | None = None
    """The twelve months before the question was asked."""
    base_rate: HistoricalRecord | None = None
    """A longer record, known at that time."""

    @model_validator(mode="after")
    def _require_reading_or_reason(self) -> Self:
        if (self.reads is None) != bool(self.left_out):
            raise ValueError("has to be read or left out|`reads`, or `left_out` with the reason")
        if self.over and not self.reads:
            raise ValueError("`over` has no effect without `reads`|`reads` beside it")
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
        """All its measurements."""
        return tuple(reading for reading in (self.reads, self.over) if reading)


_MAPPINGS_ADAPTER = TypeAdapter(dict[str, QuestionMapping])


def read_mappings(file: Path) -> tuple[dict[str, QuestionMapping], Layer]:
    """Return the mappings of a file by the question's id, and the file for its lines.

    Raises:
        ScenarioError: the file is missing, not TOML, or an entry is malformed.
    """
    layer = read_layer(file)
    return validate_entries(layer, _MAPPINGS_ADAPTER, dict[str, QuestionMapping]), layer


def require_question_for_each_mapping(
    layer: Layer, mapping_ids: Iterable[str], question_ids: Iterable[str]
) -> None:
    """Require that every mapping has its question.

    Raises:
        ScenarioError: a mapping answers a question that is not in the table.
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
