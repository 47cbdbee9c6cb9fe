"""Why a key has its value: who said so, over whom, and on what grounds."""

from __future__ import annotations

import pytest

from sim.errors import RequestError
from sim.scenario.provenance.explain import KeyExplanation, explain_key
from tests.scenario.folder import Folder
from tests.scenario.provenance.indexed_once import index_once

KEY = "actors.aland.capability"
LINE = "value = 0.02, low = 0.01"


def ask(folder: Folder, key: str, *settings: str, name: str = "whole.toml") -> KeyExplanation:
    return explain_key(folder.load(*settings, name=name), key)


def child(folder: Folder, *lines: str) -> str:
    folder.write("child.toml", "\n".join(['extends = "whole.toml"', *lines]))
    return "child.toml"


def places(folder: Folder, explanation: KeyExplanation) -> list[str]:
    return [word.location.removeprefix(f"{folder.path}/") for word in explanation.layer_values]


def refusal(folder: Folder, key: str) -> str:
    with pytest.raises(RequestError) as caught:
        ask(folder, key)
    return str(caught.value)


def test_a_number_comes_with_where_it_stands_and_what_vouches_for_it(folder: Folder) -> None:
    explanation = ask(folder, KEY)
    assert explanation.number == folder.load().scenario.actors["aland"].capability
    assert places(folder, explanation) == [f"whole.toml:{folder.line(LINE)}"]
    assert explanation.source_node == explanation.node
    assert [entry.title for entry in explanation.sources.values()] == [
        "Strength of invented states"
    ]


def test_sources_are_in_the_order_in_which_they_are_cited(folder: Folder) -> None:
    assert list(ask(folder, "actors.borduria.capability").sources) == ["strength", "judgement"]


def test_claims_come_with_what_they_say(folder: Folder) -> None:
    [(claim, entry)] = ask(folder, "actors.borduria.capability").claims.items()
    assert (claim, "supplies Russia with munitions" in entry.says) == ("A14", True)


def test_every_layer_has_its_word_the_last_first(folder: Folder) -> None:
    name = child(folder, "[actors.aland]", "capability.value = 0.03")
    explanation = ask(folder, KEY, f"{KEY}=0.025", name=name)
    assert places(folder, explanation) == [
        "--set",
        "child.toml:3",
        f"whole.toml:{folder.line(LINE)}",
    ]
    stood = [
        word.merged_value
        for word in explanation.layer_values
        if isinstance(word.merged_value, dict)
    ]
    assert [(own["value"], own["low"], own["high"]) for own in stood] == [
        (0.025, 0.025, 0.025),
        (0.03, 0.01, 0.03),
        (0.02, 0.01, 0.03),
    ]
    assert {own["source"] for own in stood} == {"strength"}
    assert [word.defined_names for word in explanation.layer_values[:2]] == [
        ("value", "low", "high"),
        ("value",),
    ]


def test_the_word_that_decides_is_the_last_to_give_the_value(folder: Folder) -> None:
    name = child(folder, "[actors.aland]", "capability.high = 0.05")
    assert ask(folder, KEY, name=name).decisive_index == 1
    assert ask(folder, KEY, f"{KEY}.value=0.03", name=name).decisive_index == 0


def test_a_plain_value_is_explained_as_well(folder: Folder) -> None:
    explanation = ask(folder, "months", "months=3", name=child(folder, "months = 12"))
    assert places(folder, explanation) == [
        "--set",
        "child.toml:2",
        f"whole.toml:{folder.line('months')}",
    ]
    assert [word.merged_value for word in explanation.layer_values] == [3, 12, 24]
    assert (explanation.source_node, explanation.sources, explanation.claims) == (None, {}, {})


def test_what_stands_in_a_treaty_rests_on_the_sources_of_the_treaty(folder: Folder) -> None:
    explanation = ask(folder, "treaties.pact.in_force")
    assert explanation.source_node
    assert explanation.source_node.name == "treaties.pact"
    assert list(explanation.sources) == ["treaties"]


def test_what_no_file_says_is_the_schemas_own(folder: Folder) -> None:
    explanation = ask(folder, "mechanisms.memory")
    assert (explanation.layer_values, explanation.node.value) == ((), True)


def test_what_a_later_file_replaces_whole_is_told_as_it_stood(folder: Folder) -> None:
    name = child(folder, 'treaties.pact.obligations = ["offence"]')
    explanation = ask(folder, "treaties.pact.obligations", name=name)
    assert [word.merged_value for word in explanation.layer_values] == [
        ["offence"],
        ["defence", "consultation"],
    ]


def test_a_table_says_what_it_holds(folder: Folder) -> None:
    explanation = ask(folder, "ties.borduria.aland")
    assert [part.name for part in explanation.children] == [
        "ties.borduria.aland.worth",
        "ties.borduria.aland.stationed",
        "ties.borduria.aland.worth_before",
        "ties.borduria.aland.stationed_before",
    ]


def test_every_key_can_be_explained(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = folder.load(f"{KEY}=0.01")
    for node in index_once(loaded, monkeypatch):
        assert explain_key(loaded, node.name).node == node


def test_a_source_that_only_the_schema_names_needs_no_entry(folder: Folder) -> None:
    truce = 'kind = "ceasefire"\nrivalry = "strait"\n'
    folder.with_line(f'{truce}source = "judgement"\n', truce)
    for file in (folder.whole, folder.path / "sources.toml"):
        text = file.read_text(encoding="utf-8").replace('"judgement", grade', '"guess", grade')
        text = text.replace('source = "judgement"', 'source = "guess"').replace(
            ', "judgement"]', "]"
        )
        file.write_text(text.replace("[judgement]", "[guess]"), encoding="utf-8")
    explanation = ask(folder, "shocks.truce")
    assert explanation.source_node
    assert (explanation.source_node.sources, explanation.sources) == (("judgement",), {})


def test_a_misspelt_key_is_told_with_the_nearest(folder: Folder) -> None:
    message = refusal(folder, "rules.honor.reputaton")
    assert message.startswith("rules.honor.reputaton: there is no such key\n    allowed: ")
    assert message.endswith("; did you mean 'rules.honour.reputation'?")


def test_a_key_by_its_last_word_alone_is_guessed(folder: Folder) -> None:
    assert refusal(folder, "own_quarrel").endswith("did you mean 'rules.honour.own_quarrel'?")


def test_the_names_known_where_a_key_goes_astray_are_told(folder: Folder) -> None:
    assert refusal(folder, "actors.zembla") == (
        "actors.zembla: there is no such key\n    allowed: aland, borduria, syldavia"
    )
    assert " under rules.exchange" in refusal(folder, "rules.exchange.xyzzy")
    assert " at the top" in refusal(folder, "xyzzy")
    assert " at the top" in refusal(folder, "")
