"""Tables of questions: what they may contain, and how faults are reported."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import ScenarioError
from sim.validation.studies.hindcast.questions import (
    QUESTION_COLUMNS,
    QUESTION_KINDS,
    read_questions,
)

HEADING = ",".join(QUESTION_COLUMNS)
KNOWN = ", ".join(QUESTION_COLUMNS)
LINE = "Q1,2024-06-19,2024-12-31,binary,Will it?,no,high,F,recalled,"


def table(folder: Path, *lines: str, heading: str = HEADING) -> Path:
    file = folder / "mine.csv"
    file.write_text("\n".join([heading, *lines]) + "\n", encoding="utf-8")
    return file


def error_message(file: Path) -> str:
    with pytest.raises(ScenarioError) as caught:
        read_questions(file)
    assert caught.value.exit_code == 2
    return str(caught.value).replace(str(file.parent) + "/", "")


def test_a_question_is_read_as_it_is_written(tmp_path: Path) -> None:
    line = 'Q7,2024-06-19,2025-01-31,count,"How many, in all?",11 (10-12),high,F,a-1; b-2,'
    (question,) = read_questions(table(tmp_path, line))
    assert (question.id, question.kind, question.question) == ("Q7", "count", "How many, in all?")
    assert (question.info_date, question.resolve_by) == (date(2024, 6, 19), date(2025, 1, 31))
    assert (question.answer_text, question.outcome) == ("11 (10-12)", 11)
    assert question.sources == ("a-1", "b-2")
    assert question.line == 2


@pytest.mark.parametrize(
    ("kind", "answer", "outcome"),
    [
        ("binary", "yes (2024-12-04)", 1.0),
        ("threshold", "no (suspected only)", 0.0),
        ("count", "0", 0.0),
        ("date", "6 (2025-04-26)", 6.0),
        ("count", "2.5(about)", 2.5),
        ("binary", "", None),  # not yet known
        ("count", "", None),
    ],
)
def test_an_answer_is_its_first_word(
    tmp_path: Path, kind: str, answer: str, outcome: float | None
) -> None:
    line = f"Q1,2024-06-19,2024-12-31,{kind},Will it?,{answer},high,F,recalled,"
    assert read_questions(table(tmp_path, line))[0].outcome == outcome


def test_a_line_is_named_where_it_begins_though_questions_run_over_several(tmp_path: Path) -> None:
    first = 'Q1,2024-06-19,2024-12-31,binary,"Will\nit?",no,high,F,recalled,'
    file = table(tmp_path, first, LINE.replace("Q1", "Q2").replace("binary", "binar"))
    assert error_message(file).startswith("mine.csv:4: kind: 'binar' is not a kind of question")


def test_a_mark_at_the_beginning_of_the_file_and_empty_lines_do_no_harm(tmp_path: Path) -> None:
    file = table(tmp_path, LINE, "", heading="\ufeff" + HEADING)
    assert [question.id for question in read_questions(file)] == ["Q1"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            LINE.replace("binary", "binery"),
            (
                "mine.csv:2: kind: 'binery' is not a kind of question\n"
                "    allowed: binary, threshold, count, date; did you mean 'binary'?"
            ),
        ),
        (
            LINE.replace("2024-06-19", "19.6.2024"),
            (
                "mine.csv:2: info_date: '19.6.2024' is not a date\n"
                "    allowed: a date, such as 2024-06-19"
            ),
        ),
        (
            LINE.replace("2024-12-31", "2023-12-31"),
            "mine.csv:2: resolve_by: 2023-12-31 is before info_date, 2024-06-19",
        ),
        (
            LINE.replace(",no,", ",perhaps,"),
            (
                "mine.csv:2: outcome: 'perhaps' is not an answer to a question of kind binary\n"
                "    allowed: yes or no, then a remark in brackets; empty where it is not yet known"
            ),
        ),
        (
            LINE.replace("binary", "count"),
            (
                "mine.csv:2: outcome: 'no' is not an answer to a question of kind count\n"
                "    allowed: a number from 0 on, then a remark in brackets; empty where it is not "
                "yet known"
            ),
        ),
        (
            LINE.replace("binary", "count").replace(",no,", ",nan,"),
            (
                "mine.csv:2: outcome: 'nan' is not an answer to a question of kind count\n"
                "    allowed: a number from 0 on, then a remark in brackets; empty where it is not "
                "yet known"
            ),
        ),
        (LINE.replace("Q1", ""), "mine.csv:2: id: is empty"),
        (
            LINE + ",and more",
            (
                "mine.csv:2: has 11 cells under 10 columns\n"
                "    allowed: as many cells as columns; text with commas in quotes"
            ),
        ),
    ],
)
def test_a_slip_is_reported_with_line_column_and_what_is_allowed(
    tmp_path: Path, line: str, message: str
) -> None:
    assert error_message(table(tmp_path, line)) == message


def test_a_column_misspelt_is_reported_with_the_nearest(tmp_path: Path) -> None:
    file = table(tmp_path, LINE, heading=HEADING.replace("kind", "kindd"))
    assert error_message(file) == (
        "mine.csv:1: kind: this column is missing\n"
        "mine.csv:1: kindd: is not a known column\n"
        f"    allowed: {KNOWN}; did you mean 'kind'?"
    )


def test_a_column_given_twice_is_reported(tmp_path: Path) -> None:
    assert "mine.csv:1: id: is a column twice" in error_message(
        table(tmp_path, LINE, heading=HEADING.replace("mark", "id"))
    )


def test_the_same_id_twice_is_reported_with_both_lines(tmp_path: Path) -> None:
    assert (
        error_message(table(tmp_path, LINE, LINE))
        == "mine.csv:3: id: 'Q1' is also the id of line 2"
    )


def test_all_slips_are_reported_at_once(tmp_path: Path) -> None:
    bad = LINE.replace("binary", "x").replace("2024-12-31", "soon")
    assert error_message(table(tmp_path, bad, bad.replace("Q1", "Q2"))).count("mine.csv:") == 4


def test_a_table_without_questions_is_reported(tmp_path: Path) -> None:
    assert error_message(table(tmp_path)) == "mine.csv: has no questions"


def test_an_empty_file_misses_every_column(tmp_path: Path) -> None:
    file = tmp_path / "empty.csv"
    file.write_text("")
    assert error_message(file).count("this column is missing") == len(QUESTION_COLUMNS)


def test_a_file_that_is_not_there_is_reported_with_the_nearest(tmp_path: Path) -> None:
    table(tmp_path, LINE)
    assert error_message(tmp_path / "mein.csv") == (
        "mein.csv: there is no such file\n    allowed: mine.csv; did you mean 'mine.csv'?"
    )


def test_a_folder_or_a_file_that_is_no_text_is_reported(tmp_path: Path) -> None:
    file = tmp_path / "picture.csv"
    file.write_bytes(b"\xff\xfe\x00\x01")
    assert error_message(file) == "picture.csv: is not text in UTF-8"
    assert "cannot be read" in error_message(tmp_path)


def test_a_quote_that_does_not_end_is_reported(tmp_path: Path) -> None:
    assert "is not CSV" in error_message(table(tmp_path, 'Q1,"2024'))


@given(st.text(max_size=80), st.sampled_from(QUESTION_KINDS))
def test_whatever_stands_as_an_answer_is_read_or_told(
    tmp_path_factory: pytest.TempPathFactory, answer: str, kind: str
) -> None:
    quoted = '"' + answer.replace('"', '""').replace("\0", "") + '"'
    line = f"Q1,2024-06-19,2024-12-31,{kind},Will it?,{quoted},high,F,recalled,"
    file = tmp_path_factory.mktemp("any") / "any.csv"
    file.write_text(f"{HEADING}\n{line}\n", encoding="utf-8", errors="replace", newline="")
    with suppress(ScenarioError):  # what cannot be read is reported, as the tests above show
        (question,) = read_questions(file)
        assert question.outcome is None or question.outcome >= 0
