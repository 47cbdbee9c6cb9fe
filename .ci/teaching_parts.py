"""Renders the parts of docs/teaching that are made of files, without a simulation.

| Name | What it is |
|---|---|
| `questions`, `answers` | the lessons of 2024, and what scenarios/matrix.csv has for them |
| `card NUMBER` | an assumption, and what docs/levers.md says that it moves |
| `cite KEY` | an entry of the bibliography |
| `state ACTOR` | treaties, ties, quarrels and exchanges of a state on the first day |
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from matrix import read_difference, read_rows

from sim.analysis.lessons.lesson import Lesson, list_lessons, open_lesson
from sim.analysis.sensitivity.known_levers import KnownLever, read_known_levers
from sim.cli.views.start.lesson import describe_size
from sim.explore.data.labels import Labels
from sim.output import format_count, render_markdown_table
from sim.scenario.load import LoadedScenario, load_scenario
from sim.scenario.provenance.keys import index_nodes
from sim.scenario.schema.quantity import Quantity

WORDS = {"more": "More", "less": "Less", "no difference": "No difference"}


def render_part(name: str, top: Path) -> str:
    """Return a part by its name."""
    kind, _, rest = name.partition(" ")
    return PARTS[kind](top, rest)


def render_questions(top: Path, _: str) -> str:
    """Return the question of each lesson, and what to predict."""
    return "\n\n".join(
        f"**{number}. {lesson.scenario.title}.** {lesson.scenario.question} "
        f"{' '.join(lesson.spec.predict.split())}"
        for number, lesson in enumerate(_lessons(top), 1)
    )


def render_answers(top: Path, _: str) -> str:
    """Return what was found for each lesson, and what one would wrongly conclude."""
    return "\n\n".join(
        _render_answer(top, number, lesson) for number, lesson in enumerate(_lessons(top), 1)
    )


def _render_answer(top: Path, number: int, lesson: Lesson) -> str:
    name = lesson.loaded.file.stem
    rows = [row for row in _matrix(top) if row["scenario"] == name and row["expected"]]
    found = [
        f"- {WORDS[row['found']]}. {lesson.label(outcome)}: {describe_size(read_difference(row))}."
        for outcome, row in zip(lesson.outcomes, rows, strict=True)
    ]
    against = lesson.base.scenario.title
    head = f"**{number}. {lesson.scenario.title}**, compared with: {against}. `sim lesson {name}`"
    return "\n\n".join((head, "\n".join(found), f"*Trap.* {' '.join(lesson.spec.trap.split())}"))


def render_card(top: Path, key: str) -> str:
    """Return an assumption card: what is assumed, how sure, and what it moves."""
    number, words = _number(top, key), Labels(_pact(top).scenario).describe(key)
    ends = f"{number.value:g} ({number.low:g} to {number.high:g}), {number.unit}"
    return "\n".join(
        (
            f"*{words['owner']}.* {words['meaning']}\n",
            f"- **Value** {ends}; {_grade(number)}. `{key}`",
            *_list_effects(top, key),
        )
    )


def _list_effects(top: Path, key: str) -> Iterator[str]:
    if key not in _levers(top):
        yield f"- **Moves** no measure beyond chance. {_explain_nothing(top, key)}"
        return
    lever = _levers(top)[key]
    yield f"- **Moves most** {lever.measure}: {lever.low} at the low end, {lever.high} at the high."
    yield f"- **Moves in all** {format_count(lever.moved, 'measure')}."


def _explain_nothing(top: Path, key: str) -> str:
    """Return why a number that moves nothing stays in the scenario, as docs/levers.md says."""
    page = (top / "docs" / "levers.md").read_text("utf-8")
    row = next(line for line in page.splitlines() if line.startswith(f"| `{key}` "))
    return row.rstrip(" |").rpartition("| ")[2]


def _grade(number: Quantity) -> str:
    return "our own judgement" if number.grade == "judgement" else str(number.grade)


def render_citation(top: Path, key: str) -> str:
    """Return an entry of the bibliography, short, with a link to it by its key."""
    entry = _pact(top).bibliography[key]
    year = f" ({entry.year})" if entry.year else ""
    where = f", {entry.where}" if entry.where else ""
    return f"{entry.by}{year}: *{entry.title}*{where}. `{key}`"


def render_state(top: Path, actor: str) -> str:
    """Return what a state is bound to, cares for and quarrels about on the first day."""
    rows = [(head, "; ".join(cells)) for head, cells in _facts(_pact(top), actor) if cells]
    return render_markdown_table(("On the first day", ""), rows)


def _facts(loaded: LoadedScenario, actor: str) -> Iterator[tuple[str, list[str]]]:
    scenario = loaded.scenario
    name = {code: each.name for code, each in scenario.actors.items()}
    yield "Treaties of mutual aid, signed", list(_list_defence(loaded, actor))
    ties = scenario.ties.get(actor, {})
    yield (
        "How much the fate of others matters (1 as one's own)",
        [f"{name[other]} {_range(tie.worth)}" for other, tie in ties.items()],
    )
    yield (
        "Quarrels, and what they are worth (1 most)",
        [
            f"{name[_other(rivalry.between, actor)]} {_range(rivalry.stake[actor])}"
            for rivalry in scenario.rivalries.values()
            if actor in rivalry.between
        ],
    )
    yield (
        "Arms",
        [
            f"from {name[each.supplier]} to {name[each.buyer]}, "
            f"{'for payment' if each.paid else 'as a gift'}"
            for each in scenario.exchanges.values()
            if actor in (each.supplier, each.buyer)
        ],
    )
    yield (
        "Can veto in",
        [council.name for council in scenario.councils.values() if actor in council.permanent],
    )


def _list_defence(loaded: LoadedScenario, actor: str) -> Iterator[str]:
    scenario = loaded.scenario
    for treaty in scenario.treaties.values():
        others = [scenario.actors[each].name for each in treaty.parties if each != actor]
        ended = treaty.ends and treaty.ends < scenario.start
        if actor in treaty.parties and "defence" in treaty.obligations and not ended:
            only = [scenario.actors[each].name for each in treaty.protects]
            limit = f", protects {' and '.join(only)} only" if only else ""
            yield f"{' and '.join(others)} ({treaty.signed.year}{limit})"


def _range(number: Quantity) -> str:
    ends = f" ({number.low:g} to {number.high:g})" if number.low != number.high else ""
    return f"{number.value:g}{ends}"


def _other(between: tuple[str, ...], actor: str) -> str:
    return next(each for each in between if each != actor)


PARTS: dict[str, Callable[[Path, str], str]] = {
    "questions": render_questions,
    "answers": render_answers,
    "card": render_card,
    "cite": render_citation,
    "state": render_state,
    "decisions": lambda top, actor: "?",
    "goals": lambda top, actor: "?",
}
"""What can be rendered, each by a function of the top folder and the rest of the name."""


@cache
def _lessons(top: Path) -> list[Lesson]:
    folder = top / "scenarios"
    return [open_lesson(file) for file in list_lessons(folder) if file.parent == folder]


@cache
def _matrix(top: Path) -> list[dict[str, str]]:
    return read_rows(top / "scenarios" / "matrix.csv")


@cache
def _levers(top: Path) -> dict[str, KnownLever]:
    levers = read_known_levers(top / "docs" / "levers.md").levers
    return {lever.key: lever for lever in levers}


@cache
def _pact(top: Path) -> LoadedScenario:
    return load_scenario(top / "scenarios" / "pact.toml")


@cache
def _number(top: Path, key: str) -> Quantity:
    value = index_nodes(_pact(top).scenario)[tuple(key.split("."))].value
    if not isinstance(value, Quantity):
        raise TypeError(f"{key} is no number")
    return value
