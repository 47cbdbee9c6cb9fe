"""Conditions on worlds of the pact itself: a filter in pandas, the page's examples, the facts."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

import sim
from sim.analysis.conditioning.dated_events import DatedEvent, read_dated_events
from sim.analysis.conditioning.evaluate import evaluate_condition
from sim.analysis.conditioning.events import Tables
from sim.analysis.conditioning.grammar import parse_condition
from sim.analysis.conditioning.spans import Period
from sim.analysis.conditioning.vocabulary import ALIASES
from sim.analysis.data.frames import Frames
from sim.analysis.data.resolve import open_run
from sim.experiment.storage.results import Results
from sim.scenario.files.bibliography import read_bibliography
from sim.scenario.load import load_scenario
from tests.docs.pages import TOP, blocks, in_code_style, text

PAGE = TOP / "docs" / "condition.md"
HINDCAST = TOP / "scenarios" / "hindcast"
HAPPENED = HINDCAST / "happened.csv"
PACT = load_scenario(TOP / "scenarios" / "pact.toml")
PERIOD = Period(PACT.scenario.start, PACT.scenario.months)


@pytest.fixture(scope="module")
def pact(tmp_path_factory: pytest.TempPathFactory) -> Frames:
    """Two hundred worlds of the pact."""
    folder = tmp_path_factory.mktemp("pact")
    return sim.run(TOP / "scenarios" / "pact.toml", worlds=200, out=folder)


@pytest.fixture(scope="module")
def results(pact: Frames) -> Results:
    return open_run(pact.folder)


@pytest.mark.slow
def test_conditioning_is_a_filter_in_pandas(pact: Frames) -> None:
    given = sim.condition(pact, on=["soldiers_sent by 12", "not ceasefire by 24", "disputes >= 9"])
    events, worlds = pact.events, pact.worlds
    sent = events[(events["event"] == "troops_sent") & (events["month"] <= 12)]["world"]
    quiet = events[events["event"].isin(["peace", "ceasefire"]) & (events["month"] <= 24)]["world"]
    left = worlds[
        worlds["world"].isin(sent) & ~worlds["world"].isin(quiet) & (worlds["disputes"] >= 9)
    ]
    assert 10 < given.left == len(left) < 190
    assert given.worlds["world"].tolist() == left["world"].tolist()
    assert set(given.worlds["weight"]) == {1.0}
    for row in given.measures.itertuples():
        given_by = pact.measures.set_index("name").loc[row.measure, "given"]
        defined = left[left[given_by]] if given_by else left
        assert row.worlds == len(defined)
        assert row.conditional == pytest.approx(defined[row.measure].mean())
    draws = pact.assumptions.set_index("world").loc[left["world"]]
    for learnt in given.assumptions.itertuples():
        assert learnt.mean_conditional == pytest.approx(draws[learnt.key].mean())
    assert repr(given) == f"<{len(left)} of 200 worlds>"


@pytest.mark.slow
def test_names_of_events_agree_with_the_measures_of_the_same(results: Results) -> None:
    tables = Tables(results)
    for name, measure in {
        "intervention": "war_wider",
        "new_war": "war_any",
        "nuclear_test": "nuclear_test_dprk",
        "soldiers_sent of arms_2023": "troops_arms_2023",
        "war_ends of subject:ukraine": "peace_ukraine",
        "invoked of pact_2024": "invoked_pact_2024",
    }.items():
        holds = evaluate_condition(parse_condition(name, tables.period), tables).holds
        assert holds.tolist() == results.column(measure).tolist()


def conditions_of_the_page() -> list[str]:
    """Return the conditions in the first column of the page's first table."""
    rows = re.findall(r"^\| (`.*?`) \|.*\|$", text(PAGE), re.MULTILINE)
    found = [cell for row in rows for cell in re.findall(r"`([^`]+)`", row) if " " in cell]
    commands = [command for block in blocks(PAGE, "") for command in block.splitlines()]
    return [*found, *re.findall(r'--on "([^"]+)"', " ".join(commands))]


@pytest.mark.slow
def test_every_condition_of_the_page_can_be_used(results: Results) -> None:
    tables = Tables(results)
    conditions = conditions_of_the_page()
    assert len(conditions) > 10
    for condition in conditions:
        evaluate_condition(parse_condition(condition, tables.period), tables)


def test_every_alias_is_on_the_page() -> None:
    assert sorted(set(ALIASES) - in_code_style(PAGE)) == []


def test_the_table_of_the_page_is_one(tmp_path: Path) -> None:
    [table] = blocks(PAGE, "csv")
    (tmp_path / "page.csv").write_text(table, "utf-8")
    assert len(read_dated_events(tmp_path / "page.csv", PERIOD)) == 3


@pytest.mark.slow
def test_the_facts_can_be_conditioned_on_and_few_worlds_match_all(results: Results) -> None:
    given = sim.condition(results.folder, events=HAPPENED)
    assert given.left == 200
    assert 1 <= given.effective < 100
    assert (given.steps["agree"] > 0).all()


@pytest.mark.parametrize("event", read_dated_events(HAPPENED, PERIOD), ids=str)
def test_a_fact_is_the_answer_to_a_question_of_the_hindcast(event: DatedEvent) -> None:
    with (HINDCAST / "questions.csv").open(encoding="utf-8") as file:
        questions = {row["id"]: row for row in csv.DictReader(file)}
    question = questions[event.note.partition(":")[0]]
    if event.happened:
        assert str(event.day) in question["outcome"] or question["kind"] == "date"
    else:
        assert question["outcome"] in ("no", "0")
        assert str(event.day) == question["resolve_by"]
    known = PACT.bibliography | read_bibliography(HINDCAST / "sources.toml")
    assert event.source in known
    assert event.source in question["source"]
