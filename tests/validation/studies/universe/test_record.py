"""The record is read whole, and one that cannot be used is refused with every fault in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import astuple
from pathlib import Path

import pytest

from sim.errors import ScenarioError
from sim.validation.studies.universe.read_record import read_record
from sim.validation.studies.universe.record import (
    CLASSES,
    ERAS,
    RECORD_COLUMNS,
    RecordedAnswer,
    list_wars,
)
from tests.validation.studies.universe.handmade import RECORD, answer, due

HEAD = ",".join(RECORD_COLUMNS)


def line(row: RecordedAnswer) -> str:
    return ",".join(str(int(v)) if isinstance(v, bool) else str(v) for v in astuple(row))


@pytest.fixture
def message(tmp_path: Path) -> Callable[..., str]:
    def read(*lines: str) -> str:
        file = tmp_path / "answers.csv"
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        with pytest.raises(ScenarioError) as error:
            read_record(file)
        return str(error.value).replace(f"{tmp_path}/", "")

    return read


def test_a_line_is_read_as_it_was_written(tmp_path: Path) -> None:
    file = tmp_path / "answers.csv"
    rows = (answer(), due(joined=True, published="honoured"))
    file.write_text("\n".join([HEAD, *map(line, rows)]).replace("BEL", "ITA", 1), encoding="utf-8")
    assert read_record(file).rows == (answer(ally="ITA"), rows[1])


def test_the_shipped_record_has_the_answers_it_is_said_to_have() -> None:
    assert (len(RECORD.rows), len(list_wars(RECORD.rows))) == (3435, 95)
    assert RECORD.joined.sum() == 132
    assert sum(row.is_aid_promised for row in RECORD.rows) == 733
    assert sum(row.obligation == "due" for row in RECORD.rows) == 286
    assert len({row.war for row in RECORD.rows if row.in_casebook}) == 24


def test_every_class_occurs_in_either_era() -> None:
    assert set(RECORD.cells) == {(era, name) for era in ERAS for name in CLASSES}


@pytest.mark.parametrize(
    ("changes", "commitment"),
    [
        ({}, "neighbour"),
        ({"major_power": True}, "major_power"),
        ({"neighbour": False}, "bystander"),
        ({"obligation": "consultation", "major_power": True}, "consultation"),
        ({"obligation": "not_due", "parties": "two"}, "aid_not_due"),
        ({"obligation": "due", "parties": "more"}, "aid_due_more"),
    ],
)
def test_the_class_follows_the_promise_and_without_one_the_standing(
    changes: dict[str, object], commitment: str
) -> None:
    assert answer(**changes).commitment == commitment


def test_an_era_begins_with_1946() -> None:
    assert [answer(year=year).era for year in (1945, 1946)] == ["to_1945", "since_1946"]


def test_an_onlooker_tied_to_the_other_side_does_not_count_for_its_class() -> None:
    assert not answer(tied_to_opponent=True).bears_on_anchors
    assert due(tied_to_opponent=True).bears_on_anchors


def test_all_faults_are_reported_at_once(message: Callable[..., str]) -> None:
    wrong = line(answer(obligation="consultaton", year=187, own_quarrels=4, joined=2))
    assert message(HEAD, wrong, line(answer(partner=""))) == (
        "answers.csv:2: joined: '2' is not known\n    allowed: 0, 1\n"
        "answers.csv:2: obligation: 'consultaton' is not known\n"
        "    allowed: due, not_due, consultation, none; did you mean 'consultation'?\n"
        "answers.csv:2: own_quarrels: '4' is not known\n    allowed: 0, 1, 2, 3\n"
        "answers.csv:2: year: '187' is not a year\n    allowed: four digits\n"
        "answers.csv:3: partner: is empty\n    allowed: a name"
    )


def test_a_promise_without_parties_is_reported(message: Callable[..., str]) -> None:
    assert message(HEAD, line(due(parties=""))) == (
        "answers.csv:2: parties: is 'empty' where the obligation is due\n"
        "    allowed: two or more where aid is promised, otherwise empty"
    )


def test_a_published_answer_where_no_aid_was_due_is_reported(message: Callable[..., str]) -> None:
    assert message(HEAD, line(answer(published="violated"))) == (
        "answers.csv:2: published: is given where no aid was due\n    allowed: empty"
    )


def test_a_second_answer_of_an_ally_to_a_partner_is_reported(message: Callable[..., str]) -> None:
    assert message(HEAD, line(answer()), line(answer(joined=True))) == (
        "answers.csv:3: ally: BEL has an answer to FRN already, in line 2"
    )


def test_a_war_without_a_number_is_reported(message: Callable[..., str]) -> None:
    assert message(HEAD, line(answer(war="58a"))) == (
        "answers.csv:2: war: '58a' is not a war\n    allowed: a whole number"
    )


def test_a_table_without_answers_is_reported(message: Callable[..., str]) -> None:
    assert message(HEAD) == "answers.csv: has no answers"


def test_other_columns_are_reported(message: Callable[..., str]) -> None:
    assert message("war,ally").startswith(
        "answers.csv:1: there is no column 'name'\n    allowed: war, name"
    )
