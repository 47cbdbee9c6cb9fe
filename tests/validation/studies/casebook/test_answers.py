"""A table of answers that cannot be used is refused with one message that names every fault."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from sim.errors import ScenarioError
from sim.validation.studies.casebook.answers import ANSWER_COLUMNS, read_answers
from sim.validation.studies.casebook.cases import read_cases
from tests.worlds import SCENARIOS

HEAD = ",".join(ANSWER_COLUMNS)
GOOD = "1950_korea,ussr,dprk,,2,1950,K,stueck-1995,Pilots."


@pytest.fixture
def table(tmp_path: Path) -> Callable[..., Path]:
    def write(*lines: str) -> Path:
        file = tmp_path / "answers.csv"
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return file

    return write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A casebook of one case."""
    history = tmp_path / "history"
    shutil.copytree(SCENARIOS / "parts", tmp_path / "parts")
    shutil.copytree(SCENARIOS / "history" / "parts", history / "parts")
    for name in ("sources.toml", "1950_korea.toml"):
        shutil.copy(SCENARIOS / "history" / name, history / name)
    rows = (SCENARIOS / "history" / "answers.csv").read_text(encoding="utf-8").splitlines()
    own = [row for row in rows if row.startswith(("case", "1950"))]
    (history / "answers.csv").write_text("\n".join(own) + "\n", encoding="utf-8")
    return history


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def message(folder: Path) -> str:
    with pytest.raises(ScenarioError) as error:
        read_cases(folder)
    return str(error.value).replace(str(folder), "history")


# -- the table --------------------------------------------------------------------------------


def test_a_good_line_is_read(table: Callable[..., Path]) -> None:
    (answer,) = read_answers(table(HEAD, GOOD))
    assert (answer.ally, answer.answer, answer.year, answer.line) == ("ussr", 2, 1950, 2)
    assert answer.crisis == "1950"


def test_all_faults_of_all_lines_are_reported_at_once(table: Callable[..., Path]) -> None:
    file = table(
        HEAD,
        "1950_korea,ussr,dprk,,4,1950,K,stueck-1995,Pilots.",
        "1950_korea,china,dprk,,3,in autumn,X,cow-war-4,Came.",
    )
    with pytest.raises(ScenarioError) as error:
        read_answers(file)
    assert str(error.value) == (
        f"{file}:2: answer: '4' is not an answer\n"
        "    allowed: 0 nothing, 1 materiel, 2 troops, 3 open war\n"
        f"{file}:3: mark: 'X' is not a mark\n"
        "    allowed: F from data; C recalled, open war or its absence confirmed by data; "
        "K recalled\n"
        f"{file}:3: year: 'in autumn' is not a year\n"
        "    allowed: four digits"
    )


def test_an_ally_answers_once(table: Callable[..., Path]) -> None:
    file = table(HEAD, GOOD, GOOD)
    with pytest.raises(
        ScenarioError, match="'ussr' has an answer to 1950_korea already, in line 2"
    ):
        read_answers(file)


@pytest.mark.parametrize(
    ("head", "what"),
    [
        ("case,ally", "there is no column 'partner'"),
        (HEAD + ",more", "'more' is not a known column"),
        ("", "there is no column 'case'"),
    ],
)
def test_other_columns_are_refused(table: Callable[..., Path], head: str, what: str) -> None:
    with pytest.raises(ScenarioError, match=f":1: {what}\n    allowed: case, ally, partner"):
        read_answers(table(head, GOOD))


@pytest.mark.parametrize("line", [GOOD + ",more", "1950_korea,ussr"])
def test_a_line_with_too_many_or_too_few_values_is_refused(
    table: Callable[..., Path], line: str
) -> None:
    with pytest.raises(ScenarioError, match=r":2: does not have one cell per column"):
        read_answers(table(HEAD, line))


def test_a_missing_table_is_message(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="there is no such file"):
        read_answers(tmp_path / "answers.csv")


def test_a_table_that_is_no_text_is_message(tmp_path: Path) -> None:
    (tmp_path / "answers.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ScenarioError, match="is not text in UTF-8"):
        read_answers(tmp_path / "answers.csv")


# -- the table and the scenarios --------------------------------------------------------------


def test_a_case_and_its_answers_are_read(folder: Path) -> None:
    (case,) = read_cases(folder)
    assert [answer.ally for answer in case.answers] == ["usa", "ussr", "china"]
    assert (case.attacker, case.opponent_of("dprk")) == ("dprk", "rok")


def test_an_unknown_name_is_reported_with_the_nearest(folder: Path) -> None:
    edit(folder / "answers.csv", "1950_korea,ussr,dprk", "1950_korea,usr,rokk")
    assert message(folder) == (
        "history/answers.csv: 1950_korea: has no answer of 'ussr', which is in the scenario\n"
        "history/answers.csv:3: ally: 'usr' is not a known ally in 1950_korea\n"
        "    allowed: usa, ussr, china; did you mean 'ussr'?\n"
        "history/answers.csv:3: partner: 'rokk' is not a known principal of 1950_korea\n"
        "    allowed: dprk, rok; did you mean 'rok'?"
    )


def test_a_treaty_has_to_be_one_between_the_two(folder: Path) -> None:
    edit(folder / "answers.csv", "usa,rok,,", "usa,rok,us_rok_1953,")
    assert message(folder) == (
        "history/answers.csv:2: treaty: 'us_rok_1953' is not a known treaty between the two\n"
        "    allowed: none"
    )


def test_a_source_has_to_be_in_the_bibliography(folder: Path) -> None:
    edit(folder / "answers.csv", "stueck-1995", "stueck-1996")
    assert "source: 'stueck-1996' is not a known source" in message(folder)
    assert "did you mean 'stueck-1995'?" in message(folder)


def test_an_answer_needs_a_scenario(folder: Path) -> None:
    edit(folder / "answers.csv", "1950_korea,usa", "1951_korea,usa")
    assert "case: '1951_korea' is not a known case" in message(folder)
    assert "has no answer of 'usa'" in message(folder)


def test_a_scenario_in_which_no_war_breaks_out_is_not_a_case(folder: Path) -> None:
    text = (folder / "1950_korea.toml").read_text(encoding="utf-8")
    (folder / "1950_korea.toml").write_text(text.partition("[shocks.")[0], encoding="utf-8")
    assert "is not a case: it needs one rivalry, one shock that opens it" in message(folder)


def test_a_fault_of_the_scenario_is_reported_as_elsewhere(folder: Path) -> None:
    edit(folder / "1950_korea.toml", 'kind = "dispute"', 'kind = "disput"')
    assert "did you mean 'dispute'?" in message(folder)
