"""Every source is explained in a bibliography, and the bibliography itself has a form."""

from __future__ import annotations

import pytest

from sim.scenario.files.bibliography import VerificationStatus, read_bibliography
from tests.scenario.folder import Folder


def test_an_entry_says_what_it_is_and_how_far_it_was_read(folder: Folder) -> None:
    entry = read_bibliography(folder.path / "sources.toml")["votes"]
    assert (entry.title, entry.by, entry.year) == (
        "Votes of an invented assembly",
        "this project",
        2024,
    )
    assert entry.seen is VerificationStatus.OWN
    assert (entry.where, entry.note) == ("", "")


def test_a_child_may_explain_more_sources_and_explain_them_anew(folder: Folder) -> None:
    entry = 'title = "A new atlas"\nby = "this project"\nseen = "found"\n'
    folder.write("more.toml", f"[atlas]\n{entry}[map]\n{entry}")
    folder.write("child.toml", 'extends = "whole.toml"\nbibliography = "more.toml"')
    known = folder.load(name="child.toml").bibliography
    assert list(known)[-1] == "map"
    assert known["atlas"].title == "A new atlas"
    assert known["votes"].title == "Votes of an invented assembly"


def test_there_may_be_several_bibliographies(folder: Folder) -> None:
    folder.write("more.toml", '[map]\ntitle = "A map"\nby = "this project"\nseen = "own"\n')
    folder.with_line('"sources.toml"', '["sources.toml", "more.toml"]')
    assert "map" in folder.load().bibliography


def test_a_bibliography_lies_beside_the_file_that_names_it(folder: Folder) -> None:
    folder.write("inner/child.toml", 'extends = "../whole.toml"')
    assert "votes" in folder.load(name="inner/child.toml").bibliography


def test_without_a_bibliography_that_one_lack_is_reported_and_not_every_source(
    folder: Folder,
) -> None:
    folder.with_line('bibliography = "sources.toml"\n', "")
    assert folder.message() == (
        "whole.toml: bibliography: no file explains the keys under `source`\n"
        "    allowed: a path or a list of paths"
    )


def test_an_empty_bibliography_is_none(folder: Folder) -> None:
    folder.write("sources.toml", "")
    line = folder.line("bibliography")
    assert folder.message().startswith(
        f"whole.toml:{line}: bibliography: no file explains the keys under `source`"
    )


def test_a_bibliography_that_is_missing_is_reported_where_it_is_named(folder: Folder) -> None:
    folder.with_line('"sources.toml"', '"source.toml"')
    assert folder.message() == (
        f"whole.toml:{folder.line('bibliography')}: bibliography: there is no file 'source.toml'\n"
        "    allowed: sources.toml, whole.toml; did you mean 'sources.toml'?"
    )


@pytest.mark.parametrize("wrong", ["5", "true", "[1]", "{ file = 'sources.toml' }"])
def test_a_bibliography_is_a_path(folder: Folder, wrong: str) -> None:
    folder.with_line('bibliography = "sources.toml"', f"bibliography = {wrong}")
    assert folder.message() == (
        f"whole.toml:{folder.line('bibliography')}: bibliography: is not a file name\n"
        "    allowed: a path or a list of paths"
    )


FAULTS = [
    ('seen = "own"\nnote', 'seen = "owned"\nnote',
     ("33: judgement.seen: 'owned' is not one of the words allowed\n"
      "    allowed: found, secondary, recalled, own; did you mean 'own'?")),
    ("year = 2024", 'year = "2024"', "11: votes.year: should be a whole number (given: '2024')"),
    ('note = "Made', 'notes = "Made',
     ("34: judgement.notes: unknown key\n"
      "    allowed: title, by, year, where, seen, note; did you mean 'note'?")),
    ("[atlas]\n", '[atlas]\nby = "x"\n', "6: is not TOML: Cannot overwrite a value"),
    ('title = "Judgement"\n', "",
     "30: judgement.title: is missing: Title of the work, data set or report"),
    ("[judgement]", "judgement = 1\n[x]",
     ("30: disputes.judgement: unknown key\n"
      "    allowed: title, by, year, where, seen, note")),
    ("[judgement]", "[Judgement]",
     ("30: Judgement: 'Judgement' is not written as it should be\n"
      "    allowed: lower-case letters, digits or -")),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "message"), FAULTS)
def test_a_fault_of_the_bibliography_is_reported_in_the_bibliography(
    folder: Folder, old: str, new: str, message: str
) -> None:
    folder.with_line(old, new, "sources.toml")
    assert folder.message() == f"sources.toml:{message}"


def test_several_faults_of_a_bibliography_are_reported_at_once(folder: Folder) -> None:
    folder.with_line("year = 2024", "year = 20.24", "sources.toml")
    folder.with_line("where =", "wher =", "sources.toml")
    assert [problem.key for problem in folder.problems()] == ["votes.year", "strength.wher"]
