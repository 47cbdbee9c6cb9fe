"""Sees to it that what a mapping names is there, before any world is lived for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from sim.errors import Problem
from sim.model.calendar import first_day
from sim.model.recording.history import History
from sim.model.simulate import live
from sim.scenario.checks.arrangements import PROVOCATIONS
from sim.scenario.files.layers import Layer
from sim.scenario.files.line_numbers import Key
from sim.scenario.files.messages import nearest_name
from sim.scenario.schema.scenario import Scenario
from sim.validation.studies.hindcast.mapping import Mapping, Pattern, Reading
from sim.validation.studies.hindcast.questions import Question
from sim.validation.studies.hindcast.simulated import Histories
from sim.validation.studies.hindcast.windows import window

EVENTS = [
    "admits",
    "adopted",
    "arms_sent",
    "autonomous_sanctions",
    "backlash",
    "called",
    "ceasefire",
    "challenge",
    "climb",
    "coerced",
    "constrained",
    "deliveries_seen",
    "dies_down",
    "draft",
    "entrapped",
    "exercise",
    "helps",
    "home_soil",
    "honoured",
    "joins",
    "let_pass",
    "nuclear_use",
    "peace",
    "provocation",
    "reassures",
    "reneged",
    "resist",
    "restrains",
    "sends",
    "technology",
    "technology_seen",
    "threatens_arms",
    "troops_seen",
    "troops_sent",
    "veto",
    "victory",
    "war",
    "warns",
    "workaround",
    "yield",
]
"""Every word of the chronicle; results/README.md explains them."""

MOST_MONTHS = 600
"""As many as a scenario may have."""

_HOLD_SUBJECTS = (
    "treaties",
    "rivalries",
    "exchanges",
    "councils",
    "blocs",
    "patronages",
    "armings",
)


class Known(NamedTuple):
    """The names that a scenario gives."""

    actors: list[str]
    subjects: list[str]
    history: History


def known_names(scenario: Scenario) -> Known:
    """Return the names of a scenario; its columns are those that one month leaves."""
    codes = (code for table in _HOLD_SUBJECTS for code in getattr(scenario, table))
    month = live(scenario.model_copy(update={"months": 1}), 0, 1)
    return Known(list(scenario.actors), [*codes, *PROVOCATIONS], month)


def misnamed(
    mapped: Iterable[tuple[Question, Mapping]], layer: Layer, histories: Histories
) -> Iterator[Problem]:
    """Yield a problem for each name that leads nowhere, and for each word out of place."""
    names: dict[str, Known] = {}
    there = sorted(file.stem for file in histories.folder.glob("*.toml"))
    for question, mapping in mapped:
        if mapping.scenario not in there:
            key = (question.id, "scenario")
            yield _unknown(layer, key, mapping.scenario, "scenario", there)
            continue
        if mapping.scenario not in names:
            names[mapping.scenario] = known_names(histories.scenario(mapping.scenario))
        for where, reading in (("reads", mapping.reads), ("over", mapping.over)):
            if reading:
                yield from _in_reading(
                    layer, (question.id, where), reading, names[mapping.scenario]
                )
        yield from _misfits(layer, question, mapping)
        yield from _misdated(layer, question, mapping, histories.scenario(mapping.scenario))


def _in_reading(layer: Layer, key: Key, reading: Reading, known: Known) -> Iterator[Problem]:
    for way in ("events", "first", "after"):
        for pattern in getattr(reading, way):
            yield from _in_pattern(layer, (*key, way), pattern, known)
    if reading.months and reading.months not in known.history.months:
        columns = list(known.history.months)
        yield _unknown(layer, (*key, "months"), reading.months, "column of months", columns)
    if reading.worlds and reading.worlds not in known.history.worlds:
        columns = list(known.history.worlds)
        yield _unknown(layer, (*key, "worlds"), reading.worlds, "column of worlds", columns)


def _in_pattern(layer: Layer, key: Key, pattern: Pattern, known: Known) -> Iterator[Problem]:
    if pattern.event not in EVENTS:
        yield _unknown(layer, (*key, "event"), pattern.event, "event", EVENTS)
    for name in ("actor", "towards"):
        if (who := getattr(pattern, name)) and who not in known.actors:
            yield _unknown(layer, (*key, name), who, "actor", known.actors)
    if pattern.subject and pattern.subject not in known.subjects:
        yield _unknown(layer, (*key, "subject"), pattern.subject, "subject", known.subjects)


def _misfits(layer: Layer, question: Question, mapping: Mapping) -> Iterator[Problem]:
    """Yield words that make no sense for a question of this kind."""
    if not question.yes_or_no:
        for name in mapping.limits:
            what = f"answers by yes or no, and {question.id} is a question of kind {question.kind}"
            yield _problem(layer, (question.id, name), what)
    if question.kind == "date" and mapping.reads and not mapping.reads.first:
        what = f"counts no months, and {question.id} asks for a date"
        yield _problem(layer, (question.id, "reads"), what, "reads = { first = [...] }")
    if question.kind == "date" and mapping.chance != 1:
        what = "is for questions of yes or no, and for counts"
        yield _problem(layer, (question.id, "chance"), what)
    for name in ("persistence", "base_rate"):
        record = getattr(mapping, name)
        if record and question.yes_or_no and record.values:
            what, allowed = "gives no chance", "happened and months; or happened and cases"
            yield _problem(layer, (question.id, name), what, allowed)
        if record and not question.yes_or_no and record.cases:
            what, allowed = "gives no number", "happened and months; or values"
            yield _problem(layer, (question.id, name), what, allowed)


def _misdated(
    layer: Layer, question: Question, mapping: Mapping, scenario: Scenario
) -> Iterator[Problem]:
    """Yield days of its own that leave a reading no month, or too many."""
    for where, reading in (("reads", mapping.reads), ("over", mapping.over)):
        for name in ("since", "until"):
            if reading and getattr(reading, name):
                begins, ends = reading.since or question.asked, reading.until or question.due
                if what := no_months(begins, ends, scenario):
                    allowed = months_allowed(scenario)
                    yield _problem(layer, (question.id, where, name), what, allowed)


def no_months(begins: date, ends: date, scenario: Scenario) -> str:
    """Return what is wrong with a stretch of days that cannot be lived; nothing if it can be."""
    asked = window(begins, ends, scenario.start)
    if asked.last > MOST_MONTHS:
        return f"{ends} lies in month {asked.last:,}"
    return "" if asked.months else f"no month lies between {begins} and {ends}"


def months_allowed(scenario: Scenario) -> str:
    """Return what days may be asked for."""
    last = first_day(MOST_MONTHS + 1, scenario.start)
    return f"half of a month at least, from {scenario.start} to {last}"


def _unknown(layer: Layer, key: Key, name: str, kind: str, known: list[str]) -> Problem:
    allowed = ", ".join(known) if len(known) <= 12 else f"one of {len(known)}"
    what = f"{name!r} is not a known {kind}"
    return _problem(layer, key, what, allowed, nearest_name(name, known))


def _problem(layer: Layer, key: Key, what: str, allowed: str = "", nearest: str = "") -> Problem:
    return Problem(layer.file, layer.line(key), ".".join(key), what, allowed, nearest)
