from __future__ import annotations

import json

import pytest

from sim.cli.views.explain.why import format_setting, list_explanations
from sim.output import render_json
from sim.scenario.provenance.explain import explain_key, explanation_record
from tests.cli.conftest import Sim
from tests.scenario.folder import Folder
from tests.scenario.provenance.indexed_once import index_once

KEY = "actors.borduria.capability"


def why_lines(sim: Sim, *words: str) -> list[str]:
    """Return the lines that the command prints, without the blanks at their ends."""
    result = sim("why", *words)
    assert result.exit_code == 0
    return [line.rstrip() for line in result.stdout.splitlines()]


def join_lines(lines: list[str]) -> str:
    """Return lines as one, wherever they were broken."""
    return " ".join(" ".join(lines).split())


def test_a_number_is_reported_with_everything_behind_it(sim: Sim, folder: Folder) -> None:
    assert why_lines(sim, "whole.toml", KEY) == [
        KEY,
        "Value    0.1 share",
        "Range    0.08 to 0.12",
        "Worlds   each draws its own number from the range, most often near the value",
        "Grade    estimated: by the source, or derived from its figures",
        "Meaning  Share of the world's capabilities (COW CINC): its strength at home.",
        f"Set in   whole.toml:{folder.line('value = 0.1')}",
        "Source   strength: This project: Strength of invented states. Second edition.",
        "         judgement: This project: Judgement. Made up, for the tests.",
        "Claim    A14: The United States and its allies say that the DPRK supplies Russia",
        "         with munitions.",
    ]


@pytest.mark.parametrize(
    ("key", "told_of_worlds"),
    [
        ("actors.aland.nuclear_warheads", "all have this number"),
        ("actors.borduria.nuclear_warheads", "from the range, all ratios equally likely"),
        ("actors.aland.polyarchy", "from the range, most often near the value"),
    ],
)
def test_how_worlds_draw_a_number_is_reported(sim: Sim, key: str, told_of_worlds: str) -> None:
    [line] = [line for line in why_lines(sim, "whole.toml", key) if line.startswith("Worlds")]
    assert line.endswith(told_of_worlds)


def test_what_a_layer_overrode_is_reported_value_by_value(sim: Sim, folder: Folder) -> None:
    own = 'value = 0.15, low = 0.1, high = 0.2, unit = "share", source = "votes"'
    folder.write(
        "child.toml",
        'extends = "whole.toml"\n[actors.borduria]\n'
        f'capability = {{ {own}, grade = "judgement" }}\n',
    )
    line = folder.line("value = 0.1")
    lines = why_lines(sim, "child.toml", KEY, "--set", f"{KEY}=0.12")
    assert join_lines(lines[:2]) == f"{KEY} Value 0.12 share"
    start = next(at for at, line in enumerate(lines) if line.startswith("Set in"))
    stop = next(at for at, line in enumerate(lines) if line.startswith("Source"))
    assert join_lines(lines[start:stop]) == (
        "Set in --set, which sets value, low, high and no source of its own: "
        "source and grade are those of child.toml:3 "
        "Overrode child.toml:3: 0.15 (0.1 to 0.2) share; source: votes "
        f"whole.toml:{line}: 0.1 (0.08 to 0.12) share; source: strength, judgement"
    )


def test_a_layer_that_only_widens_the_range_is_reported_apart(sim: Sim, folder: Folder) -> None:
    folder.write("child.toml", f'extends = "whole.toml"\n{KEY}.high = 0.3\n')
    text = join_lines(why_lines(sim, "child.toml", KEY))
    assert "Range 0.08 to 0.3" in text
    assert (
        "Changed child.toml:2, which sets high over "
        "0.1 (0.08 to 0.12) share; source: strength, judgement "
        f"Set in whole.toml:{folder.line('value = 0.1')} Source"
    ) in text


def test_a_plain_value_is_reported_too(sim: Sim, folder: Folder) -> None:
    assert why_lines(sim, "whole.toml", "months", "--set", "months=3") == [
        "months",
        "Value     3",
        "Meaning   How many months are simulated.",
        "Set in    --set",
        f"Overrode  whole.toml:{folder.line('months')}: 24",
        "Source    none is required for this key",
    ]


def test_what_the_schema_takes_is_reported_as_such(sim: Sim) -> None:
    assert why_lines(sim, "whole.toml", "mechanisms.memory")[1:4] == [
        "Value    yes",
        "Meaning  Commitments honoured or not change trust and affinity.",
        "Set in   no file: it is the default of the schema",
    ]


def test_a_line_of_a_treaty_rests_on_what_the_treaty_rests_on(sim: Sim, folder: Folder) -> None:
    named = folder.line('replaces = "friendship"') + 1
    lines = why_lines(sim, "whole.toml", "treaties.pact.signed")
    assert lines[1] == "Value     1 June 2024"
    grounds = next(place for place, line in enumerate(lines) if line.startswith("Set in"))
    assert lines[grounds : grounds + 3] == [
        f"Set in    whole.toml:{folder.line('signed = 2024-06-01')}",
        f"Rests on  the source that whole.toml:{named} gives for treaties.pact",
        "Source    treaties: This project: Register of invented treaties.",
    ]
    assert lines[grounds + 3].startswith("Note      The text names the strait only: parties =")


def test_a_table_reports_what_it_holds(sim: Sim) -> None:
    lines = why_lines(sim, "whole.toml", "ties.borduria.aland")
    assert lines[-4:] == [
        "Holds    worth: 0.4 (0.2 to 0.6) utility",
        "         stationed: 2 (1 to 3) thousand troops",
        "         worth_before: nothing",
        "         stationed_before: nothing",
    ]
    assert not [line for line in lines if line.startswith(("Value", "Source"))]


def test_what_a_layer_gave_of_a_table_is_reported_by_name(sim: Sim, folder: Folder) -> None:
    folder.write("child.toml", 'extends = "whole.toml"\ntreaties.pact.concluded = false\n')
    text = join_lines(why_lines(sim, "child.toml", "treaties.pact"))
    assert "Set in child.toml:2, which sets concluded Overrode whole.toml:" in text
    assert ": sets name, parties, obligations, protects, " in text
    assert "Holds name: Pact of Alby parties: aland, borduria " in text
    assert "concluded: no " in text


def test_a_fault_that_a_later_layer_mends_can_be_reported(sim: Sim, folder: Folder) -> None:
    folder.with_line("value = 0.1\nlow", 'value = "a tenth"\nlow')
    folder.write("child.toml", f'extends = "whole.toml"\n{KEY}.value = 0.1\n')
    assert ": a tenth (0.08 to 0.12) share; source: strength, judgement" in join_lines(
        why_lines(sim, "child.toml", KEY)
    )


def test_json_has_the_same(sim: Sim, folder: Folder) -> None:
    result = sim("why", "whole.toml", KEY, "--set", f"{KEY}.value=0.12", "--json")
    explanation = json.loads(result.stdout)
    assert (explanation["key"], explanation["value"], explanation["low"], explanation["high"]) == (
        KEY,
        0.12,
        0.08,
        0.12,
    )
    assert explanation["sources"]["judgement"]["note"] == "Made up, for the tests."
    assert list(explanation["claims"]) == ["A14"]
    assert explanation["decided"] == "--set"
    assert [(layer["file"], layer["line"]) for layer in explanation["layers"]] == [
        ("--set", None),
        ("whole.toml", folder.line("value = 0.1")),
    ]
    assert explanation["layers"][1]["stood"]["value"] == 0.1


def test_an_unknown_key_is_reported_with_the_nearest(sim: Sim) -> None:
    result = sim("why", "whole.toml", "actors.boduria.capability")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "actors.boduria.capability: there is no such key\n"
        "    allowed: aland, borduria, syldavia; did you mean 'actors.borduria.capability'?\n"
    )


def test_a_key_has_to_be_named(sim: Sim) -> None:
    result = sim("why", "whole.toml")
    assert result.exit_code == 2
    assert "Missing argument 'KEY'" in result.stderr


def test_keys_of_every_kind_can_be_reported(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded = folder.load(f"{KEY}=0.1")
    for part in index_once(loaded, monkeypatch)[::11]:
        explanation = explain_key(loaded, part.name)
        assert all(label and text for label, text in list_explanations(explanation)), part.name
        assert json.loads(render_json(explanation_record(explanation)))["key"] == part.name


@pytest.mark.parametrize(
    ("value", "words"),
    [(None, "nothing"), ((), "nothing"), ({}, "nothing"), (False, "no"), (0, "0"), (0.5, "0.5")],
)
def test_a_value_is_shown_as_people_read_it(value: object, words: str) -> None:
    assert format_setting(value) == words
