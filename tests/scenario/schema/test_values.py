"""A value of the wrong kind, or beyond what is possible, is reported in plain words."""

from __future__ import annotations

import pytest

from tests.scenario.folder import Folder

KINDS = [
    ("months = 24", 'months = "24"', "months: should be a whole number (given: '24')"),
    ("months = 24", "months = 24.5", "months: should be a whole number (given: 24.5)"),
    ("months = 24", "months = true", "months: should be a whole number (given: true)"),
    ("months = 24", "months = [24]", "months: should be a whole number (given: a list)"),
    ("months = 24", "months = 0", "months: should be greater than 0 (given: 0)"),
    ("months = 24", "months = -3", "months: should be greater than 0 (given: -3)"),
    ("months = 24", "months = 601", "months: should be less than or equal to 600 (given: 601)"),
    ("worlds = 100", "worlds = 0", "worlds: should be greater than 0 (given: 0)"),
    ("worlds = 100", "worlds = -1", "worlds: should be greater than 0 (given: -1)"),
    ("seed = 7", "seed = -1", "seed: should be greater than or equal to 0 (given: -1)"),
    ("seed = 7", "seed = 9223372036854775808",
     "seed: should be less than 9223372036854775808 (given: 9223372036854775808)"),
    ('title = "The strait"', "title = 5", "title: should be text in quotes (given: 5)"),
    ("start = 2024-06-19", 'start = "soon"',
     "start: should be a date, such as 2024-06-19 (given: 'soon')"),
    ("start = 2024-06-19", "start = 2024",
     "start: should be a date, such as 2024-06-19 (given: 2024)"),
    ("start = 2024-06-19", "start = 2024-06-19T10:00:00",
     "start: should be a date, such as 2024-06-19 (given: 2024-06-19 10:00:00)"),
    ("latitude = 44.5", "latitude = 95",
     "actors.borduria.capital.latitude: should be less than or equal to 90 (given: 95)"),
    ("latitude = 44.5", "latitude = nan",
     "actors.borduria.capital.latitude: should be a finite number (given: nan)"),
    ("major_power = true", 'major_power = "perhaps"',
     "actors.borduria.major_power: should be true or false (given: 'perhaps')"),
    ('borders = ["syldavia"]', 'borders = "syldavia"',
     "actors.borduria.borders: should be a list (given: 'syldavia')"),
    ('parties = ["aland", "borduria"]', 'parties = ["aland"]',
     "treaties.pact.parties: has too few entries: at least 2 needed"),
    ('between = ["borduria", "syldavia"]', 'between = ["borduria", "syldavia", "aland"]',
     "rivalries.mountains.between: has too many entries: at most 2 possible"),
    ('source = ["strength", "judgement"]', "source = []",
     "actors.borduria.capability.source: has too few entries: at least 1 needed"),
    ('source = ["strength", "judgement"]', "source = 5",
     "actors.borduria.capability.source: should be a list (given: 5)"),
    ('article = ["A14"]', 'article = ["A14", "A49"]',
     ("actors.borduria.capability.article.1: 'A49' is not written as it should be\n"
      "    allowed: A01 to A48")),
    ('rung = "display"', 'rung = "dispaly"',
     ("shocks.march.rung: 'dispaly' is not one of the words allowed\n"
      "    allowed: threat, display, force, war; did you mean 'display'?")),
    ('aid = "materiel"', "aid = 3",
     ("wars.crossing.support.borduria.aid: 3 is not one of the words allowed\n"
      "    allowed: none, materiel, troops, war")),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "message"), KINDS)
def test_a_wrong_value_is_told_in_plain_words(
    folder: Folder, old: str, new: str, message: str
) -> None:
    folder.with_line(old, new)
    assert folder.message() == f"whole.toml:{folder.line(new)}: {message}"


def test_a_bare_number_is_not_enough_where_no_quantity_lies_beneath(folder: Folder) -> None:
    line = folder.line("affinity_range = ")
    whole = folder.whole.read_text("utf-8").splitlines()
    whole[line - 1] = "affinity_range = 6.0"
    folder.write("whole.toml", "\n".join(whole))
    assert folder.message() == (
        f"whole.toml:{line}: affinity_range: should be a table (given: 6.0)\n"
        "    allowed: value, low, high, unit, meaning, source, grade, article, shape, limits, note"
    )


def test_a_scenario_needs_an_actor(folder: Folder) -> None:
    folder.write("empty.toml", 'bibliography = "sources.toml"\nactors = {}\n')
    assert (
        "empty.toml:2: actors: has too few entries: at least 1 needed"
        in folder.message(name="empty.toml").splitlines()
    )


RANGES = [
    ("value = 0.1\n", "value = 0.5\n", "0.5 is outside its own range", "from 0.08 to 0.12"),
    ("low = 0.08", "low = 0.11", "0.1 is outside its own range", "from 0.11 to 0.12"),
    ("low = 0.08", "low = 0.2", "low lies above high", "low up to 0.12"),
    ("high = 0.12", "high = 1.2", "the range 0.08 to 1.2 exceeds what is possible", "from 0 to 1"),
    ("low = 0.08", "low = -0.1", "the range -0.1 to 0.12 exceeds what is possible", "from 0 to 1"),
]


@pytest.mark.parametrize(("old", "new", "what", "allowed"), RANGES)
def test_a_number_lies_in_its_range_and_its_range_in_what_is_possible(
    folder: Folder, old: str, new: str, what: str, allowed: str
) -> None:
    folder.with_line(old, new)
    assert folder.message() == (
        f"whole.toml:{folder.line('[actors.borduria.capability]')}: actors.borduria.capability: "
        f"{what}\n    allowed: {allowed}"
    )


@pytest.mark.parametrize(
    ("wrong", "what"),
    [
        ("= true", "should be a number (given: true)"),
        ('= "0.1"', "should be a number (given: '0.1')"),
        ("= [0.1]", "should be a number (given: a list)"),
        (".is = 0.1", "should be a number (given: a table)"),
        ("= 2024-06-19", "should be a number (given: 2024-06-19)"),
        ("= inf", "should be a finite number (given: inf)"),
        ("= nan", "should be a finite number (given: nan)"),
    ],
)
def test_only_a_number_is_a_number(folder: Folder, wrong: str, what: str) -> None:
    folder.with_line("value = 0.1\n", f"value {wrong}\n")
    line = folder.line(f"value {wrong}")
    assert folder.message() == f"whole.toml:{line}: actors.borduria.capability.value: {what}"


def test_a_positive_number_may_be_as_large_as_it_likes_but_not_negative(folder: Folder) -> None:
    folder.with_line("high = 80", "high = 1e9")
    folder.load()
    folder.with_line('shape = "loguniform"', "")
    folder.with_line("low = 20\n", "low = -1\n")
    (problem,) = folder.problems()
    assert problem.message == "the range -1 to 1e+09 exceeds what is possible"
    assert problem.allowed == "from 0 upwards"


def test_a_signed_number_lies_between_minus_one_and_one(folder: Folder) -> None:
    folder.with_line("value = -0.3, low = -0.5", "value = -0.3, low = -1.5")
    (problem,) = folder.problems()
    assert problem.key == "ties.syldavia.borduria.worth"
    assert problem.message == "the range -1.5 to 0 exceeds what is possible"
    assert problem.allowed == "from -1 to 1"


def test_output_that_grows_has_a_ceiling_of_one_or_more(folder: Folder) -> None:
    whence = 'unit = "times", source = "judgement", grade = "judgement"'
    ceiling = f"output_ceiling = {{ value = 1.5, low = 0.8, high = 2.0, {whence} }}"
    folder.with_line("[actors.borduria]", f"[actors.borduria]\n{ceiling}")
    (problem,) = folder.problems()
    assert problem.key == "actors.borduria.output_ceiling"
    assert problem.message == "the range 0.8 to 2 exceeds what is possible"
    assert problem.allowed == "from 1 upwards"


def test_a_plain_quantity_may_have_any_sign(folder: Folder) -> None:
    folder.with_line("value = 0.9, low = 0.7", "value = -9, low = -10")
    assert folder.load().scenario.actors["aland"].ideal_point.low == -10


def test_ratios_are_spread_above_zero_only(folder: Folder) -> None:
    folder.with_line("low = 20\n", "low = 0\n")
    (problem,) = folder.problems()
    assert problem.message == "a loguniform range must lie above zero"
    assert problem.allowed == "low > 0"
