"""The hindcast as a whole, on few worlds."""

from __future__ import annotations

import csv
import io
from functools import cache
from pathlib import Path

import pytest

from sim.validation.check import Check, ValidationPart
from sim.validation.studies.hindcast import run_hindcast
from sim.validation.studies.hindcast.questions import QUESTION_COLUMNS, read_questions
from sim.validation.studies.hindcast.study import QUICK_QUESTION_WORLDS
from tests.worlds import SCENARIOS

SHIPPED = SCENARIOS / "hindcast" / "questions.csv"
ASKED = read_questions(SHIPPED)
HEADING = ",".join(QUESTION_COLUMNS)


@cache
def part() -> ValidationPart:
    return run_hindcast(SCENARIOS, quick=True)


def lines() -> dict[str, Check]:
    return {check.code: check for check in part().checks}


def own(folder: Path, *questions: str, mapping: str = "") -> ValidationPart:
    """Return what comes of a table of one's own, with a mapping beside it."""
    (folder / "mine.csv").write_text("\n".join([HEADING, *questions]) + "\n")
    if mapping:
        (folder / "mine.toml").write_text(mapping)
    return run_hindcast(SCENARIOS, folder / "mine.csv", quick=True)


def test_every_question_has_its_line_in_the_order_of_the_table() -> None:
    codes = [check.code for check in part().checks]
    assert codes[: len(ASKED)] == [question.id for question in ASKED]
    assert codes == sorted(codes)
    assert {code[:2] for code in codes[len(ASKED) :]} == {"HS"}


def test_what_the_model_cannot_express_is_listed_with_the_reason() -> None:
    assert lines()["H19"].verdict == "left out"
    assert lines()["H19"].says == "The model has no summits."
    assert lines()["H19"].value is None


def test_what_the_scenario_assumes_is_shown_and_kept_out_of_skill() -> None:
    assert lines()["H29"].verdict == "left out"
    assert lines()["H29"].says.startswith("Assumed by the scenario: ")
    assert lines()["H29"].value is not None
    rows = {row["id"]: row for row in part().tables["hindcast_questions"]}
    assert rows["H29"]["in_skill"] is False
    assert rows["H02"]["in_skill"] is True
    assert "H29" not in {row["id"] for row in part().tables["hindcast"]}


def test_a_line_says_what_was_forecast_and_how_it_was_scored() -> None:
    line = lines()["H02"]
    assert line.target == "yes (2024-10-18 / 10-23)"
    assert line.unit == "share of worlds"
    assert line.value is not None
    assert line.low is not None
    assert line.high is not None
    assert 0 <= line.low <= line.value <= line.high <= 1
    assert "Forecast chance: " in line.says
    assert "Brier score " in line.says
    assert "(persistence " in line.says
    assert line.sources == ("csis-timeline",)


def test_every_question_missed_or_behind_both_baselines_has_its_diagnosis() -> None:
    text = {code: line.says for code, line in lines().items() if not code.startswith("HS")}
    assert [code for code, words in text.items() if "no diagnosis" in words] == []
    missed = [code for code, line in lines().items() if line.verdict == "missed"]
    assert [code for code in missed if "Missed: " not in lines()[code].says] == []


def test_no_line_is_marked_as_tuned() -> None:
    assert not any(check.tuned for check in part().checks)


def test_the_diagram_has_all_questions_of_yes_or_no_that_count_and_nothing_else() -> None:
    rows = part().tables["hindcast"]
    counted = [row for row in part().tables["hindcast_questions"] if row["in_skill"]]
    chances = {row["id"]: row["model_chance"] for row in counted if row["model_chance"] is not None}
    assert {row["id"]: row["forecast"] for row in rows} == chances
    assert {row["outcome"] for row in rows} == {0, 1}
    assert all(0 < float(row["forecast"] or 0) < 1 for row in rows)


def test_every_interval_of_ninety_per_cent_holds_that_of_fifty() -> None:
    for row in part().tables["hindcast_questions"]:
        if row["model_50_low"] is not None:
            ends = [
                float(row[f"model_{end}"] or 0)
                for end in ("90_low", "50_low", "50_high", "90_high")
            ]
            assert ends == sorted(ends)


def test_shuffled_answers_leave_no_skill_against_any_reference() -> None:
    shuffled = [float(row["skill_shuffled"] or 0) for row in part().tables["hindcast_placebo"]]
    assert len(shuffled) == 3
    assert max(shuffled) < 0.05


def test_all_tables_are_plain_and_have_the_same_columns_in_every_row() -> None:
    for rows in part().tables.values():
        assert {tuple(row) for row in rows} == {tuple(rows[0])}
        for row in rows:
            assert all(
                cell is None or type(cell) in (str, int, float, bool) for cell in row.values()
            )


def test_the_summary_says_who_beats_whom_and_on_how_few_questions() -> None:
    text = " ".join(part().summary)
    assert f"{len(ASKED)} questions, simulated in {QUICK_QUESTION_WORLDS} worlds" in text
    assert "Overall: the model" in text
    assert "excluded from all skill" in text
    assert "Placebo" in text
    assert "depend on each other" in text


def test_the_shipped_table_elsewhere_keeps_its_mapping_and_comes_out_the_same(
    tmp_path: Path,
) -> None:
    copy, counted = tmp_path / "copy.csv", list[int]()
    copy.write_text(SHIPPED.read_text(encoding="utf-8"), encoding="utf-8")
    assert run_hindcast(SCENARIOS, copy, quick=True, on_progress=counted.append) == part()
    assert counted[-1] == QUICK_QUESTION_WORLDS


def test_a_new_question_is_scored_by_the_mapping_beside_it(tmp_path: Path) -> None:
    own_part = own(
        tmp_path,
        "Q1,2024-06-19,2025-06-18,binary,Does a new war break out in Korea?,no,high,F,recalled,",
        mapping='[Q1]\nreads = { worlds = "war_korea" }\n'
        'persistence = { happened = 0, months = 12, source = "x", mark = "K", how = "none" }',
    )
    (line, *skill) = own_part.checks
    assert (line.code, line.verdict) == ("Q1", "met")
    assert line.value is not None
    assert line.value < 0.1
    assert [check.code for check in skill] == ["HS1", "HS2"]
    assert all(check.verdict == "undecided" for check in skill)  # of one question nothing follows


def test_a_new_question_without_a_mapping_is_listed_as_such(tmp_path: Path) -> None:
    own_part = own(tmp_path, "Q1,2024-06-19,2025-06-18,binary,Will it rain?,no,high,F,recalled,")
    assert [check.verdict for check in own_part.checks] == ["left out"]
    assert own_part.checks[0].says == "Not forecast: the question has no mapping."
    assert any(text.startswith("No question could be scored") for text in own_part.summary)


def test_a_question_with_a_known_id_and_other_words_keeps_no_shipped_mapping(
    tmp_path: Path,
) -> None:
    own_part = own(tmp_path, "H02,2024-06-19,2025-06-18,binary,Will it rain?,no,high,F,recalled,")
    assert "the question has no mapping" in own_part.checks[0].says


def test_a_question_not_decided_yet_has_a_forecast_and_no_score(tmp_path: Path) -> None:
    own_part = own(
        tmp_path,
        "Q1,2024-06-19,2025-06-18,count,How many disputes in Korea?,,,,,",
        mapping='[Q1]\nunit = "disputes"\n'
        'reads = { events = [{ event = "challenge", subject = "korea" }] }',
    )
    (line,) = own_part.checks
    assert (line.verdict, line.target, line.unit) == ("undecided", "not yet known", "disputes")
    assert "% of worlds within" in line.says
    assert "score" not in line.says
    assert own_part.tables["hindcast"] == []


def test_a_question_that_arises_in_no_world_is_left_without_a_forecast(tmp_path: Path) -> None:
    own_part = own(
        tmp_path,
        "Q1,2024-06-19,2025-06-18,date,Months from bomb to peace in Tokyo?,3,high,F,x,",
        mapping='[Q1]\nreads = { first = [{ event = "peace", actor = "japan" }], '
        'after = [{ event = "nuclear_use", actor = "japan" }] }',
    )
    assert "does not arise in any world" in own_part.checks[0].says
    assert own_part.checks[0].value is None


@pytest.mark.parametrize(("chance", "low", "high"), [("1.0", 30, 60), ("0.1", 3, 6)])
def test_a_count_of_which_only_some_is_meant_is_thinned(
    tmp_path: Path, chance: str, low: float, high: float
) -> None:
    own_part = own(
        tmp_path,
        "Q1,2024-06-19,2025-06-18,count,How many of them?,1,high,F,x,",
        mapping=f"[Q1]\nchance = {chance}\n"
        'reads = { events = [{ event = "provocation" }], times = true }',
    )
    value = own_part.checks[0].value
    assert value is not None
    assert low < value < high  # 3.7 a month had been the usual, 44 in a year


def test_a_table_that_a_spreadsheet_wrote_is_read(tmp_path: Path) -> None:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(QUESTION_COLUMNS)
    writer.writerow(["Q1", "2024-06-19", "2025-06-18", "binary", "A, b?", "no", "", "", "x; y", ""])
    (tmp_path / "mine.csv").write_bytes(b"\xef\xbb\xbf" + out.getvalue().encode())
    (question,) = read_questions(tmp_path / "mine.csv")
    assert question.question == "A, b?"
