"""The words that need no worlds: scenarios and what they rest on."""

from __future__ import annotations

from pathlib import Path

import pytest

import sim
from sim.errors import RequestError, ScenarioError
from tests.scenario.folder import Folder


def test_scenarios_are_listed_with_their_questions(plain: Folder) -> None:
    listed = sim.scenarios().set_index("name")
    assert listed.loc["whole", "title"] == "The strait"
    assert listed.loc["pact", "installed"]
    assert "umbrella" in sim.scenarios("theory")["name"].str.rpartition("/")[2].tolist()
    with pytest.raises(RequestError, match="no scenarios in a folder of that name"):
        sim.scenarios("gone")


def test_a_scenario_of_ones_own_is_written(plain: Folder) -> None:
    changed = {"rules.honour.reputation": 1.3}
    file = sim.new("mine", base="whole", title="Mine", settings=changed)
    assert file == Path("mine.toml")
    mine = sim.read_scenario("mine")
    assert (mine.title, mine.rules.honour.reputation.value) == ("Mine", 1.3)
    with pytest.raises(RequestError, match=r"mine: is taken by mine\.toml"):
        sim.new("mine", base="whole")


def test_a_scenario_is_checked_and_counted(plain: Folder) -> None:
    counted = sim.check("whole").set_index("what")["count"]
    assert counted["actors"] == len(sim.read_scenario("whole").actors)
    assert counted["measured"] + counted["estimated"] + counted["judgement"] > 100
    plain.write("odd.toml", 'extends = "whole.toml"\nheadlines = ["wor_any"]\n')
    with pytest.raises(ScenarioError, match="'wor_any' is not a measure of this scenario"):
        sim.check("odd")


def test_keys_and_measures_are_found_by_words(plain: Folder) -> None:
    found = sim.find("reputation", scenario="whole")
    assert found.keys.set_index("key").loc["rules.honour.reputation", "value"] == 1.2
    switches = sim.find("mechanisms", scenario="whole").keys
    assert switches.set_index("key").loc["mechanisms.memory", "value"]
    assert "war_any" in sim.find("war", scenario="whole").measures["measure"].tolist()
    assert "rules.honour.reputation" in found._repr_html_()
    with pytest.raises(RequestError, match="no key, meaning or measure of whole has all"):
        sim.find("zzz", scenario="whole")


def test_a_key_is_explained(plain: Folder) -> None:
    explanation = sim.why("whole", "rules.honour.reputation", settings=["months=3"])
    assert explanation.record["value"] == 1.2
    assert explanation.frame()["file"].tolist() == ["whole.toml"]
    assert "value: 1.2\nlow: 0.6\nhigh: 1.8\n" in str(explanation)
    assert repr(explanation) == "<rules.honour.reputation>"
    assert "judgement" in explanation._repr_html_()
    with pytest.raises(RequestError, match=r"did you mean 'rules\.honour\.reputation'"):
        sim.why("whole", "rules.honour.reputaton")


def test_every_number_has_its_source_in_a_frame(plain: Folder) -> None:
    ledger = sim.sources("whole").set_index("key")
    assert ledger.loc["rules.honour.reputation", "sources"] == ("judgement",)
    claims = sim.sources("whole", claims=True)
    assert {"claim", "says", "grounds"} <= set(claims)


def test_a_scenario_is_cited(plain: Folder) -> None:
    citation = sim.cite("whole")
    assert "@software{alliance-sim" in citation.bibtex
    assert {"key", "grade", "uses"} <= set(citation.frame())
    assert str(citation).splitlines()[1] == "The strait"
    assert repr(citation).startswith("<whole-")
    assert "How to cite" in citation._repr_html_()
    assert sim.cite(sim.read_scenario("whole")).record["title"] == "The strait"


def test_the_schema_is_data() -> None:
    assert "treaties" in sim.schema()["properties"]


def test_overrides_are_a_dictionary_or_texts(plain: Folder) -> None:
    settings = {"rules.honour.reputation": 1.3, "mechanisms.memory": False, "title": "Ours"}
    texts = ["rules.honour.reputation=1.3", "mechanisms.memory=false", 'title="Ours"']
    read = sim.read_scenario("whole", settings=settings)
    assert read == sim.read_scenario("whole", settings=texts)
    again = sim.read_scenario(read, settings={"headlines": ["war_any"]}, months=3)
    assert (again.title, again.headlines, again.months) == ("Ours", ("war_any",), 3)
    ranged = {"value": 1.0, "low": 0.8, "high": 1.2}
    read = sim.read_scenario("whole", settings={"rules.honour.reputation": ranged})
    assert read.rules.honour.reputation.high == 1.2


@pytest.mark.parametrize(
    ("given", "settings", "message"),
    [
        ({"months": 3}, {}, "scenario: a dict is none\n    allowed: a name such as 'pact'"),
        (7, {}, "scenario: a int is none"),
        ("whole", 3, "settings: 3 is no text"),
        ("whole", [3], "settings: 3 is no text\n    allowed: a text, or a list of them"),
        ("whole", {"months": object()}, "--set months: object is no value of a scenario"),
        ("whole", {"rules.honour.reputation": 99}, "--set rules.honour.reputation=99: "),
    ],
)
def test_what_is_no_scenario_is_said_in_one_message(
    plain: Folder, given: object, settings: object, message: str
) -> None:
    with pytest.raises(RequestError) as caught:
        sim.read_scenario(given, settings=settings)  # type: ignore[arg-type]
    assert str(caught.value).startswith(message)


def test_what_is_no_results_is_said_in_one_message(plain: Folder) -> None:
    with pytest.raises(
        RequestError, match="results: a list is none\n    allowed: a results folder"
    ):
        sim.compare(["whole"], "without")  # type: ignore[arg-type]
    with pytest.raises(RequestError, match="more_worlds: '5' is no whole number"):
        sim.run("whole", more_worlds="5")  # type: ignore[arg-type]


LESSON = """\
extends = "whole.toml"
title = "No promise"
[treaties.pact]
concluded = false
[lesson]
base = "whole"
predict = "What does the promise change?"
theory = "Promises deter."
source = "treaties"
trap = "That it deters always."
[lesson.look_at]
war_any = "no difference"
"""


def test_lessons_are_listed_and_answered(plain: Folder) -> None:
    for file in ("whole.toml", "sources.toml"):
        plain.write(f"scenarios/{file}", (plain.path / file).read_text("utf-8"))
    plain.write("scenarios/taught.toml", LESSON)
    assert sim.lessons().to_dict("list") == {
        "name": ["taught"],
        "title": ["No promise"],
        "predict": ["What does the promise change?"],
    }
    lesson = sim.lesson("taught", worlds=10)
    assert (lesson.task, lesson.theory) == ("What does the promise change?", "Promises deter.")
    assert lesson.trap not in lesson._repr_html_()
    assert lesson.answer["expected"].tolist() == ["no difference"]


def test_the_lever_table_at_hand_is_a_frame() -> None:
    assert {"key", "measure", "moves"} <= set(sim.levers())
