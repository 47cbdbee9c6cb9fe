"""The casebook as a part of the validation: what is measured, and what is reported."""

from __future__ import annotations

import shutil
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from sim.model.recording.history import History
from sim.scenario.schema.rules.answers import AnchorSpec, EraSpec
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
from sim.validation.studies.casebook.simulated import (
    SimulatedAnswer,
    highest_levels,
    simulate_cases,
)
from tests.worlds import SCENARIOS

FEW = ("1870_france", "1913_balkans", "1950_korea", "1979_vietnam", "2022_armenia")


@cache
def cases() -> dict[str, WarCase]:
    return {case.name: case for case in read_cases(SCENARIOS / "history")}


def case(name: str) -> WarCase:
    return cases()[name]


def answer_of(name: str, ally: str) -> SimulatedAnswer:
    answer = next(answer for answer in case(name).answers if answer.ally == ally)
    return SimulatedAnswer(answer, case(name), (0, 0, 0, 1))


# -- measurements ----------------------------------------------------------------------------


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


def test_lesser_aid_of_one_that_promised_nothing_counts() -> None:
    simulated = simulate_cases((case("1950_korea"),), 400)
    (ussr,) = (each for each in simulated if each.answer.ally == "ussr")
    assert sum(ussr.level_counts[1:3]) > 0


def test_a_promise_is_read_as_it_falls_due() -> None:
    commitments = {
        ally: commitment_of(case("1939_poland"), answer_of("1939_poland", ally).answer)
        for ally in ("uk", "italy", "romania", "usa")
    }
    assert commitments == {
        "uk": COMMITMENTS[0],
        "italy": COMMITMENTS[0],
        "romania": COMMITMENTS[2],
        "usa": COMMITMENTS[3],
    }
    russia = answer_of("1914_russia", "austria")
    assert commitment_of(russia.case, russia.answer) == COMMITMENTS[1]


def test_features_by_hand() -> None:
    ally = answer_of("1870_france", "bavaria")
    features = dict(zip(FEATURE_NAMES, ally_features(ally.case, ally.answer), strict=True))
    assert features["aid due"] == 1
    assert features["consultation"] == features["partner began"] == features["after 1945"] == 0
    assert features["worth"] == pytest.approx(0.4)
    assert features["distance (1000 km)"] == 0
    assert 0 < features["share of strength"] < 0.1


def firmer_than(era: EraSpec) -> AnchorSpec:
    """Return the record of allies bound to one partner, as if they had come more often."""
    anchor = era.aid_due_two
    level = anchor.open_war.model_copy(update={"value": 2.0, "low": 1.5, "high": 2.5})
    return anchor.model_copy(update={"open_war": level})


def test_a_firmer_commitment_makes_allies_likelier_to_intervene() -> None:
    poland = case("1939_poland")
    rules = poland.scenario.rules
    era = rules.answers["to_1945"]
    firm = era.model_copy(update={"aid_due_more": era.aid_due_two, "aid_due_two": firmer_than(era)})
    rules = rules.model_copy(update={"answers": rules.answers | {"to_1945": firm}})
    firmer = replace(poland, scenario=poland.scenario.model_copy(update={"rules": rules}))
    before, after = (simulate_cases((each_case,), 200) for each_case in (poland, firmer))
    for weaker, stronger in zip(before, after, strict=True):
        if weaker.answer.ally in {"uk", "france"}:
            assert stronger.forecast(3) > weaker.forecast(3)


def test_chances_are_never_0_or_1() -> None:
    ally = replace(answer_of("1870_france", "uk"), level_counts=(10, 0, 0, 0))
    assert ally.forecast(1) == pytest.approx(0.5 / 11)
    assert replace(ally, level_counts=(0, 0, 0, 10)).forecast(3) == pytest.approx(10.5 / 11)


def test_progress_counts_every_world_once() -> None:
    progress: list[int] = []
    simulate_cases(tuple(map(case, FEW[1:3])), 5, progress.append)
    assert progress == [5, 10]


# -- the part --------------------------------------------------------------------------------


@pytest.fixture
def few(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of scenarios with five cases, in few worlds."""
    monkeypatch.setattr(study, "QUICK_CASE_WORLDS", 20)
    shutil.copytree(SCENARIOS / "parts", tmp_path / "parts")
    history = tmp_path / "history"
    shutil.copytree(SCENARIOS / "history" / "parts", history / "parts")
    shutil.copytree(SCENARIOS / "record", tmp_path / "record")
    for name in ("sources.toml", "diagnoses.csv", "wars.csv", *(f"{name}.toml" for name in FEW)):
        shutil.copy(SCENARIOS / "history" / name, history / name)
    rows = (SCENARIOS / "history" / "answers.csv").read_text(encoding="utf-8").splitlines()
    own = [row for row in rows if row.startswith(("case,", *FEW))]
    (history / "answers.csv").write_text("\n".join(own) + "\n", encoding="utf-8")
    return tmp_path


def test_checks_are_numbered_and_each_says_what_was_measured(few: Path) -> None:
    part = run_casebook(few, quick=True)
    assert [check.code for check in part.checks] == [f"C{n:02}" for n in range(1, 29)]
    assert all(check.says for check in part.checks)
    assert all(check.value is not None for check in part.checks)
    assert "22 answers of allies in 5 wars of 5 crises, 20 worlds each" in part.summary[0]
    assert part.summary[-2].startswith("Open war, the record without any war of the casebook: ")


def test_only_the_standing_forecasts_are_no_fit(few: Path) -> None:
    """The simulated rule's level and six of its numbers rest on these answers, among others."""
    checks = run_casebook(few, quick=True).checks
    assert [check.tuned for check in checks] == [True] * 16 + [False] * 12


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
    assert sum(float(share or 0) for share in levels) == pytest.approx(1)


def test_it_is_the_same_each_time(few: Path) -> None:
    assert run_casebook(few, quick=True) == run_casebook(few, quick=True)


# -- all cases -------------------------------------------------------------------------------


@cache
def full_part() -> ValidationPart:
    return run_casebook(SCENARIOS, quick=True)


@pytest.mark.slow
def test_the_worst_five_cases_have_a_diagnosis() -> None:
    worst = full_part().tables["casebook_cases"][:5]
    assert [row["case"] for row in worst if not row["diagnosis"]] == []


@pytest.mark.slow
def test_shuffled_answers_of_the_casebook_show_no_skill() -> None:
    simulated = simulate_cases(tuple(cases().values()), 50)
    generator = np.random.default_rng(3)
    for _ in range(3):
        answers = [ally.answer.answer for ally in simulated]
        generator.shuffle(answers)
        placebo = [
            replace(ally, answer=replace(ally.answer, answer=level))
            for ally, level in zip(simulated, answers, strict=True)
        ]
        for question in QUESTION_MIN_LEVELS:
            evaluation = evaluate_question(placebo, question)
            assert evaluation.improvement_over("share of the other crises").low < 0
            assert evaluation.placebo > 0.02


@pytest.mark.slow
def test_every_commitment_has_its_considerations() -> None:
    rows = full_part().tables["casebook_weighed"]
    assert {row["bound"] for row in rows} == {*COMMITMENTS}
    weighed = {row["weighs"] for row in rows}
    assert {"record", "promise", "own_quarrel", "joint_dispute", "worth", "nuclear"} <= weighed
