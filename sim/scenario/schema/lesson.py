"""What a scenario teaches: what to predict, where to look, what to expect there, and why."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from sim.scenario.schema.identifiers import CODE_PATTERN, OUTCOME_PATTERN
from sim.scenario.schema.quantity import FrozenModel, SourceKeys


class Turn(StrEnum):
    """How an outcome differs from that of the base, world by world."""

    MORE = "more"
    """It is higher, or happens more often."""
    LESS = "less"
    """It is lower, or happens less often."""
    SAME = "no difference"
    """No difference that could be distinguished from none."""


OutcomeName = Annotated[str, Field(pattern=OUTCOME_PATTERN)]


class LessonSpec(FrozenModel):
    """A lesson of one file, which files that extend it do not take over."""

    base: Annotated[str, Field(pattern=CODE_PATTERN)] = "pact"
    """The scenario in the same folder with which this one is compared, world by world."""
    predict: str = Field(min_length=1)
    """What a student guesses before looking."""
    look_at: dict[OutcomeName, Turn] = Field(min_length=1)
    """The outcomes to look at, and how each differs from that of the base; the first is the one
    that the question asks about. An outcome is a measure such as war_korea, a rate of choices
    such as "rate:challenge:korea:dprk" (choice, rivalry, actor), the help expected of an ally such
    as "help:korea:dprk:russia" (rivalry, partner, ally), or aid in a crisis such as
    "stress:korea:rok@war:russia" (crisis, ally)."""
    theory: str = Field(min_length=1)
    """What the literature says, in two sentences."""
    source: SourceKeys
    """Keys of the bibliography on which the theory rests."""
    reading: str = ""
    """How to read the answer, in a sentence or two."""
    trap: str = Field(min_length=1)
    """What one would wrongly conclude."""
