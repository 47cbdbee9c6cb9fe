"""Renders the parts of docs/teaching that are made of files, without a simulation.

| Name | What it is |
|---|---|
| `questions`, `answers` | the lessons of 2024, and what scenarios/matrix.csv has for them |
| `card NUMBER` | an assumption, and what docs/levers.md says that it moves |
| `cite KEY` | an entry of the bibliography |
| `state ACTOR` | treaties, ties, quarrels and exchanges of a state on the first day |
| `decisions ACTOR` | what its delegation decides in the class's game, in the words of the game |
| `goals ACTOR` | what the game gives it as goals |
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from matrix import read_difference, read_rows

from sim.analysis.lessons.outcomes import label_outcome, list_known_measures, parse_outcome
from sim.analysis.sensitivity.known_levers import KnownLever, read_known_levers
from sim.cli.views.start.lesson import describe_size
from sim.explore.data.labels import Labels
from sim.output import format_count, render_markdown_table
from sim.play.seats import deal_seats
from sim.play.sheet import Mode
from sim.play.words import fill, name_of, words_of
from sim.scenario.load import LoadedScenario, load_scenario
from sim.scenario.playable import Occasion, list_occasions
from sim.scenario.provenance.keys import index_nodes
from sim.scenario.schema.quantity import Quantity
from sim.scenario.schema.scenario import Scenario

MODES = {
    Mode.STANDING: "Standing orders, for a quarter",
    Mode.INITIATIVE: "One initiative a quarter, or none",
    Mode.CRISIS: "When it comes up",
}
MOST_NAMES = 5
STRIKERS = {"strike home soil": "who", "consent to strikes": "towards"}
"""Decisions on strikes on the attacker's soil, and who strikes: never the attacker."""
WORDS = {"more": "More", "less": "Less", "no difference": "No difference"}


def render_part(name: str, top: Path) -> str:
    """Return a part by its name."""
    kind, _, rest = name.partition(" ")
    return PARTS[kind](top, rest)


def render_questions(top: Path, _: str) -> str:
    """Return the question of each lesson, and what to predict."""
    return "\n\n".join(
        f"**{number}. {tree['title']}.** {tree['question']} {_line(tree['lesson']['predict'])}"
        for number, tree in enumerate(_lessons(top).values(), 1)
    )


def render_answers(top: Path, _: str) -> str:
    """Return what was found for each lesson, and what one would wrongly conclude."""
    return "\n\n".join(
        _render_answer(top, number, name) for number, name in enumerate(_lessons(top), 1)
    )


def _render_answer(top: Path, number: int, name: str) -> str:
    lesson = _lessons(top)[name]
    rows = [row for row in _matrix(top) if row["scenario"] == name and row["expected"]]
    found = [
        f"- {WORDS[row['found']]}. {_label(top, row['outcome'])}: "
        f"{describe_size(read_difference(row))}."
        for row in rows
    ]
    base = _lessons(top)[rows[0]["base"]]["title"]
    head = f"**{number}. {lesson['title']}**, compared with: {base}. `sim lesson {name}`"
    return "\n\n".join((head, "\n".join(found), f"*Trap.* {_line(lesson['lesson']['trap'])}"))


def _line(text: str) -> str:
    return " ".join(text.split())


def _label(top: Path, outcome: str) -> str:
    """Return an outcome in words; all scenarios of 2024 have the pact's actors and quarrels."""
    scenario = _pact(top).scenario
    return label_outcome(parse_outcome(outcome), scenario, list_known_measures(scenario))


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


def render_decisions(top: Path, actor: str) -> str:
    """Return what a delegation decides, by when it is asked."""
    scenario = _pact(top).scenario
    own = [each for each in list_occasions(scenario) if each.who == actor and _open(scenario, each)]
    lines = {head: list(_list_questions(scenario, own, mode)) for mode, head in MODES.items()}
    return "\n\n".join(
        "\n".join((f"**{head}:**\n", *(f"- {line}" for line in each)))
        for head, each in lines.items()
        if each
    )


def _open(scenario: Scenario, occasion: Occasion) -> bool:
    """Return whether a decision can come up: in a war under way, with soldiers to spare."""
    exchange, words = scenario.exchanges.get(occasion.about), words_of(occasion)
    if occasion.what == "troops" and exchange:
        return exchange.troops_pool.high > 0
    if words.mode is Mode.STANDING and occasion.about in scenario.rivalries and not words.always:
        began = {war.rivalry: war.began_by for war in scenario.wars.values()}
        striker = STRIKERS.get(occasion.what)
        return occasion.about in began and not (
            striker and began[occasion.about] == getattr(occasion, striker)
        )
    return True


def _list_questions(scenario: Scenario, own: list[Occasion], mode: Mode) -> Iterator[str]:
    """Yield the questions of a mode, those that differ only in towards whom as one."""
    asked = [each for each in own if words_of(each).mode is mode]
    templates = dict.fromkeys(words_of(each).question for each in _rank(asked))
    for template in templates:
        same = [each for each in asked if words_of(each).question == template]
        question = re.split(r"[.?] |[.?]$", _fill_for_all(template, scenario, same))[0]
        options = [str(text).lower() for text, *_ in words_of(same[0]).options]
        yield f"{question} ({' / '.join(options)})" if len(options) > 1 else question


def _rank(asked: list[Occasion]) -> list[Occasion]:
    return sorted(asked, key=lambda each: words_of(each).rank)


def _fill_for_all(template: str, scenario: Scenario, same: list[Occasion]) -> str:
    """Return a template for all it is about: with names where they are few."""
    others = list(dict.fromkeys(each.towards for each in same))
    if len(same) == 1:
        return fill(template, scenario, *same[0][1:])
    names = [name_of(scenario, other) for other in others]
    listed = " or ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else names[0]
    few = listed if len(names) <= MOST_NAMES else "another state"
    about = "Council" if same[0].about in scenario.councils else "treaty"
    plain = template.replace(" ({about})", "").replace("{about}", about)
    return fill(plain.replace("{towards}", few), scenario)


def render_goals(top: Path, actor: str) -> str:
    """Return the goals that the game gives a delegation, as a list."""
    (seat,) = deal_seats(_pact(top).scenario, (actor,))
    return "\n".join(f"- {goal.text}" for goal in seat.goals)


PARTS: dict[str, Callable[[Path, str], str]] = {
    "questions": render_questions,
    "answers": render_answers,
    "card": render_card,
    "cite": render_citation,
    "state": render_state,
    "decisions": render_decisions,
    "goals": render_goals,
}
"""What can be rendered, each by a function of the top folder and the rest of the name."""


@cache
def _lessons(top: Path) -> dict[str, dict[str, Any]]:
    """Return the scenarios of 2024 as they are written, by name; each has a lesson."""
    files = sorted((top / "scenarios").glob("*.toml"))
    return {file.stem: tomllib.loads(file.read_text("utf-8")) for file in files}


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
