from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sim.analysis.conditioning.dated_events import COLUMNS, DatedEvent, read_dated_events
from sim.analysis.conditioning.grammar import Comparison, Who
from sim.analysis.conditioning.spans import Period
from sim.errors import ScenarioError

PERIOD = Period(date(2024, 6, 19), 36)


def read(folder: Path, text: str, name: str = "events.csv") -> tuple[DatedEvent, ...]:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return read_dated_events(file, PERIOD)


def problems(folder: Path, text: str, name: str = "events.csv") -> str:
    with pytest.raises(ScenarioError) as refused:
        read(folder, text, name)
    return str(refused.value).replace(f"{folder}/", "")


TABLE = """\
date,event,actor,towards,subject,happened,tolerance,weight,source,note
# a remark
2024-10-18,soldiers_seen,dprk,russia,arms_2023,yes,1,2,csis,confirmed
2024-12-04,binding_pact_2024 >= 1,,,,,,,,
2025-12-31,technology >= 3,,,,no,0,,,
"""
LIST = """\
[[event]]
date = 2024-10-18
event = "soldiers_seen"
actor = "dprk"
towards = "russia"
subject = "arms_2023"
tolerance = 1
weight = 2
source = "csis"
note = "confirmed"

[[event]]
date = 2024-12-04
event = "binding_pact_2024 >= 1"

[[event]]
date = "2025-12-31"
event = "technology >= 3"
happened = false
tolerance = 0
"""


def test_a_table_is_read_line_by_line(tmp_path: Path) -> None:
    seen, binding, technology = read(tmp_path, TABLE)
    assert (seen.day, seen.happened) == (date(2024, 10, 18), True)
    assert (seen.tolerance, seen.weight, seen.line) == (1, 2, 3)
    assert (binding.tolerance, binding.weight, binding.happened) == (2, 1, True)
    assert (technology.tolerance, technology.happened) == (0, False)
    assert technology.condition.comparison == Comparison(">=", 3)
    assert seen.condition.who == (
        Who("dprk", ("actor",)),
        Who("russia", ("towards",)),
        Who("arms_2023", ("subject",)),
    )


def test_a_list_says_the_same_as_a_table(tmp_path: Path) -> None:
    table = read(tmp_path, TABLE)
    listed = read(tmp_path, LIST, "events.toml")
    assert [each.line for each in listed] == [1, 12, 16]
    for one, other in zip(table, listed, strict=True):
        assert vars(one) | {"line": 0} == vars(other) | {"line": 0}


def test_an_event_is_said_in_words(tmp_path: Path) -> None:
    assert [str(event) for event in read(tmp_path, TABLE)] == [
        "2024-10-18: soldiers_seen of arms_2023",
        "2024-12-04: binding_pact_2024 >= 1",
        "2025-12-31: no technology >= 3 so far",
    ]


def test_every_problem_is_reported_with_its_line(tmp_path: Path) -> None:
    text = "date,event,happened,tolerance,weight\n"
    text += "2024-13-01,war,,,\n2024-06-18,war,,,\n2027-06-19,war,,,\n"
    text += "2024-10-18,,,,\n2024-10-18,war by 3,,,\n2024-10-18,not war,,,\n"
    text += "2024-10-18,war,perhaps,,\n2024-10-18,war,,-1,\n2024-10-18,war,,soon,\n"
    text += "2024-10-18,war,,,0\n2024-10-18,war >,,,\n"
    assert problems(tmp_path, text).splitlines() == [
        "events.csv:2: date: should be a date (given: '2024-13-01')",
        "    allowed: year-month-day, such as 2024-10-18",
        "events.csv:3: date: 2024-06-18 is not simulated",
        "    allowed: from 2024-06-19 to before 2027-06-19",
        "events.csv:4: date: 2027-06-19 is not simulated",
        "    allowed: from 2024-06-19 to before 2027-06-19",
        "events.csv:5: event: is empty",
        "    allowed: an event, an alias, or a comparison of a column",
        "events.csv:6: event: 'war by 3' has a month or a 'not' in it",
        "    allowed: the columns date and happened say so",
        "events.csv:7: event: 'not war' has a month or a 'not' in it",
        "    allowed: the columns date and happened say so",
        "events.csv:8: happened: should be yes or no (given: 'perhaps')",
        "events.csv:9: tolerance: '-1' is not possible",
        "    allowed: a number of months, 0 or more",
        "events.csv:10: tolerance: 'soon' is not possible",
        "    allowed: a number of months, 0 or more",
        "events.csv:11: weight: is 0, so that the event counts for nothing",
        "    allowed: a number above 0",
        "events.csv:12: event: a number is needed after >",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "events.csv:1: date: this column is missing"),
        ("date,event\n", "events.csv: has no events"),
        ("date,evnt\n", "events.csv:1: event: this column is missing"),
        ("date,event,date\n", "events.csv:1: date: is a column twice"),
        ("date,event\n2024-10-18\n", "events.csv:2: has 1 cells under 2 columns"),
        ('date,event\n"2024', "events.csv:2: is not CSV: "),
    ],
)
def test_a_table_that_is_none_is_refused(tmp_path: Path, text: str, message: str) -> None:
    assert problems(tmp_path, text).startswith(message)


def test_the_nearest_column_is_suggested(tmp_path: Path) -> None:
    message = problems(tmp_path, "date,event,tolerence\n")
    assert message.startswith(f"events.csv:1: tolerence: is no column\n    allowed: {COLUMNS[0]}")
    assert message.endswith("did you mean 'tolerance'?")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("date = 2024", "events.toml: date: is not expected here\n    allowed: [[event]]"),
        ("event = 3", "events.toml: event: is not expected here"),
        ("[[event]", "events.toml: is not TOML: "),
        ("[[event]]\nevent = 'war'\n", "events.toml:1: date: this column is missing"),
        (
            "\n[[event]]\nevent = 3\ndate = 2024-10-18\n",
            "events.toml:2: event: should be text (given: 3)",
        ),
        (
            "[[event]]\nevent = 'war'\ndate = 2024-10-18T10:00:00\n",
            "events.toml:1: date: should be a date (given: '2024-10-18 10:00:00')",
        ),
        ("", "events.toml: has no events"),
    ],
)
def test_a_list_that_is_none_is_refused(tmp_path: Path, text: str, message: str) -> None:
    assert problems(tmp_path, text, "events.toml").startswith(message)


def test_a_file_that_is_not_there_has_a_nearest_name(tmp_path: Path) -> None:
    (tmp_path / "events.csv").touch()
    with pytest.raises(ScenarioError, match="there is no such file\n    did you mean 'events"):
        read_dated_events(tmp_path / "event.csv", PERIOD)
    (tmp_path / "bytes.csv").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(ScenarioError, match="is not text in UTF-8"):
        read_dated_events(tmp_path / "bytes.csv", PERIOD)
    with pytest.raises(ScenarioError, match="cannot be read: Is a directory"):
        read_dated_events(tmp_path, PERIOD)
