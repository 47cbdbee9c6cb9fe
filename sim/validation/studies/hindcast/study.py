"""The hindcast: what was asked of the time after the scenario opens, and how the model fared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from sim.errors import Problem, ScenarioError
from sim.scenario.files.layers import Layer
from sim.validation.check import Part, Row
from sim.validation.studies.hindcast.comparison import compared, skill_checks, skill_rows
from sim.validation.studies.hindcast.forecasts import Answered, answer, months_needed
from sim.validation.studies.hindcast.leakage import read_hindsight
from sim.validation.studies.hindcast.mapping import Mapping, read_mappings, see_that_all_are_asked
from sim.validation.studies.hindcast.mapping_checks import misnamed, months_allowed, no_months
from sim.validation.studies.hindcast.placebo import placebo_rows
from sim.validation.studies.hindcast.questions import Question, read_questions
from sim.validation.studies.hindcast.simulated import Histories
from sim.validation.studies.hindcast.summary import summary
from sim.validation.studies.hindcast.tables import check, diagram_rows, question_row

WORLDS = 1000
QUICK = 200
FOLDER = "hindcast"
QUESTIONS = "questions.csv"
MAPPING = "mapping.toml"
HINDSIGHT = "hindsight.toml"


def hindcast(
    scenarios: Path,
    questions: Path | None = None,
    *,
    quick: bool = False,
    told: Callable[[int], None] = lambda _: None,
) -> Part:
    """Score questions about what happened after the scenario opens.

    Args:
        scenarios: the folder of scenarios, with the questions in `hindcast`.
        questions: another table of the same columns. What its questions map to stands beside it,
            in a TOML file of the same name; a question of the shipped table keeps its mapping.
        quick: live few worlds.
        told: is told how many worlds have been lived so far.

    Raises:
        ScenarioError: a table, mapping or scenario cannot be used; the message lists all of it.
    """
    asked = read_questions(questions or scenarios / FOLDER / QUESTIONS)
    histories = Histories(scenarios, QUICK if quick else WORLDS, told)
    answered = answers(_mapped(scenarios, questions, asked, histories), histories)
    found = compared(answered)
    return Part(
        name="hindcast",
        title="Hindcast: what happened after the treaty",
        summary=tuple(summary(answered, found, histories.worlds)),
        checks=(*map(check, answered), *skill_checks(found)),
        tables={
            "hindcast": diagram_rows(answered),
            "hindcast_questions": [question_row(each) for each in answered],
            "hindcast_skill": skill_rows(found),
            "hindcast_placebo": placebo_rows(answered),
            "hindcast_hindsight": _hindsight_rows(scenarios),
        },
    )


def answers(
    mapped: Sequence[tuple[Question, Mapping | None]], histories: Histories
) -> list[Answered]:
    """Have every question answered, each scenario being lived once."""
    for question, mapping in mapped:
        if mapping:
            histories.need(mapping.scenario, months_needed(question, mapping, histories))
    return [answer(question, mapping, histories) for question, mapping in mapped]


def _hindsight_rows(scenarios: Path) -> Sequence[Row]:
    used = read_hindsight(scenarios / FOLDER / HINDSIGHT).used
    return [{"key": it.key, "answers": " ".join(it.answers), "says": it.says} for it in used]


def _mapped(
    scenarios: Path, table: Path | None, asked: Sequence[Question], histories: Histories
) -> list[tuple[Question, Mapping | None]]:
    """Return every question with its mapping, after a look at all that is named in them.

    Raises:
        ScenarioError: a mapping cannot be used, or a question covers no month of its scenario.
    """
    shipped = _shipped(scenarios, asked)
    beside = table.with_suffix(".toml") if table else None
    own = read_mappings(beside) if beside and beside.is_file() else None
    if own:
        see_that_all_are_asked(own[1], own[0], (question.id for question in asked))
    mapped: list[tuple[Question, Mapping]] = []
    problems: list[Problem] = []
    for mappings, layer in filter(None, (own, shipped)):
        known = {question.id for question, _ in mapped}
        found = [
            (each, mappings[each.id])
            for each in asked
            if each.id in mappings and each.id not in known
        ]
        problems += misnamed(found, layer, histories)
        mapped += found
    if not problems:
        file = table or scenarios / FOLDER / QUESTIONS
        problems = [each for pair in mapped if (each := _misplaced(file, *pair, histories))]
    if problems:
        raise ScenarioError(problems)
    by_id = {question.id: mapping for question, mapping in mapped}
    return [(question, by_id.get(question.id)) for question in asked]


def _shipped(scenarios: Path, asked: Sequence[Question]) -> tuple[dict[str, Mapping], Layer]:
    """Return the shipped mappings of those questions that are the shipped ones, word for word."""
    mappings, layer = read_mappings(scenarios / FOLDER / MAPPING)
    words = {each.id: each.question for each in read_questions(scenarios / FOLDER / QUESTIONS)}
    same = {each.id for each in asked if words.get(each.id) == each.question}
    return {name: mapping for name, mapping in mappings.items() if name in same}, layer


def _misplaced(
    file: Path, question: Question, mapping: Mapping, histories: Histories
) -> Problem | None:
    """Return a problem where a question covers no month that can be lived."""
    scenario = histories.scenario(mapping.scenario)
    what = no_months(question.asked, question.due, scenario)
    if not what:
        return None
    return Problem(file, question.line, "resolve_by", what, months_allowed(scenario))
