"""The casebook as a part of the validation: what is read from worlds, and what is told of it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from sim.model.recording.history import History
from sim.validation.check import ValidationPart
from sim.validation.studies.casebook import run_casebook, study
from sim.validation.studies.casebook.cases import WarCase, read_cases
from sim.validation.studies.casebook.features import (
    COMMITMENTS,
    FEATURE_NAMES,
    ally_features,
    commitment_of,
)
from sim.validation.studies.casebook.scoring import QUESTION_MIN_LEVELS, evaluate_question
from sim.validation.studies.casebook.simulated import SimulatedCase, highest_levels, simulate_cases
from tests.worlds import SCENARIOS

FEW = ("1870_france", "1913_balkans", "1950_korea", "1979_vietnam", "2022_armenia")


@cache
def cases() -> dict[str, WarCase]:
    return {each.name: each for each in read_cases(SCENARIOS / "history")}


def case(name: str) -> WarCase:
    return cases()[name]


def answer_of(name: str, ally: str) -> SimulatedCase:
    answer = next(each for each in case(name).answers if each.ally == ally)
    return SimulatedCase(answer, case(name), (0, 0, 0, 1))


# -- what worlds say --------------------------------------------------------------------------


def test_the_furthest_that_an_ally_went_on_a_side_counts() -> None:
    rows = [
        (0, "sends", "ally", "friend", 1),
        (0, "sends", "ally", "friend", 3),
        (1, "joins", "ally", "foe", 3),
        (2, "honoured", "ally", "friend", 3),
        (3, "joins", "other", "friend", 3),
        (3, "sends", "ally", "friend", 2),
    ]
    names = ("world", "event", "actor", "towards", "level")
    events = {name: np.array([row[at] for row in rows]) for at, name in enumerate(names)}
    history = History({}, {}, events)
    assert highest_levels(history, "ally", "friend", 5).tolist() == [3, 0, 0, 2, 0]


def test_a_promise_is_read_as_it_falls_due() -> None:
    told = {
        ally: commitment_of(case("1939_poland"), answer_of("1939_poland", ally).answer)
        for ally in ("uk", "italy", "romania", "usa")
    }
    assert told == {
        "uk": COMMITMENTS[0],
        "italy": COMMITMENTS[0],
        "romania": COMMITMENTS[2],
        "usa": COMMITMENTS[3],
    }
    russia = answer_of("1914_russia", "austria")
    assert commitment_of(russia.case, russia.answer) == COMMITMENTS[1]


def test_features_by_hand() -> None:
    lived = answer_of("1870_france", "bavaria")
    found = dict(zip(FEATURE_NAMES, ally_features(lived.case, lived.answer), strict=True))
    assert found["aid due"] == 1
    assert found["consultation"] == found["partner began"] == found["after 1945"] == 0
    assert found["worth"] == pytest.approx(0.3)
    assert found["distance (1000 km)"] == 0
    assert 0 < found["share of strength"] < 0.1


def test_a_firmer_promise_makes_allies_likelier_to_come_in_the_worlds_of_a_case() -> None:
    poland = case("1939_poland")
    honour = poland.scenario.rules.honour
    firm = honour.model_copy(update={"defence": honour.offence})
    rules = poland.scenario.rules.model_copy(update={"honour": firm})
    firmer = replace(poland, scenario=poland.scenario.model_copy(update={"rules": rules}))
    before, after = (simulate_cases((each,), 200) for each in (poland, firmer))
    for one, other in zip(before, after, strict=True):
        if one.answer.ally in {"uk", "france"}:
            assert other.forecast(1) > one.forecast(1)


def test_chances_are_never_0_or_1() -> None:
    lived = replace(answer_of("1870_france", "uk"), level_counts=(10, 0, 0, 0))
    assert lived.forecast(1) == pytest.approx(0.5 / 11)
    assert replace(lived, level_counts=(0, 0, 0, 10)).forecast(3) == pytest.approx(10.5 / 11)


def test_those_who_hear_are_told_of_every_world_once() -> None:
    heard: list[int] = []
    simulate_cases(tuple(map(case, FEW[1:3])), 5, heard.append)
    assert heard == [5, 10]


# -- what is told of it -----------------------------------------------------------------------


@pytest.fixture
def few(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of scenarios with five cases, in few worlds."""
    monkeypatch.setattr(study, "QUICK_CASE_WORLDS", 20)
    shutil.copytree(SCENARIOS / "parts", tmp_path / "parts")
    history = tmp_path / "history"
    shutil.copytree(SCENARIOS / "history" / "parts", history / "parts")
    for name in ("sources.toml", "diagnoses.csv", *(f"{name}.toml" for name in FEW)):
        shutil.copy(SCENARIOS / "history" / name, history / name)
    rows = (SCENARIOS / "history" / "answers.csv").read_text(encoding="utf-8").splitlines()
    own = [row for row in rows if row.startswith(("case,", *FEW))]
    (history / "answers.csv").write_text("\n".join(own) + "\n", encoding="utf-8")
    return tmp_path


def test_checks_are_numbered_and_each_says_what_was_measured(few: Path) -> None:
    found = run_casebook(few, quick=True)
    assert [check.code for check in found.checks] == [f"C{n:02}" for n in range(1, 17)]
    assert all(check.says and not check.tuned for check in found.checks)
    assert all(check.value is not None for check in found.checks)
    assert "22 answers of allies in 5 wars of 5 crises, 20 worlds each" in found.summary[0]


def test_a_verdict_follows_from_its_interval(few: Path) -> None:
    for check in run_casebook(few, quick=True).checks:
        if "better than" in check.claim:
            assert check.low is not None
            assert check.high is not None
            due = "met" if check.low > 0 else "missed" if check.high < 0 else "undecided"
            assert check.verdict == due


def test_the_tables_hold_every_answer_and_every_case(few: Path) -> None:
    tables = run_casebook(few, quick=True).tables
    assert len(tables["casebook_forecasts"]) == 22
    assert {row["case"] for row in tables["casebook_cases"]} == {*FEW}
    for question in QUESTION_MIN_LEVELS:
        rows = [row for row in tables["casebook_reliability"] if row["question"] == question]
        assert sum(int(row["answers"] or 0) for row in rows) == 22
    levels = [row["rule"] for row in tables["casebook_levels"]]
    assert sum(float(each or 0) for each in levels) == pytest.approx(1)


def test_the_term_for_later_times_is_left_out_of_earlier_ones_only(few: Path) -> None:
    rows = run_casebook(few, quick=True).tables["casebook_era"]
    means = [float(row["mean_forecast"] or 0) for row in rows]
    assert means[1] > means[0], "the term takes off"
    assert len(rows) == 2 * len(QUESTION_MIN_LEVELS)


def test_it_is_the_same_each_time(few: Path) -> None:
    assert run_casebook(few, quick=True) == run_casebook(few, quick=True)


# -- the whole of it --------------------------------------------------------------------------


@cache
def whole() -> ValidationPart:
    return run_casebook(SCENARIOS, quick=True)


@pytest.mark.slow
def test_the_worst_five_cases_have_a_diagnosis() -> None:
    worst = whole().tables["casebook_cases"][:5]
    assert [row["case"] for row in worst if not row["diagnosis"]] == []


@pytest.mark.slow
def test_shuffled_answers_of_the_casebook_show_no_skill() -> None:
    lived = simulate_cases(tuple(cases().values()), 50)
    luck = np.random.default_rng(3)
    for _ in range(3):
        answers = [each.answer.answer for each in lived]
        luck.shuffle(answers)
        sham = [
            replace(each, answer=replace(each.answer, answer=level))
            for each, level in zip(lived, answers, strict=True)
        ]
        for question in QUESTION_MIN_LEVELS:
            exam = evaluate_question(sham, question)
            assert exam.improvement_over("share of the other crises").low < 0
            assert exam.placebo > 0.02


@pytest.mark.slow
def test_every_promise_has_its_considerations() -> None:
    rows = whole().tables["casebook_weighed"]
    assert {row["bound"] for row in rows} == {*COMMITMENTS[:3]}
    assert {"promise", "era", "cost", "interest"} <= {row["weighs"] for row in rows}
