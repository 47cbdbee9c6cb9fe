"""The tables beside the record and the casebook are complete, and mistakes in them are reported."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sim.errors import ScenarioError
from sim.scenario.load import load_scenario
from sim.validation.studies.casebook.cases import WarCase
from sim.validation.studies.casebook.recorded import CasebookRecord
from sim.validation.studies.theories.circumstances import (
    CIRCUMSTANCES_FILE,
    HALF_DISTANCE,
    read_circumstances,
)
from sim.validation.studies.theories.past_answers import read_past_of_casebook
from sim.validation.studies.theories.past_cases import PastAnswers
from sim.validation.studies.universe.record import Record
from tests.validation.studies.theories.past import RECORD
from tests.worlds import SCENARIOS

HEAD, FIRST = (SCENARIOS / CIRCUMSTANCES_FILE).read_text("utf-8").splitlines()[:2]
ONE = Record(RECORD.rows[:1])


def written(folder: Path, line: str) -> Path:
    file = folder / "circumstances.csv"
    file.write_text(f"{HEAD}\n{line}\n", encoding="utf-8")
    return file


def test_every_answer_of_the_record_has_its_circumstances(past: PastAnswers) -> None:
    its = past.circumstances
    assert its.strengths.sum(axis=0) == pytest.approx(1)
    for share in (its.strengths, its.polyarchy, its.ally_reach, its.opponent_reach_ally):
        assert ((share >= 0) & (share <= 1)).all()
    assert 0.6 < np.count_nonzero(its.power_shift) / len(RECORD.rows) < 0.9


def test_neighbours_are_reached_in_full_strength(past: PastAnswers) -> None:
    near = np.array([row.own_quarrels == 3 for row in RECORD.rows])
    assert (past.circumstances.opponent_reach_ally[near] == 1).all()
    assert past.circumstances.opponent_reach_ally.min() < 0.1


def test_strength_falls_with_distance_as_in_the_model() -> None:
    choice = load_scenario(SCENARIOS / "pact.toml").scenario.rules.choice
    assert choice.half_distance.value == HALF_DISTANCE


def test_an_answer_without_a_line_is_reported(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError) as caught:
        read_circumstances(written(tmp_path, FIRST.replace("UKG", "XXX")), ONE)
    assert str(caught.value).endswith(
        "circumstances.csv: 1 UKG FRN SPN: has no line, which every answer of "
        "record/answers.csv needs"
    )


@pytest.mark.parametrize(
    ("cell", "message"), [("", "is empty"), ("much", "'much' is not a number")]
)
def test_a_strength_that_is_no_number_is_reported(tmp_path: Path, cell: str, message: str) -> None:
    cells = FIRST.split(",")
    cells[HEAD.split(",").index("ally_share")] = cell
    with pytest.raises(ScenarioError, match=f":2: ally_share: {message}"):
        read_circumstances(written(tmp_path, ",".join(cells)), ONE)


def test_what_nobody_measured_is_taken_to_be_middling(tmp_path: Path) -> None:
    cells = dict(zip(HEAD.split(","), FIRST.split(","), strict=True))
    cells |= {"polyarchy": "", "shift": "", "opponent_growth": ""}
    its = read_circumstances(written(tmp_path, ",".join(cells.values())), ONE)
    facts = its.polyarchy, its.power_shift, its.opponent_growth
    assert [fact.item() for fact in facts] == [0.5, 0, 0]


def test_every_answer_of_the_casebook_has_its_circumstances(
    casebook: tuple[PastAnswers, CasebookRecord],
) -> None:
    answers, known = casebook
    assert answers.circumstances.strengths.shape == (3, len(known.levels))
    assert answers.circumstances.ally_reach.max() == 1
    assert len(set(answers.circumstances.power_shift.tolist())) > 100


def test_an_answer_of_the_casebook_without_a_line_is_reported(
    tmp_path: Path,
    past: PastAnswers,
    cases: tuple[WarCase, ...],
    casebook: tuple[PastAnswers, CasebookRecord],
) -> None:
    (tmp_path / "history").mkdir()
    heading = "case,ally,partner,ally_state,partner_state,shift,opponent_growth\n"
    (tmp_path / "history" / "circumstances.csv").write_text(heading, encoding="utf-8")
    with pytest.raises(ScenarioError, match="1866_germany uk austria: has no line"):
        read_past_of_casebook(tmp_path, cases[:1], casebook[1], past.record)
