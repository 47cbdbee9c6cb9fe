"""Mappings: what they may contain, and how faults are reported."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.errors import ScenarioError
from sim.model.recording.events import EVENTS
from sim.validation.studies.hindcast import run_hindcast
from sim.validation.studies.hindcast.mapping import QuestionMapping, read_mappings
from sim.validation.studies.hindcast.questions import QUESTION_COLUMNS
from tests.model.recording.recorded_events import recorded_events
from tests.worlds import SCENARIOS

TOP = SCENARIOS.parent
NAMES = [file.stem for file in SCENARIOS.glob("*.toml")]
BINARY = "Q1,2024-06-19,2024-12-31,binary,Will it?,no,high,F,recalled,"
COUNT = BINARY.replace("binary", "count").replace(",no,", ",3,")
DATE = COUNT.replace("count", "date")
READS = 'reads = { events = [{ event = "troops_seen" }] }'
RECORD = 'source = "x", mark = "F", how = "counted"'


def error_message(folder: Path, mapping: str, line: str = BINARY) -> str:
    """Return what is said of a mapping of question Q1, which begins on line 2."""
    (folder / "mine.csv").write_text(",".join(QUESTION_COLUMNS) + "\n" + line + "\n")
    (folder / "mine.toml").write_text(f"[Q1]\n{mapping}\n")
    with pytest.raises(ScenarioError) as caught:
        run_hindcast(SCENARIOS, folder / "mine.csv", quick=True)
    assert caught.value.exit_code == 2
    return str(caught.value).replace(f"{folder}/", "")


@pytest.mark.parametrize(
    ("mapping", "message"),
    [
        (
            "reeds = 1",
            (
                "mine.toml:2: Q1.reeds: unknown key\n"
                f"    allowed: {', '.join(QuestionMapping.model_fields)}; did you mean 'reads'?"
            ),
        ),
        (
            "group = 'a'",
            (
                "mine.toml:1: Q1: has to be read or left out\n"
                "    allowed: `reads`, or `left_out` with the reason"
            ),
        ),
        (
            'reads = { events = [{ event = "troops_sen" }] }',
            (
                "mine.toml:2: Q1.reads.events.event: 'troops_sen' is not a known event\n"
                f"    allowed: one of {len(EVENTS)}; did you mean 'troops_sent'?"
            ),
        ),
        (
            'reads = { events = [{ event = "war", actor = "rusia" }] }',
            (
                "mine.toml:2: Q1.reads.events.actor: 'rusia' is not a known actor\n"
                "    allowed: russia, dprk, usa, rok, japan, china, ukraine, nato_europe; "
                "did you mean 'russia'?"
            ),
        ),
        (
            'reads = { events = [{ event = "war", subject = "corea" }] }',
            (
                "mine.toml:2: Q1.reads.events.subject: 'corea' is not a known subject\n"
                "    allowed: one of 41; did you mean 'korea'?"
            ),
        ),
        (
            'reads = { worlds = "troops_arms" }',
            "'troops_arms' is not a known column of worlds",
        ),
        (
            'reads = { months = "present_arms" }',
            "did you mean 'present_arms_2023'?",
        ),
        (
            'reads = { months = "present_arms_2023", at = "highst" }',
            (
                "mine.toml:2: Q1.reads.at: 'highst' is not one of the words allowed\n"
                "    allowed: end, highest, total; did you mean 'highest'?"
            ),
        ),
        (
            'reads = { months = "rung_korea", worlds = "war_korea" }',
            (
                "mine.toml:2: Q1.reads: has to read exactly one thing\n"
                "    allowed: one of events, first, months, worlds"
            ),
        ),
        (
            'reads = { worlds = "war_korea", after = [{ event = "war" }] }',
            (
                "mine.toml:2: Q1.reads: `after` has no effect without `first`\n"
                "    allowed: `first` beside it"
            ),
        ),
        (
            f"scenario = 'pakt'\n{READS}",
            (
                "mine.toml:2: Q1.scenario: 'pakt' is not a known scenario\n"
                f"    allowed: one of {len(NAMES)}; did you mean 'pact'?"
            ),
        ),
        (
            f"{READS}\nat_least = 1\nbelow = 3",
            "mine.toml:1: Q1: has two limits, at_least and below\n    allowed: at most one of them",
        ),
        (f"{READS}\nchance = 1.5", "mine.toml:3: Q1.chance: "),
        (
            f"{READS}\npersistence = {{ happened = 1, {RECORD} }}",
            (
                "mine.toml:3: Q1.persistence: has to be exactly one record\n"
                "    allowed: happened and months; happened and cases; or values"
            ),
        ),
        (
            f"{READS}\nbase_rate = {{ happened = 3, cases = 2, {RECORD} }}",
            (
                "mine.toml:3: Q1.base_rate: more events than cases\n"
                "    allowed: happened up to cases"
            ),
        ),
        (
            f"{READS}\nbase_rate = {{ values = [1, 2], {RECORD} }}",
            (
                "mine.toml:3: Q1.base_rate: gives no chance\n"
                "    allowed: happened and months; or happened and cases"
            ),
        ),
        ("reads = [", "mine.toml:2: is not TOML"),
        (
            f"{READS}\n[Q11]\n{READS}",
            (
                "mine.toml:3: Q11: answers a question that is not in the table\n"
                "    allowed: ids of its 1 questions; did you mean 'Q1'?"
            ),
        ),
    ],
)
def test_a_slip_is_reported_with_line_key_what_is_allowed_and_the_nearest_name(
    tmp_path: Path, mapping: str, message: str
) -> None:
    assert message in error_message(tmp_path, mapping)


@pytest.mark.parametrize(
    ("line", "mapping", "message"),
    [
        (
            COUNT,
            f"{READS}\nat_least = 1",
            "mine.toml:3: Q1.at_least: answers by yes or no, and Q1 is a question of kind count",
        ),
        (
            COUNT,
            f"{READS}\nbase_rate = {{ happened = 1, cases = 2, {RECORD} }}",
            (
                "mine.toml:3: Q1.base_rate: gives no number\n"
                "    allowed: happened and months; or values"
            ),
        ),
        (
            DATE,
            f"{READS.replace('events', 'first')}\nchance = 0.5",
            "mine.toml:3: Q1.chance: applies only to yes-or-no questions and to counts",
        ),
        (
            DATE,
            READS,
            (
                "mine.toml:2: Q1.reads: counts no months, and Q1 asks for a date\n"
                "    allowed: reads = { first = [...] }"
            ),
        ),
        (
            BINARY.replace("2024-06-19", "2023-06-19").replace("2024-12-31", "2023-12-31"),
            READS,
            (
                "mine.csv:2: resolve_by: no month lies between 2023-06-19 and 2023-12-31\n"
                "    allowed: at least half of a month, from 2024-06-19 to 2074-06-19"
            ),
        ),
        (
            BINARY.replace("2024-12-31", "2099-12-31"),
            READS,
            (
                "mine.csv:2: resolve_by: 2099-12-31 lies in month 906\n"
                "    allowed: at least half of a month, from 2024-06-19 to 2074-06-19"
            ),
        ),
    ],
)
def test_words_that_do_not_fit_the_question_are_reported(
    tmp_path: Path, line: str, mapping: str, message: str
) -> None:
    assert error_message(tmp_path, mapping, line) == message


def test_a_reading_over_no_month_is_reported(tmp_path: Path) -> None:
    mapping = 'reads = { months = "rung_korea", until = 2024-06-20 }'
    assert error_message(tmp_path, mapping) == (
        "mine.toml:2: Q1.reads.until: no month lies between 2024-06-19 and 2024-06-20\n"
        "    allowed: at least half of a month, from 2024-06-19 to 2074-06-19"
    )


def test_all_slips_are_reported_at_once(tmp_path: Path) -> None:
    mapping = 'reads = { events = [{ event = "x", actor = "y", subject = "z" }] }'
    assert error_message(tmp_path, mapping).count("is not a known") == 3


def test_nothing_is_simulated_before_all_names_are_known_to_be_there(tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text(",".join(QUESTION_COLUMNS) + "\n" + BINARY + "\n")
    (tmp_path / "mine.toml").write_text('[Q1]\nreads = { worlds = "nothing" }\n')
    counted: list[int] = []
    with pytest.raises(ScenarioError):
        run_hindcast(SCENARIOS, tmp_path / "mine.csv", quick=True, on_progress=counted.append)
    assert counted == []


def test_a_mapping_is_read_with_its_baselines(tmp_path: Path) -> None:
    file = tmp_path / "m.toml"
    file.write_text(f"[Q1]\n{READS}\npersistence = {{ happened = 2, months = 12, {RECORD} }}\n")
    mapping = read_mappings(file)[0]["Q1"]
    assert mapping.reads
    assert mapping.reads.events[0].event == "troops_seen"
    assert mapping.persistence
    assert (mapping.persistence.happened, mapping.persistence.months) == (2, 12)


def test_the_events_that_may_be_named_are_those_of_the_chronicle() -> None:
    assert recorded_events() | {"victory", "peace", "ceasefire"} == set(EVENTS)
