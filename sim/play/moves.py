"""What the sheets and answers of a quarter come to: decisions month by month."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sim.model.decision_log import DrawKey
from sim.play.game import Choices, Move
from sim.play.sheet import Mode, Option, Question, Sheet
from sim.scenario.schema.past import MoveSpec


def sheet_moves(sheet: Sheet, choices: Choices, months: range) -> Iterator[Move]:
    """Yield the decisions of a sheet that was sent in, month by month.

    A standing order holds in every month. An initiative is carried out in the month in which it
    can first be expected to come up; in the other months, and where it is not taken, the answer is
    no.

    Args:
        sheet: the sheet.
        choices: the options chosen, by question; of what is left out, the default.
        months: the months of the quarter.
    """
    for month in months:
        for question in sheet.questions:
            idle = question.mode is Mode.INITIATIVE and month != question.month
            chosen = 0 if idle else choices.get(question.id, question.default)
            yield from _option_moves(question, question.options[chosen], month)


def answer_moves(
    questions: Iterable[Question], answers: Mapping[str, int | None]
) -> Iterator[Move]:
    """Yield the decisions of crises; those without an answer are left to the model."""
    for question in questions:
        option = answers.get(question.id)
        if option is None:
            yield from (Move(question.month, *key, None) for key in question.keys)
        else:
            yield from _option_moves(question, question.options[option], question.month)


def by_hand(moves: Iterable[Move]) -> list[Move]:
    """Return the moves that decide something."""
    return [move for move in moves if move.level is not None]


def left_to_model(moves: Iterable[Move]) -> frozenset[tuple[int, DrawKey]]:
    """Return the decisions that are left to the model, by month and key."""
    return frozenset(
        (move.month, DrawKey(move.what, move.who, move.towards, move.about))
        for move in moves
        if move.level is None
    )


def as_specs(moves: Iterable[Move]) -> list[MoveSpec]:
    """Return the moves that decide something as they stand in a scenario's past."""
    return [MoveSpec(**move._asdict()) for move in by_hand(moves)]


def _option_moves(question: Question, option: Option, month: int) -> Iterator[Move]:
    for key, level in zip(question.keys, option.levels, strict=True):
        if level is not None:
            yield Move(month, *key, level)
