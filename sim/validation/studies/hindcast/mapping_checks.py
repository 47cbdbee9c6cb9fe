"""Validates the names and dates of mappings before any world is simulated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from sim.errors import Problem
from sim.model.calendar import first_day
from sim.model.recording.events import EVENTS
from sim.model.recording.history import History
from sim.model.simulate import simulate
from sim.scenario.checks.arrangements import PROVOCATION_CLASSES
from sim.scenario.files.layers import Layer
from sim.scenario.files.line_numbers import Key
from sim.scenario.files.messages import find_nearest_name
from sim.scenario.schema.scenario import Scenario
from sim.validation.studies.hindcast.mapping import EventPattern, MeasurementSpec, QuestionMapping
from sim.validation.studies.hindcast.questions import Question
from sim.validation.studies.hindcast.simulated import HistoryCache
from sim.validation.studies.hindcast.windows import find_window

_MAX_MONTHS = 600
"""The most months a scenario may have."""

_SUBJECT_TABLES = (
    "treaties",
    "rivalries",
    "exchanges",
    "councils",
    "blocs",
    "patronages",
    "armings",
)


class _KnownNames(NamedTuple):
    """The names that a scenario defines."""

    actors: list[str]
    subjects: list[str]
    history: History


def _collect_known_names(scenario: Scenario) -> _KnownNames:
    """Return the names of a scenario; its columns are those of one simulated month."""
    codes = (code for table in _SUBJECT_TABLES for code in getattr(scenario, table))
    month = simulate(scenario.model_copy(update={"months": 1}), 0, 1)
    return _KnownNames(list(scenario.actors), [*codes, *PROVOCATION_CLASSES], month)


def mapping_problems(
    mapped_questions: Iterable[tuple[Question, QuestionMapping]],
    layer: Layer,
    histories: HistoryCache,
) -> Iterator[Problem]:
    """Yield a problem for each unknown name, and for each key that does not apply."""
    names: dict[str, _KnownNames] = {}
    scenarios = sorted(file.stem for file in histories.folder.glob("*.toml"))
    for question, mapping in mapped_questions:
        if mapping.scenario not in scenarios:
            key = (question.id, "scenario")
            yield _unknown_name_problem(layer, key, mapping.scenario, "scenario", scenarios)
            continue
        if mapping.scenario not in names:
            names[mapping.scenario] = _collect_known_names(
                histories.load_scenario(mapping.scenario)
            )
        for where, reading in (("reads", mapping.reads), ("over", mapping.over)):
            if reading:
                yield from _measurement_problems(
                    layer, (question.id, where), reading, names[mapping.scenario]
                )
        yield from _kind_problems(layer, question, mapping)
        yield from _date_problems(
            layer, question, mapping, histories.load_scenario(mapping.scenario)
        )


def _measurement_problems(
    layer: Layer, key: Key, spec: MeasurementSpec, known: _KnownNames
) -> Iterator[Problem]:
    for way in ("events", "first", "after"):
        for pattern in getattr(spec, way):
            yield from _pattern_problems(layer, (*key, way), pattern, known)
    if spec.months and spec.months not in known.history.months:
        columns = list(known.history.months)
        yield _unknown_name_problem(
            layer, (*key, "months"), spec.months, "column of months", columns
        )
    if spec.worlds and spec.worlds not in known.history.worlds:
        columns = list(known.history.worlds)
        yield _unknown_name_problem(
            layer, (*key, "worlds"), spec.worlds, "column of worlds", columns
        )


def _pattern_problems(
    layer: Layer, key: Key, pattern: EventPattern, known: _KnownNames
) -> Iterator[Problem]:
    if pattern.event not in EVENTS:
        yield _unknown_name_problem(layer, (*key, "event"), pattern.event, "event", list(EVENTS))
    for name in ("actor", "towards"):
        if (who := getattr(pattern, name)) and who not in known.actors:
            yield _unknown_name_problem(layer, (*key, name), who, "actor", known.actors)
    if pattern.subject and pattern.subject not in known.subjects:
        yield _unknown_name_problem(
            layer, (*key, "subject"), pattern.subject, "subject", known.subjects
        )


def _kind_problems(layer: Layer, question: Question, mapping: QuestionMapping) -> Iterator[Problem]:
    """Yield keys that do not apply to a question of this kind."""
    if not question.is_yes_or_no:
        for name in mapping.given_limits:
            what = f"answers by yes or no, and {question.id} is a question of kind {question.kind}"
            yield _problem_at(layer, (question.id, name), what)
    if question.kind == "date" and mapping.reads and not mapping.reads.first:
        what = f"counts no months, and {question.id} asks for a date"
        yield _problem_at(layer, (question.id, "reads"), what, "reads = { first = [...] }")
    if question.kind == "date" and mapping.chance != 1:
        what = "applies only to yes-or-no questions and to counts"
        yield _problem_at(layer, (question.id, "chance"), what)
    for name in ("persistence", "base_rate"):
        record = getattr(mapping, name)
        if record and question.is_yes_or_no and record.values:
            what, allowed = "gives no chance", "happened and months; or happened and cases"
            yield _problem_at(layer, (question.id, name), what, allowed)
        if record and not question.is_yes_or_no and record.cases:
            what, allowed = "gives no number", "happened and months; or values"
            yield _problem_at(layer, (question.id, name), what, allowed)


def _date_problems(
    layer: Layer, question: Question, mapping: QuestionMapping, scenario: Scenario
) -> Iterator[Problem]:
    """Yield dates that leave a measurement no month, or too many."""
    for where, reading in (("reads", mapping.reads), ("over", mapping.over)):
        for name in ("since", "until"):
            if reading and getattr(reading, name):
                begins, ends = (
                    reading.since or question.info_date,
                    reading.until or question.resolve_by,
                )
                if what := describe_period_problem(begins, ends, scenario):
                    allowed = describe_allowed_days(scenario)
                    yield _problem_at(layer, (question.id, where, name), what, allowed)


def describe_period_problem(start_date: date, end_date: date, scenario: Scenario) -> str:
    """Return the fault of a period that cannot be simulated; empty if it can."""
    window = find_window(start_date, end_date, scenario.start)
    if window.last > _MAX_MONTHS:
        return f"{end_date} lies in month {window.last:,}"
    return "" if window.month_count else f"no month lies between {start_date} and {end_date}"


def describe_allowed_days(scenario: Scenario) -> str:
    """Return the days that are allowed."""
    last = first_day(_MAX_MONTHS + 1, scenario.start)
    return f"at least half of a month, from {scenario.start} to {last}"


def _unknown_name_problem(
    layer: Layer, key: Key, name: str, kind: str, known: list[str]
) -> Problem:
    allowed = ", ".join(known) if len(known) <= 12 else f"one of {len(known)}"
    what = f"{name!r} is not a known {kind}"
    return _problem_at(layer, key, what, allowed, find_nearest_name(name, known))


def _problem_at(layer: Layer, key: Key, what: str, allowed: str = "", nearest: str = "") -> Problem:
    return Problem(layer.file, layer.find_line(key), ".".join(key), what, allowed, nearest)
