"""The hindcast: what was asked of the time after the scenario opens, and how the model fared."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sim.errors import Problem, ScenarioError
from sim.experiment.blocks import OnProgress
from sim.scenario.files.layers import Layer
from sim.validation.check import TableRow, ValidationPart
from sim.validation.studies.hindcast.comparison import (
    compare_with_baselines,
    skill_checks,
    skill_rows,
)
from sim.validation.studies.hindcast.forecasts import (
    ScoredQuestion,
    forecast_question,
    months_needed,
)
from sim.validation.studies.hindcast.leakage import read_hindsight
from sim.validation.studies.hindcast.mapping import (
    QuestionMapping,
    read_mappings,
    require_question_for_each_mapping,
)
from sim.validation.studies.hindcast.mapping_checks import (
    describe_allowed_days,
    describe_period_problem,
    mapping_problems,
)
from sim.validation.studies.hindcast.placebo import placebo_rows
from sim.validation.studies.hindcast.questions import Question, read_questions
from sim.validation.studies.hindcast.simulated import HistoryCache
from sim.validation.studies.hindcast.summary import summarise
from sim.validation.studies.hindcast.tables import (
    question_check,
    question_row,
    reliability_diagram_rows,
)

_WORLDS = 1000
QUICK_QUESTION_WORLDS = 200
_QUESTIONS_FOLDER = "hindcast"
_QUESTIONS_FILE = "questions.csv"
_MAPPING_FILE = "mapping.toml"
_HINDSIGHT_FILE = "hindsight.toml"


def run_hindcast(
    scenarios: Path,
    questions_file: Path | None = None,
    *,
    quick: bool = False,
    on_progress: OnProgress = lambda _: None,
) -> ValidationPart:
    """Score questions about what happened after the scenario opens.

    Args:
        scenarios: the folder of scenarios, with the questions in `run_hindcast`.
        questions_file: another table of the same columns. What its questions map to stands beside it,
            in a TOML file of the same name; a question of the shipped table keeps its mapping.
        quick: live few worlds.
        on_progress: is told how many worlds have been lived so far.

    Raises:
        ScenarioError: a table, mapping or scenario cannot be used; the message lists all of it.
    """
    asked = read_questions(questions_file or scenarios / _QUESTIONS_FOLDER / _QUESTIONS_FILE)
    histories = HistoryCache(scenarios, QUICK_QUESTION_WORLDS if quick else _WORLDS, on_progress)
    answered = _forecast_questions(
        _match_mappings(scenarios, questions_file, asked, histories), histories
    )
    found = compare_with_baselines(answered)
    return ValidationPart(
        name="hindcast",
        title="Hindcast: what happened after the treaty",
        summary=tuple(summarise(answered, found, histories.worlds)),
        checks=(*map(question_check, answered), *skill_checks(found)),
        tables={
            "hindcast": reliability_diagram_rows(answered),
            "hindcast_questions": [question_row(each) for each in answered],
            "hindcast_skill": skill_rows(found),
            "hindcast_placebo": placebo_rows(answered),
            "hindcast_hindsight": _hindsight_rows(scenarios),
        },
    )


def _forecast_questions(
    mapped_questions: Sequence[tuple[Question, QuestionMapping | None]], histories: HistoryCache
) -> list[ScoredQuestion]:
    """Have every question answered, each scenario being lived once."""
    for question, mapping in mapped_questions:
        if mapping:
            histories.require_months(mapping.scenario, months_needed(question, mapping, histories))
    return [
        forecast_question(question, mapping, histories) for question, mapping in mapped_questions
    ]


def _hindsight_rows(scenarios: Path) -> Sequence[TableRow]:
    used = read_hindsight(scenarios / _QUESTIONS_FOLDER / _HINDSIGHT_FILE).used
    return [{"key": it.key, "answers": " ".join(it.answers), "says": it.says} for it in used]


def _match_mappings(
    scenarios: Path,
    questions_file: Path | None,
    questions: Sequence[Question],
    histories: HistoryCache,
) -> list[tuple[Question, QuestionMapping | None]]:
    """Return every question with its mapping, after a look at all that is named in them.

    Raises:
        ScenarioError: a mapping cannot be used, or a question covers no month of its scenario.
    """
    shipped = _shipped_mappings(scenarios, questions)
    beside = questions_file.with_suffix(".toml") if questions_file else None
    own = read_mappings(beside) if beside and beside.is_file() else None
    if own:
        require_question_for_each_mapping(own[1], own[0], (question.id for question in questions))
    mapped: list[tuple[Question, QuestionMapping]] = []
    problems: list[Problem] = []
    for mappings, layer in filter(None, (own, shipped)):
        known = {question.id for question, _ in mapped}
        found = [
            (each, mappings[each.id])
            for each in questions
            if each.id in mappings and each.id not in known
        ]
        problems += mapping_problems(found, layer, histories)
        mapped += found
    if not problems:
        file = questions_file or scenarios / _QUESTIONS_FOLDER / _QUESTIONS_FILE
        problems = [each for pair in mapped if (each := _period_problem(file, *pair, histories))]
    if problems:
        raise ScenarioError(problems)
    by_id = {question.id: mapping for question, mapping in mapped}
    return [(question, by_id.get(question.id)) for question in questions]


def _shipped_mappings(
    scenarios: Path, questions: Sequence[Question]
) -> tuple[dict[str, QuestionMapping], Layer]:
    """Return the shipped mappings of those questions that are the shipped ones, word for word."""
    mappings, layer = read_mappings(scenarios / _QUESTIONS_FOLDER / _MAPPING_FILE)
    words = {
        each.id: each.question
        for each in read_questions(scenarios / _QUESTIONS_FOLDER / _QUESTIONS_FILE)
    }
    same = {each.id for each in questions if words.get(each.id) == each.question}
    return {name: mapping for name, mapping in mappings.items() if name in same}, layer


def _period_problem(
    file: Path, question: Question, mapping: QuestionMapping, histories: HistoryCache
) -> Problem | None:
    """Return a problem where a question covers no month that can be lived."""
    scenario = histories.load_scenario(mapping.scenario)
    what = describe_period_problem(question.info_date, question.resolve_by, scenario)
    if not what:
        return None
    return Problem(file, question.line, "resolve_by", what, describe_allowed_days(scenario))
