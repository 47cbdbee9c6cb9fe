"""The pages are complete: every coefficient, measure and event has its definition."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path

import pytest

from sim.cli.app import app
from sim.model.measures.registry import list_measures
from sim.model.simulate import simulate
from sim.scenario.checks.arrangements import PROVOCATION_CLASSES
from sim.scenario.load import load_scenario
from sim.scenario.schema.quantity import Grade, Shape
from sim.scenario.schema.rivalries import AidLevel, Rung, ShockKind
from sim.scenario.schema.rules import Rules
from sim.scenario.schema.rules.answers import AnchorSpec, EraSpec
from sim.scenario.schema.scenario import Mechanisms, Scenario
from sim.scenario.schema.treaties import Obligation
from tests.docs.pages import GLOSSARY, MODEL, RESULTS, TOP, in_code_style, text
from tests.model.recording.recorded_events import recorded_events

PACT = load_scenario(TOP / "scenarios" / "pact.toml")
GROUPS = list(Rules.model_fields)
COEFFICIENTS = [
    f"{group}.{coefficient}"
    for group in GROUPS
    if group != "answers"
    for coefficient in type(getattr(PACT.scenario.rules, group)).model_fields
]
ERAS = {"first_year", "last_year"}
CLASSES_OF_ANSWERS = sorted(set(EraSpec.model_fields) - ERAS)
_SOURCE = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)+")


def unexplained(names: list[str], *pages: Path) -> list[str]:
    """Return the names that no page has in code style."""
    named = in_code_style(*pages)
    return [name for name in names if name not in named]


def undefined(columns: Iterable[str], page: Path) -> list[str]:
    """Return the columns that a page does not define, neither by name nor by kind."""
    named = in_code_style(page)
    return [column for column in columns if not named & set(kinds(column, PACT.scenario))]


def kinds(column: str, scenario: Scenario) -> Iterator[str]:
    """Yield a column's name, and as it may stand on a page: `<actor>` for an actor's code."""
    yield column
    tables: dict[str, Iterable[str]] = {
        "treaty": scenario.treaties,
        "rivalry": scenario.rivalries,
        "actor": scenario.actors,
        "exchange": scenario.exchanges,
        "council": scenario.councils,
        "bloc": scenario.blocs,
        "patronage": scenario.patronages,
        "arming": scenario.armings,
    }
    for table, codes in tables.items():
        for code in codes:
            if column.endswith(f"_{code}"):
                yield f"{column.removesuffix(code)}<{table}>"


def test_the_model_names_every_coefficient() -> None:
    assert len(COEFFICIENTS) > 50
    assert unexplained(COEFFICIENTS, *MODEL) == []


def test_the_model_names_every_class_of_the_record_and_every_number_of_it() -> None:
    assert len(CLASSES_OF_ANSWERS) > 5
    assert unexplained([*CLASSES_OF_ANSWERS, *AnchorSpec.model_fields], *MODEL) == []


def test_the_model_names_no_coefficient_that_is_gone() -> None:
    dotted = re.compile(rf"(?:{'|'.join(GROUPS)})\.\w+")
    named = {word for word in in_code_style(*MODEL) if dotted.fullmatch(word)}
    assert sorted(named - set(COEFFICIENTS)) == []


def test_the_glossary_names_every_group_of_rules() -> None:
    assert unexplained(GROUPS, GLOSSARY) == []


def test_the_glossary_names_every_switch() -> None:
    assert unexplained(list(Mechanisms.model_fields), GLOSSARY) == []


def test_the_glossary_names_every_class_of_provocation() -> None:
    assert unexplained(list(PROVOCATION_CLASSES), GLOSSARY) == []


@pytest.mark.parametrize(
    "words", [AidLevel, Grade, Rung, Shape, ShockKind], ids=lambda w: w.__name__
)
def test_the_glossary_names_every_word_a_file_may_use(words: type[StrEnum]) -> None:
    assert unexplained([word.value for word in words], GLOSSARY) == []


def test_the_glossary_explains_every_obligation() -> None:
    assert [word for word in Obligation if f"**{word}**" not in text(GLOSSARY)] == []


def test_the_glossary_explains_every_measure() -> None:
    names = [measure.name for measure in list_measures(PACT.scenario)]
    assert undefined(names, GLOSSARY) == []


def test_the_page_on_results_explains_every_column_of_months() -> None:
    history = simulate(PACT.scenario.model_copy(update={"months": 1}), 0, 1)
    assert undefined(history.months, RESULTS) == []


def test_the_page_on_results_explains_every_event() -> None:
    events = recorded_events()
    assert {"challenge", "peace", "ceasefire", "honoured"} <= events
    assert unexplained(sorted(events), RESULTS) == []


@pytest.mark.parametrize("pages", [MODEL, [GLOSSARY]], ids=["model", "glossary"])
def test_every_source_a_page_cites_is_in_the_bibliography(pages: list[Path]) -> None:
    cited = {word for word in in_code_style(*pages) if _SOURCE.fullmatch(word)}
    assert len(cited) > 10
    assert sorted(cited - set(PACT.bibliography)) == []


def test_the_readme_names_every_command() -> None:
    commands = {
        command.callback.__name__ for command in app.registered_commands if command.callback
    }
    named = {word.split()[1] for word in in_code_style(TOP / "README.md") if word[:4] == "sim "}
    assert len(commands) > 2
    assert sorted(commands - named) == []


def test_every_folder_of_the_package_has_its_line() -> None:
    folders = {f"sim/{file.parent.name}" for file in (TOP / "sim").glob("*/__init__.py")}
    assert unexplained(sorted(folders), TOP / "CONTRIBUTING.md") == []


def test_every_scenario_has_its_line() -> None:
    page = text(TOP / "scenarios" / "README.md")
    files = sorted((TOP / "scenarios").rglob("*.toml"))
    relative = [file.relative_to(TOP / "scenarios").as_posix() for file in files]
    assert [file for file in relative if f"]({file})" not in page] == []
