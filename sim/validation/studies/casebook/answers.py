"""Reads and validates the table of allies' answers: what each of them did."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from pathlib import Path

from sim.errors import Problem, ScenarioError
from sim.validation.csv_tables import read_table_rows

ANSWERS_FILE = "answers.csv"
AID_LEVELS = ("nothing", "materiel", "troops", "open war")
"""What an ally may do, by its number in the table."""
_SOURCE_MARKS = {
    "F": "from data",
    "C": "recalled, open war or its absence confirmed by data",
    "K": "recalled",
}
"""Where an answer comes from. C confirms no lesser aid: no data set of ours shows materiel."""


@dataclass(frozen=True)
class AllyAnswer:
    """One ally's answer in one case.

    Attributes:
        case: the name of its scenario.
        ally: code of the ally.
        partner: code of the principal that it was asked to help.
        treaty: the treaty that bound it, empty where none applied to the war.
        answer: the highest level of aid in twelve months, an index of `AID_LEVELS`.
        year: the year of the answer.
        mark: one of `_SOURCE_MARKS`.
        source: key of the bibliography.
        note: what it did.
        line: its line in the table.
    """

    case: str
    ally: str
    partner: str
    treaty: str
    answer: int
    year: int
    mark: str
    source: str
    note: str
    line: int

    @property
    def crisis(self) -> str:
        """Its crisis; answers in one crisis are not independent of each other."""
        return self.case.partition("_")[0]


ANSWER_COLUMNS = tuple(field.name for field in fields(AllyAnswer))[:-1]


def read_answers(file: Path) -> tuple[AllyAnswer, ...]:
    """Return the answers of a table, in its order.

    Raises:
        ScenarioError: the table is missing or a line is malformed; the message lists all faults.
    """
    rows = read_table_rows(file, ANSWER_COLUMNS)
    problems = [Problem(file, line, *fault) for line, row in rows for fault in _row_problems(row)]
    problems += _duplicate_problems(file, rows)
    if problems:
        raise ScenarioError(problems)
    return tuple(_parse_answer(line, row) for line, row in rows)


def _row_problems(row: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    """Yield the key, the fault and what is allowed."""
    if row["answer"] not in _LEVEL_DIGITS:
        levels = ", ".join(f"{place} {word}" for place, word in enumerate(AID_LEVELS))
        yield "answer", f"{row['answer']!r} is not an answer", levels
    if row["mark"] not in _SOURCE_MARKS:
        marks = "; ".join(f"{mark} {meaning}" for mark, meaning in _SOURCE_MARKS.items())
        yield "mark", f"{row['mark']!r} is not a mark", marks
    if not (row["year"].isdecimal() and len(row["year"]) == 4):
        yield "year", f"{row['year']!r} is not a year", "four digits"


_LEVEL_DIGITS = tuple(map(str, range(len(AID_LEVELS))))


def _duplicate_problems(file: Path, rows: list[tuple[int, dict[str, str]]]) -> Iterator[Problem]:
    seen: dict[tuple[str, str], int] = {}
    for line, row in rows:
        first = seen.setdefault((row["case"], row["ally"]), line)
        if first != line:
            what = f"{row['ally']!r} has an answer to {row['case']} already, in line {first}"
            yield Problem(file, line, "ally", what)


def _parse_answer(line: int, row: dict[str, str]) -> AllyAnswer:
    number: dict[str, Callable[[str], int]] = {"answer": int, "year": int}
    values = {name: number.get(name, str)(text) for name, text in row.items()}
    return AllyAnswer(**values, line=line)  # type: ignore[arg-type]
