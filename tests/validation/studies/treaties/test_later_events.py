"""Questions about later events: each mapped, and compared with the answer that nothing changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sim.scenario.files.bibliography import read_bibliography
from sim.scenario.load import load_scenario
from sim.validation.studies.hindcast.forecasts import Forecast, ScoredQuestion
from sim.validation.studies.hindcast.mapping import read_mappings
from sim.validation.studies.hindcast.questions import Question, read_questions
from sim.validation.studies.treaties.later_events import (
    QUESTIONS_FILE,
    compare_with_nothing,
    describe_questions,
)
from tests.worlds import SCENARIOS

QUESTIONS = read_questions(SCENARIOS / QUESTIONS_FILE)
MAPPINGS, _ = read_mappings((SCENARIOS / QUESTIONS_FILE).with_suffix(".toml"))
PACT = load_scenario(SCENARIOS / "pact.toml")
KNOWN = PACT.bibliography | read_bibliography(SCENARIOS / "hindcast" / "sources.toml")
ASKED = Question(
    id="N1",
    info_date=date(2024, 6, 19),
    resolve_by=date(2025, 12, 31),
    kind="binary",
    question="Does it change",
    answer_text="no",
    outcome=0.0,
    confidence="high",
    mark="K",
    source="recalled",
    line=2,
)


def scored(chance: float, outcome: float) -> ScoredQuestion:
    question = replace(ASKED, outcome=outcome)
    return ScoredQuestion(question, None, {"model": Forecast(chance=chance)})


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_a_question_is_mapped_has_its_sources_and_counts_to_the_end_of_2025(
    question: Question,
) -> None:
    mapping = MAPPINGS[question.id]
    assert bool(mapping.reads) != bool(mapping.left_out)
    records = [record for record in (mapping.persistence, mapping.base_rate) if record]
    assert {*question.sources, *(record.source for record in records)} <= set(KNOWN)
    assert question.resolve_by == date(2025, 12, 31)


def test_every_treaty_and_actor_that_is_read_is_one_of_the_scenario() -> None:
    for mapping in MAPPINGS.values():
        for pattern in mapping.reads.events if mapping.reads else ():
            new = pattern.subject.startswith("new_defence_")
            assert new or not pattern.subject or pattern.subject in PACT.scenario.treaties
            assert not pattern.actor or pattern.actor in PACT.scenario.actors
            pair = pattern.subject.removeprefix("new_defence_")
            codes = {f"{a}_{b}" for a in PACT.scenario.actors for b in PACT.scenario.actors}
            assert not new or pair in codes


def test_no_change_is_the_answer_no_for_certain() -> None:
    model, nothing, count = compare_with_nothing([scored(0.1, 0.0), scored(0.3, 0.0)])
    assert model == pytest.approx(0.05)
    assert (nothing, count) == (0.0, 2)
    assert "no better than" in describe_questions([scored(0.1, 0.0)])


def test_where_something_changes_a_chance_is_better_than_none() -> None:
    assert " better than the answer" in describe_questions([scored(0.4, 1.0)])


def test_a_question_that_is_left_out_does_not_count() -> None:
    left_out = ScoredQuestion(ASKED, None, {})
    assert compare_with_nothing([scored(0.1, 0.0), left_out])[2] == 1
