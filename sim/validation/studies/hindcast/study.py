"""The hindcast as a part of the validation: questions about the time after the scenario opens."""

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
from sim.validation.studies.hindcast.groups import compare_groups, group_rows, show_groups
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
    mapping_file: Path | None = None,
    *,
    quick: bool = False,
    on_progress: OnProgress = lambda _: None,
) -> ValidationPart:
    """Score questions about events after the scenario opens.

    Args:
        scenarios: the folder of scenarios, with the questions in `hindcast`.
        questions_file: another table with the same columns; None for the shipped one.
        mapping_file: mappings of its questions; None for a TOML file of the table's name beside
            it, if there is one. A mapping of the file replaces the shipped one of that question;
            any other question of the shipped table keeps its mapping.
        quick: simulate fewer worlds.
        on_progress: called with the number of worlds simulated so far.

    Raises:
        ScenarioError: a table, mapping or scenario is invalid; the message lists every fault.
    """
    file = questions_file or scenarios / _QUESTIONS_FOLDER / _QUESTIONS_FILE
    questions = read_questions(file)
    histories = HistoryCache(scenarios, QUICK_QUESTION_WORLDS if quick else _WORLDS, on_progress)
    own_file = mapping_file or _find_mapping_beside(questions_file)
    mapped = _match_mappings(scenarios, file, own_file, questions, histories)
    scored = _forecast_questions(mapped, histories)
    comparisons, groups = compare_with_baselines(scored), compare_groups(scored)
    return ValidationPart(
        name="hindcast",
        title="Hindcast: what happened after the treaty",
        summary=tuple(summarise(scored, comparisons, groups, histories.worlds)),
        checks=(*map(question_check, scored), *skill_checks(comparisons)),
        tables={
            "hindcast": reliability_diagram_rows(scored),
            "hindcast_questions": [question_row(question) for question in scored],
            "hindcast_skill": skill_rows(comparisons),
            "hindcast_groups": group_rows(groups),
            "hindcast_placebo": placebo_rows(scored),
            "hindcast_hindsight": _hindsight_rows(scenarios),
        },
        shown=(show_groups(groups),) if groups else (),
    )


def _find_mapping_beside(questions_file: Path | None) -> Path | None:
    """Return the TOML file of the table's name beside it; None where there is none."""
    beside = questions_file.with_suffix(".toml") if questions_file else None
    return beside if beside and beside.is_file() else None


def _forecast_questions(
    mapped_questions: Sequence[tuple[Question, QuestionMapping | None]], histories: HistoryCache
) -> list[ScoredQuestion]:
    """Forecast every question; each scenario is simulated once."""
    for question, mapping in mapped_questions:
        if mapping:
            histories.require_months(mapping.scenario, months_needed(question, mapping, histories))
    return [
        forecast_question(question, mapping, histories) for question, mapping in mapped_questions
    ]


def _hindsight_rows(scenarios: Path) -> Sequence[TableRow]:
    used = read_hindsight(scenarios / _QUESTIONS_FOLDER / _HINDSIGHT_FILE).used
    return [{"key": use.key, "answers": " ".join(use.answers), "says": use.says} for use in used]


def _match_mappings(
    scenarios: Path,
    questions_file: Path,
    own_file: Path | None,
    questions: Sequence[Question],
    histories: HistoryCache,
) -> list[tuple[Question, QuestionMapping | None]]:
    """Return every question with its mapping, after validating all mappings.

    Raises:
        ScenarioError: a mapping is invalid, or a question covers no month of its scenario.
    """
    shipped = _shipped_mappings(scenarios, questions)
    own = read_mappings(own_file) if own_file else None
    if own:
        require_question_for_each_mapping(own[1], own[0], (question.id for question in questions))
    mapped: list[tuple[Question, QuestionMapping]] = []
    problems: list[Problem] = []
    for mappings, layer in filter(None, (own, shipped)):
        known = {question.id for question, _ in mapped}
        added = [
            (question, mappings[question.id])
            for question in questions
            if question.id in mappings and question.id not in known
        ]
        problems += mapping_problems(added, layer, histories)
        mapped += added
    if not problems:
        found_problems = (_period_problem(questions_file, *pair, histories) for pair in mapped)
        problems = [problem for problem in found_problems if problem]
    if problems:
        raise ScenarioError(problems)
    by_id = {question.id: mapping for question, mapping in mapped}
    return [(question, by_id.get(question.id)) for question in questions]


def _shipped_mappings(
    scenarios: Path, questions: Sequence[Question]
) -> tuple[dict[str, QuestionMapping], Layer]:
    """Return the shipped mappings of those questions that are the shipped ones, word for word."""
    mappings, layer = read_mappings(scenarios / _QUESTIONS_FOLDER / _MAPPING_FILE)
    texts = {
        question.id: question.question
        for question in read_questions(scenarios / _QUESTIONS_FOLDER / _QUESTIONS_FILE)
    }
    same = {question.id for question in questions if texts.get(question.id) == question.question}
    return {name: mapping for name, mapping in mappings.items() if name in same}, layer


def _period_problem(
    file: Path, question: Question, mapping: QuestionMapping, histories: HistoryCache
) -> Problem | None:
    """Return a problem where a question covers no month that can be simulated."""
    scenario = histories.load_scenario(mapping.scenario)
    what = describe_period_problem(question.info_date, question.resolve_by, scenario)
    if not what:
        return None
    return Problem(file, question.line, "resolve_by", what, describe_allowed_days(scenario))
