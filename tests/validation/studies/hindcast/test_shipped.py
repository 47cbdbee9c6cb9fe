"""The shipped questions: question answered or left out with a reason, question with its sources."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.scenario.files.bibliography import Bibliography, read_bibliography
from sim.scenario.load import load_scenario
from sim.scenario.provenance.keys import index_nodes
from sim.validation.studies.hindcast.leakage import read_hindsight
from sim.validation.studies.hindcast.mapping import HistoricalRecord, QuestionMapping, read_mappings
from sim.validation.studies.hindcast.questions import Question, read_questions
from tests.worlds import SCENARIOS

FOLDER = SCENARIOS / "hindcast"
QUESTIONS = read_questions(FOLDER / "questions.csv")
MAPPINGS, _ = read_mappings(FOLDER / "mapping.toml")
HINDSIGHT = read_hindsight(FOLDER / "hindsight.toml")
PACT = load_scenario(SCENARIOS / "pact.toml")


def bibliography() -> Bibliography:
    return PACT.bibliography | read_bibliography(FOLDER / "sources.toml")


def records(mapping: QuestionMapping) -> list[HistoricalRecord]:
    return [record for record in (mapping.persistence, mapping.base_rate) if record]


def name(question: Question) -> str:
    return question.id


def test_every_question_is_mapped_exactly_once() -> None:
    assert [question.id for question in QUESTIONS] == sorted(MAPPINGS)


def test_all_twenty_nine_questions_are_there() -> None:
    assert len(QUESTIONS) == 29
    assert [question.id for question in QUESTIONS if question.outcome is None] == []


@pytest.mark.parametrize("question", QUESTIONS, ids=name)
def test_a_question_is_read_or_left_out_with_a_reason(question: Question) -> None:
    mapping = MAPPINGS[question.id]
    assert bool(mapping.reads) != bool(mapping.left_out)
    assert mapping.group
    if mapping.reads and not question.is_yes_or_no:
        assert mapping.unit


@pytest.mark.parametrize("question", QUESTIONS, ids=name)
def test_a_question_has_a_persistence_baseline_and_its_sources(question: Question) -> None:
    mapping = MAPPINGS[question.id]
    assert mapping.persistence
    assert mapping.base_rate or mapping.assumed
    known = bibliography()
    assert question.sources
    cited = {*question.sources, *(record.source for record in records(mapping))}
    assert sorted(cited - set(known)) == []


@pytest.mark.parametrize("question", QUESTIONS, ids=name)
def test_persistence_looks_at_twelve_months_and_never_further_than_the_base_rate(
    question: Question,
) -> None:
    mapping = MAPPINGS[question.id]
    assert mapping.persistence
    assert mapping.persistence.months in (12, None)
    base = mapping.base_rate
    if mapping.persistence.months and base and base.months and question.id != "H25":
        assert base.months > 12
        assert mapping.persistence.happened is not None
        assert base.happened is not None
        assert base.happened >= mapping.persistence.happened


def test_a_source_of_its_own_is_used_and_not_in_the_other_bibliography_too() -> None:
    own = set(read_bibliography(FOLDER / "sources.toml"))
    text = "".join(file.read_text() for file in FOLDER.glob("*") if file.name != "sources.toml")
    assert [key for key in sorted(own) if key not in text] == []
    assert own & set(PACT.bibliography) == set()


def test_every_part_of_the_scenario_that_cites_a_late_work_is_listed() -> None:
    late, listed = set(HINDSIGHT.late), {used.key for used in HINDSIGHT.used}
    citing = {part.name for part in index_nodes(PACT.scenario).values() if late & set(part.sources)}
    assert sorted(citing - listed) == []


def test_every_key_that_is_listed_is_in_the_scenario() -> None:
    known = {part.name for part in index_nodes(PACT.scenario).values()}
    assert sorted({used.key for used in HINDSIGHT.used} - known) == []


def test_every_work_of_a_later_year_that_the_scenario_cites_counts_as_late() -> None:
    cited = {key for part in index_nodes(PACT.scenario).values() for key in part.sources}
    later = {key for key in cited if (PACT.bibliography[key].year or 0) > PACT.scenario.start.year}
    assert sorted(later - set(HINDSIGHT.late)) == []


def test_questions_whose_answer_is_put_in_are_kept_out_of_skill() -> None:
    put_in = {id_ for used in HINDSIGHT.used for id_ in used.answers}
    assert put_in == {id_ for id_, mapping in MAPPINGS.items() if mapping.assumed}


def test_what_is_listed_names_no_question_that_nobody_asks() -> None:
    assert {id_ for used in HINDSIGHT.used for id_ in used.answers} <= set(MAPPINGS)


def test_the_scenario_lived_is_never_one_that_assumes_what_came_later() -> None:
    assert {mapping.scenario for mapping in MAPPINGS.values()} == {"pact"}
    assert all(shock.date <= PACT.scenario.start for shock in PACT.scenario.shocks.values())
    assert Path(PACT.file).name == "pact.toml"
