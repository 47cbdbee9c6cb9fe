"""What a delegation is asked: standing orders and one initiative a quarter, and crises."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sim.model.decision_log import DrawKey


class Mode(StrEnum):
    """How a decision is asked for."""

    STANDING = "standing"
    """On the order sheet; holds in every month of the quarter."""
    INITIATIVE = "initiative"
    """On the order sheet, one of several; carried out in the first month in which it can be."""
    CRISIS = "crisis"
    """When it comes up, within the quarter."""
    NEVER = "never"
    """Not by itself; the model decides, or another question sets it too."""


@dataclass(frozen=True)
class Option:
    """One answer to a question.

    Attributes:
        words: what is shown.
        levels: the level of each decision of the question, in their order; None where it is left
            to the model.
    """

    words: str
    levels: tuple[int | None, ...]


@dataclass(frozen=True)
class Question:
    """One line that a delegation decides.

    Attributes:
        id: names the question within its quarter: `standing:restrain:russia:dprk`, or
            `m14:answer:china:dprk:korea`.
        seat: the code of the delegation.
        mode: how it is asked.
        text: the question.
        options: the answers; the place of an answer in it is its number, from 0.
        keys: the decisions that the answer sets.
        note: what the answer means, in a sentence; may be empty.
        month: the month of a crisis; that in which an initiative is carried out; 0 for standing
            orders.
        default: number of the answer that is preset; for a standing order that of the last sheet.
    """

    id: str
    seat: str
    mode: Mode
    text: str
    options: tuple[Option, ...]
    keys: tuple[DrawKey, ...]
    note: str = ""
    month: int = 0
    default: int = 0


@dataclass(frozen=True)
class Sheet:
    """The order sheet of a delegation for a quarter.

    Attributes:
        seat: the code of the delegation.
        quarter: from 1.
        when: its months as text: "June to August 2024".
        standing: the standing orders; option 0 of each leaves it to the model.
        initiatives: the initiatives, of which at most one may be taken; option 0 of each is not
            to take it.
    """

    seat: str
    quarter: int
    when: str
    standing: tuple[Question, ...] = ()
    initiatives: tuple[Question, ...] = ()

    @property
    def questions(self) -> tuple[Question, ...]:
        """All lines of the sheet."""
        return self.standing + self.initiatives
