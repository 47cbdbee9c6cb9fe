"""A key that the schema does not know is reported with its line, and with what is known."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from sim.scenario.schema.scenario import Mechanisms
from tests.scenario.folder import WHOLE, Folder

MISSPELT = [
    ("months = 24", "month = 24", "month", "months"),
    ("[mechanisms]", "[mechanism]", "mechanism", "mechanisms"),
    ("major_power = true", "major_powers = true", "actors.borduria.major_powers", "major_power"),
    ("latitude = 44.5", "lattitude = 44.5", "actors.borduria.capital.lattitude", "latitude"),
    ("value = 0.1\n", "vale = 0.1\n", "actors.borduria.capability.vale", "value"),
    ("[actors.borduria.polyarchy]", "[actors.borduria.polyarky]",
     "actors.borduria.polyarky", "polyarchy"),
    ("stationed = { value = 2,", "stationned = { value = 2,",
     "ties.borduria.aland.stationned", "stationed"),
    ("borduria.worth =", "borduria.wort =", "ties.syldavia.borduria.wort", "worth"),
    ("in_force =", "inforce =", "treaties.pact.inforce", "in_force"),
    ("[rivalries.strait.onset]", "[rivalries.strait.onsets]", "rivalries.strait.onsets", "onset"),
    ('began_by = "', 'begun_by = "', "wars.crossing.begun_by", "began_by"),
    ('aid = "materiel"', 'aids = "materiel"', "wars.crossing.support.borduria.aids", "aid"),
    ('rung = "display"', 'rong = "display"', "shocks.march.rong", "rung"),
    ("joining = false", "joinning = false", "mechanisms.joinning", "joining"),
    ("[rules.honour]", "[rules.honor]", "rules.honor", "honour"),
    ("reputation =", "reputaton =", "rules.honour.reputaton", "reputation"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "key", "nearest"), MISSPELT)
def test_a_misspelt_key_is_found_at_every_depth(
    folder: Folder, old: str, new: str, key: str, nearest: str
) -> None:
    folder.with_line(old, new)
    problem = {problem.key: problem for problem in folder.problems()}[key]
    assert problem.message == "unknown key"
    assert (problem.file, problem.line) == (folder.whole, folder.line(new.strip()))
    assert problem.suggestion == nearest
    assert nearest in problem.allowed.split(", ")


def test_the_message_says_what_is_known_and_what_was_meant(folder: Folder) -> None:
    folder.with_line("joining = false", "joinning = false")
    assert folder.message() == (
        f"whole.toml:{folder.line('joinning')}: mechanisms.joinning: "
        "unknown key\n"
        f"    allowed: {', '.join(Mechanisms.model_fields)}; did you mean 'joining'?"
    )


def test_a_key_unlike_any_other_gets_no_nearest_name(folder: Folder) -> None:
    folder.with_line("joining = false", "xyz = false")
    assert "did you mean" not in folder.message()


def test_a_key_inside_an_inline_table_is_reported_on_the_line_of_the_table(folder: Folder) -> None:
    folder.with_line('name = "Alby", latitude', 'nam = "Alby", latitude')
    line = folder.line("Alby")
    assert folder.message().startswith(
        f"whole.toml:{line}: actors.aland.capital.nam: unknown key\n"
        "    allowed: name, latitude, longitude, source; did you mean 'name'?\n"
        f"whole.toml:{line}: actors.aland.capital.name: is missing: The city"
    )


def test_the_keys_that_name_files_are_known_too(folder: Folder) -> None:
    folder.with_line("seed = 7", 'seed = 7\nextend = "base.toml"\nbibliographie = "a.toml"')
    assert [problem.suggestion for problem in folder.problems()] == ["extends", "bibliography"]


def test_a_key_misspelt_in_a_parent_is_reported_in_the_parent(folder: Folder) -> None:
    folder.with_line("joining = false", "joinning = false")
    folder.write("child.toml", 'extends = "whole.toml"\n[mechanisms]\nmemory = false\n')
    (problem,) = folder.problems(name="child.toml")
    assert (problem.file, problem.line) == (folder.whole, folder.line("joinning"))


def test_a_key_misspelt_in_a_child_is_reported_in_the_child(folder: Folder) -> None:
    file = folder.write("child.toml", 'extends = "whole.toml"\n[mechanisms]\nmemry = false\n')
    (problem,) = folder.problems(name="child.toml")
    assert (problem.file, problem.line, problem.suggestion) == (file, 3, "memory")


def test_no_table_of_the_schema_takes_a_key_it_does_not_know(folder: Folder) -> None:
    tables = [key for key in _tables(tomllib.loads(WHOLE)) if key not in _FREE]
    lines = [f"{'.'.join(key)}.xyz = 1" for key in tables]
    folder.write("child.toml", "\n".join(['extends = "whole.toml"', *lines]))
    problem = [problem.key for problem in folder.problems(name="child.toml")]
    assert problem == [".".join([*key, "xyz"]) for key in tables]


_FREE = {
    *[(table,) for table in ("actors", "ties", "treaties", "rivalries", "wars", "shocks")],
    *[("ties", who) for who in ("borduria", "syldavia")],
    *[("rivalries", rivalry, field) for rivalry in ("strait", "mountains")
      for field in ("onset", "stake")],
    ("wars", "crossing", "weariness"),
    ("wars", "crossing", "support"),
}  # fmt: skip
"""Tables whose keys are names, which the scenario itself gives."""


def _tables(tree: dict[str, Any], above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, value in tree.items():
        if isinstance(value, dict):
            yield (*above, name)
            yield from _tables(value, (*above, name))


def test_what_is_missing_is_named_with_its_meaning(folder: Folder) -> None:
    folder.with_line("latitude = 44.5\n", "")
    assert folder.message() == (
        f"whole.toml:{folder.line('[actors.borduria.capital]')}: "
        "actors.borduria.capital.latitude: is missing: Degrees north"
    )


def test_a_missing_table_is_reported_where_it_should_stand(folder: Folder) -> None:
    folder.with_line("[rules.join]", "[rules.joint]")
    problems = {problem.key: problem for problem in folder.problems()}
    assert problems["rules.join"].line == folder.line("[rules.choice]")
    what = "is missing: When actors without a promise answer, over the first months of a war"
    assert problems["rules.join"].message == what


@pytest.mark.parametrize("code", ["Syldavia", "1st", '"the north"', '""'])
def test_a_code_is_short_and_in_lower_case(folder: Folder, code: str) -> None:
    folder.with_line("[shocks.truce]", f"[shocks.{code}]")
    shown = repr(code.strip('"'))
    assert folder.message() == (
        f"whole.toml:{folder.line('[shocks.' + code)}: shocks.{code.strip(chr(34))}: "
        f"{shown} is not written as it should be\n"
        "    allowed: a lower-case letter, then lower-case letters, digits or _"
    )
