"""A name used in one place must have been given in another."""

from __future__ import annotations

import pytest

from tests.scenario.folder import Folder

ACTORS = "aland, borduria, syldavia"
RIVALRIES = "strait, mountains"

DANGLING = [
    ('borders = ["syldavia"]', 'borders = ["syldawia"]',
     "actors.borduria.borders", "'syldawia' is not a known actor", ACTORS, "syldavia"),
    ("[ties.syldavia]", "[ties.syldavie]",
     "ties.syldavie", "'syldavie' is not a known actor", ACTORS, "syldavia"),
    ("borduria.worth", "bordurie.worth",
     "ties.syldavia.bordurie", "'bordurie' is not a known actor", ACTORS, "borduria"),
    ('parties = ["aland", "borduria"]', 'parties = ["aland", "borduria", "ruritania"]',
     "treaties.pact.parties", "'ruritania' is not a known actor", ACTORS, ""),
    ('protects = ["aland"]', 'protects = ["iceland"]',
     "treaties.pact.protects", "'iceland' is not a known actor", ACTORS, "aland"),
    ('theatres = ["strait"]', 'theatres = ["straits"]',
     "treaties.pact.theatres", "'straits' is not a known rivalry", RIVALRIES, "strait"),
    ('replaces = "friendship"', 'replaces = "frendship"',
     "treaties.pact.replaces", "'frendship' is not a known treaty", "pact, friendship",
     "friendship"),
    ('between = ["borduria", "syldavia"]', 'between = ["borduria", "slydavia"]',
     "rivalries.mountains.between", "'slydavia' is not a known actor", ACTORS, "syldavia"),
    ("onset.borduria", "onset.borduira",
     "rivalries.mountains.onset.borduira", "'borduira' is not a known actor", ACTORS, "borduria"),
    ("stake.borduria", "stake.x",
     "rivalries.mountains.stake.x", "'x' is not a known actor", ACTORS, ""),
    ('began_by = "syldavia"', 'began_by = "Syldavia"',
     "wars.crossing.began_by", "'Syldavia' is not a known actor", ACTORS, "syldavia"),
    ("[wars.crossing.support.borduria]", "[wars.crossing.support.bordurien]",
     "wars.crossing.support.bordurien", "'bordurien' is not a known actor", ACTORS, "borduria"),
    ('rivalry = "mountains"', 'rivalry = "mountain"',
     "shocks.march.rivalry", "'mountain' is not a known rivalry", RIVALRIES, "mountains"),
    ('actor = "borduria"', 'actor = "bordurai"',
     "shocks.march.actor", "'bordurai' is not a known actor", ACTORS, "borduria"),
    ('source = ["strength", "judgement"]', 'source = ["strength", "judgment"]',
     "actors.borduria.capability.source", "'judgment' is not a known source of the bibliography",
     "atlas, votes, strength, treaties, disputes, judgement", "judgement"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "key", "what", "allowed", "nearest"), DANGLING)
def test_a_name_that_leads_nowhere_is_reported_where_it_stands(
    folder: Folder, old: str, new: str, key: str, what: str, allowed: str, nearest: str
) -> None:
    folder.with_line(old, new)
    (problem,) = folder.problems()
    assert (problem.key, problem.message) == (key, what)
    assert (problem.allowed, problem.suggestion) == (allowed, nearest)
    assert (problem.file, problem.line) == (folder.whole, folder.line(new))


def test_an_event_of_a_kind_that_has_a_place_needs_one(folder: Folder) -> None:
    """Visits and acts on treaties have none, so that an empty name as such leads nowhere wrong."""
    folder.with_line('rivalry = "mountains"', 'rivalry = ""')
    line = folder.line('rivalry = ""')
    assert folder.message() == (
        f"whole.toml:{line}: shocks.march.rivalry: "
        f"is missing: where it happens\n    allowed: {RIVALRIES}"
    )


def test_the_message_reads_as_a_sentence(folder: Folder) -> None:
    folder.with_line('actor = "borduria"', 'actor = "bordurai"')
    assert folder.message() == (
        f"whole.toml:{folder.line('bordurai')}: shocks.march.actor: "
        "'bordurai' is not a known actor\n"
        "    allowed: aland, borduria, syldavia; did you mean 'borduria'?"
    )


def test_a_war_on_an_unknown_rivalry_is_reported(folder: Folder) -> None:
    folder.with_line('[wars.crossing]\nrivalry = "strait"', '[wars.crossing]\nrivalry = "sea"')
    (problem,) = folder.problems()
    assert (problem.key, problem.message) == (
        "wars.crossing.rivalry",
        "'sea' is not a known rivalry",
    )


def test_the_wearied_of_a_war_are_actors(folder: Folder) -> None:
    folder.write(
        "child.toml",
        'extends = "whole.toml"\n'
        "wars.crossing.weariness.x = { value = 0, low = 0, high = 0, unit = 'share', "
        "source = 'judgement', grade = 'judgement' }\n",
    )
    (problem,) = folder.problems(name="child.toml")
    assert problem.key == "wars.crossing.weariness.x"


def test_many_sources_are_counted_and_it_is_said_what_lists_them(folder: Folder) -> None:
    entry = 'title = "a"\nby = "b"\nseen = "own"\n'
    many = "".join(f"[s{number}]\n{entry}" for number in range(10))
    folder.write("more.toml", many)
    folder.write("child.toml", 'extends = "whole.toml"\nbibliography = "more.toml"\n'
                 'affinity_range.source = "s99"')  # fmt: skip
    (problem,) = folder.problems(name="child.toml")
    assert problem.allowed == (
        'one of 16 keys of the bibliography, which `sim sources pact` lists, such as "judgement"'
    )
    assert problem.suggestion == "s9"


def test_dangling_names_are_reported_beside_other_faults(folder: Folder) -> None:
    folder.with_line('actor = "borduria"', 'actor = "bordurai"')
    folder.with_line("months = 24", "months = 0")
    assert [problem.key for problem in folder.problems()] == ["months", "shocks.march.actor"]


@pytest.mark.parametrize("wrong", ["5", "2024-06-19", "[[1]]", "{ a = 1 }", "true", "[]"])
def test_what_is_no_name_at_all_is_left_to_the_schema(folder: Folder, wrong: str) -> None:
    for line in ('actor = "borduria"', 'parties = ["aland", "borduria"]', 'source = ["strength"'):
        key = line.partition(" ")[0]
        old = 'source = ["strength", "judgement"]' if key == "source" else line
        folder.with_line(old, f"{key} = {wrong}")
        assert folder.problems()[0].line == folder.line(f"{key} = {wrong}")
        folder.with_line(f"{key} = {wrong}", old)
