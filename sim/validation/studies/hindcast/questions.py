"""Reads a table of questions about events: the question, its dates and its answer."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from io import StringIO
from math import isfinite
from pathlib import Path
from typing import Literal, get_args

from sim.errors import Problem, ScenarioError
from sim.scenario.files.messages import find_nearest_name

QuestionKind = Literal["binary", "threshold", "count", "date"]
QUESTION_KINDS: tuple[QuestionKind, ...] = get_args(QuestionKind)
QUESTION_COLUMNS = (
    "id",
    "info_date",
    "resolve_by",
    "kind",
    "question",
    "outcome",
    "confidence",
    "mark",
    "source",
    "model_output",
)


@dataclass(frozen=True)
class Question:
    """One line of a table of questions.

    Attributes:
        id: a short, stable code.
        info_date: the last day whose information a forecaster may use.
        resolve_by: the last day that counts.
        kind: binary and threshold are answered by yes or no, counts by a number, dates by months.
        question: the question, in words.
        answer_text: the answer as written, such as "yes (2024-12-04)".
        outcome: 1 yes, 0 no, or the number; None where it is not yet known.
        confidence: how certain the answer is.
        mark: how it is known: F from data, K recalled.
        source: keys of the bibliography.
        line: its line in the file.
    """

    id: str
    info_date: date
    resolve_by: date
    kind: QuestionKind
    question: str
    answer_text: str
    outcome: float | None
    confidence: str
    mark: str
    source: str
    line: int

    @property
    def is_yes_or_no(self) -> bool:
        """Whether it is answered by yes or no."""
        return self.kind in ("binary", "threshold")

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources of its answer."""
        return tuple(part.strip() for part in self.source.split(";") if part.strip())


def read_questions(file: Path) -> tuple[Question, ...]:
    """Return the questions of a table (CSV with the columns above), in its order.

    Raises:
        ScenarioError: the table is invalid; the message lists every problem.
    """
    rows = _read_rows(file)
    problems: list[Problem] = []
    questions = [
        question for line, row in rows if (question := _parse_question(file, line, row, problems))
    ]
    problems += _duplicate_problems(file, rows)
    if not rows:
        problems.append(Problem(file, None, "", "has no questions"))
    if problems:
        raise ScenarioError(problems)
    return tuple(questions)


def _read_rows(file: Path) -> list[tuple[int, dict[str, str]]]:
    """Return each row with the line on which it begins; the heading is validated."""
    reader = csv.reader(StringIO(_read_text(file), newline=""), strict=True)
    try:
        heading = next(reader, [])
        if problems := list(_heading_problems(file, heading)):
            raise ScenarioError(problems)
        rows, line = [], reader.line_num + 1
        for cells in reader:
            if cells:
                rows.append((line, _row_by_column(file, line, heading, cells)))
            line = reader.line_num + 1
    except csv.Error as error:
        raise ScenarioError([Problem(file, reader.line_num, "", f"is not CSV: {error}")]) from None
    return rows


def _read_text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        tables = sorted(path.name for path in file.parent.glob("*.csv"))
        near = find_nearest_name(file.name, tables)
        nearest = str(file.parent / near) if near else ""
        problem = Problem(file, None, "", "there is no such file", ", ".join(tables[:8]), nearest)
    except UnicodeDecodeError:
        problem = Problem(file, None, "", "is not text in UTF-8")
    except OSError as error:
        problem = Problem(file, None, "", f"cannot be read: {error.strerror}")
    raise ScenarioError([problem])


def _heading_problems(file: Path, heading: list[str]) -> Iterator[Problem]:
    known = ", ".join(QUESTION_COLUMNS)
    for name in heading:
        if name not in QUESTION_COLUMNS:
            what = "is not a known column"
            yield Problem(file, 1, name, what, known, find_nearest_name(name, QUESTION_COLUMNS))
        elif heading.count(name) > 1:
            yield Problem(file, 1, name, "is a column twice")
    for name in QUESTION_COLUMNS:
        if name not in heading:
            yield Problem(file, 1, name, "this column is missing")


def _row_by_column(file: Path, line: int, heading: list[str], cells: list[str]) -> dict[str, str]:
    if len(cells) != len(heading):
        what = f"has {len(cells)} cells under {len(heading)} columns"
        hint = "as many cells as columns; text with commas in quotes"
        raise ScenarioError([Problem(file, line, "", what, hint)])
    return dict(zip(heading, (cell.strip() for cell in cells), strict=True))


def _parse_question(
    file: Path, line: int, row: dict[str, str], problems: list[Problem]
) -> Question | None:
    """Return the question of a row; its faults are added to the problems."""
    before = len(problems)
    for name in ("id", "question"):
        if not row[name]:
            problems.append(Problem(file, line, name, "is empty"))
    info_date, resolve_by = (
        _parse_date(file, line, row, name, problems) for name in ("info_date", "resolve_by")
    )
    if info_date and resolve_by and resolve_by < info_date:
        what = f"{resolve_by} is before info_date, {info_date}"
        problems.append(Problem(file, line, "resolve_by", what))
    kind = next((known for known in QUESTION_KINDS if known == row["kind"]), None)
    if kind is None:
        what = f"{row['kind']!r} is not a kind of question"
        near = find_nearest_name(row["kind"], QUESTION_KINDS)
        problems.append(Problem(file, line, "kind", what, ", ".join(QUESTION_KINDS), near))
    outcome = _parse_outcome(file, line, row["outcome"], kind, problems) if kind else None
    if len(problems) > before or info_date is None or resolve_by is None or kind is None:
        return None
    return Question(
        id=row["id"],
        info_date=info_date,
        resolve_by=resolve_by,
        kind=kind,
        question=row["question"],
        answer_text=row["outcome"],
        outcome=outcome,
        confidence=row["confidence"],
        mark=row["mark"],
        source=row["source"],
        line=line,
    )


def _parse_date(
    file: Path, line: int, row: dict[str, str], name: str, problems: list[Problem]
) -> date | None:
    try:
        return date.fromisoformat(row[name])
    except ValueError:
        what = f"{row[name]!r} is not a date"
        problems.append(Problem(file, line, name, what, "a date, such as 2024-06-19"))
        return None


def _parse_outcome(
    file: Path, line: int, answer: str, kind: QuestionKind, problems: list[Problem]
) -> float | None:
    """Return the value of the first word of an answer; None where there is no answer yet."""
    first = answer.replace("(", " ").split()[:1]
    if not first:
        return None
    if kind in ("binary", "threshold"):
        if first[0] in ("yes", "no"):
            return float(first[0] == "yes")
        allowed = "yes or no, then a remark in brackets; empty where it is not yet known"
    else:
        number = _parse_number(first[0])
        if number is not None and number >= 0:
            return number
        allowed = "a number from 0 on, then a remark in brackets; empty where it is not yet known"
    what = f"{answer!r} is not an answer to a question of kind {kind}"
    problems.append(Problem(file, line, "outcome", what, allowed))
    return None


def _parse_number(word: str) -> float | None:
    try:
        number = float(word)
    except ValueError:
        return None
    return number if isfinite(number) else None


def _duplicate_problems(
    file: Path, rows: Iterable[tuple[int, dict[str, str]]]
) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for line, row in rows:
        if row["id"] and row["id"] in seen:
            what = f"{row['id']!r} is also the id of line {seen[row['id']]}"
            yield Problem(file, line, "id", what)
        seen.setdefault(row["id"], line)
