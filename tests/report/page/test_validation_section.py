"""The page says how the model fared when it was validated, or plainly that it does not know."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pydantic import ValidationError

from sim.report.page import page as pages
from sim.report.page.page import render_page, write_page
from sim.report.page.validation_section import build_validation_section
from sim.report.run_view import Run
from sim.validation.current import CurrentValidation, read_current_validation
from tests.report.page.html import Page

FOUND = {
    "parts": [
        {
            "name": "published",
            "title": "Published results",
            "summary": ["12 of 13 results come out.", "One does not: <i>loops</i>."],
            "counts": {"met": 12, "missed": 1},
        },
        {
            "name": "hindcast",
            "title": "What happened since",
            "summary": [],
            "counts": {"met": 3, "missed": 4, "undecided": 2, "left out": 1},
        },
    ],
    "made": {"version": "0.1.0", "engine": 64 * "e", "seed": None, "worlds": 2000, "quick": False},
}


def summary(**changed: object) -> CurrentValidation:
    return CurrentValidation.model_validate(FOUND | changed)


def test_a_summary_that_is_there_is_read(tmp_path: Path) -> None:
    file = tmp_path / "current.json"
    file.write_text(json.dumps(FOUND), "utf-8")
    validation = read_current_validation(file)
    assert validation == summary()
    assert validation
    assert validation.parts[1].counts["left out"] == 1


def test_where_there_is_none_nothing_is_claimed(tmp_path: Path, single_run: list[Run]) -> None:
    assert read_current_validation(tmp_path / "current.json") is None
    text = Page(render_page(single_run)).text
    assert "This version of sim comes without a summary of the model's validation" in text


def test_a_verdict_that_is_none_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "current.json"
    parts = [FOUND["parts"][0] | {"counts": {"nearly": 1}}]  # type: ignore[index]
    file.write_text(json.dumps(FOUND | {"parts": parts}), "utf-8")
    with pytest.raises(ValidationError, match="'met', 'missed', 'undecided' or 'left out'"):
        read_current_validation(file)


def test_verdicts_are_counted_part_by_part_and_together(single_run: list[Run]) -> None:
    shown = build_validation_section(summary(), single_run)
    assert shown.rows == [
        ("Published results", [12, 1, 0, 0]),
        ("What happened since", [3, 4, 2, 1]),
        ("All together", [15, 5, 2, 1]),
    ]


def test_a_part_alone_is_not_added_up(single_run: list[Run]) -> None:
    assert len(build_validation_section(summary(parts=FOUND["parts"][:1]), single_run).rows) == 1  # type: ignore[index]


def test_the_page_reports_the_summary_and_how_it_was_made(single_run: list[Run]) -> None:
    text = Page(render_page(single_run, validation=summary())).text
    assert "12 of 13 results come out. One does not: <i>loops</i>." in text
    assert "Validated with version 0.1.0, engine eeeeeeee, worlds 2000." in text
    assert "comes without a summary of the model's validation" not in text


def test_worlds_of_another_engine_than_the_one_validated_are_named(single_run: list[Run]) -> None:
    (_, other) = build_validation_section(summary(), single_run).notes
    assert other == (
        "The engine has changed between this validation and the simulation of The strait."
    )
    same = build_validation_section(
        summary(made={"engine": single_run[0].results.engine}), single_run
    )
    assert len(same.notes) == 1


def test_the_page_that_is_written_has_what_comes_with_the_package(
    pact: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "read_current_validation", summary)
    write_page([pact], tmp_path / "page.html")
    assert "12 of 13 results come out." in (tmp_path / "page.html").read_text("utf-8")


def test_every_check_stands_on_the_page_with_its_verdict_and_its_diagnosis(
    single_run: list[Run],
) -> None:
    check = {
        "code": "P3",
        "claim": "Half of all challenges are met.",
        "target": "0.49 to 0.515",
        "value": 0.4312,
        "low": 0.42,
        "high": 0.44,
        "unit": "share",
        "verdict": "missed",
        "says": "Too few: <b>the</b> bold yield.",
    }
    part = FOUND["parts"][0] | {"checks": [check]}  # type: ignore[index]
    text = Page(render_page(single_run, validation=summary(parts=[part]))).text
    assert "P3 Half of all challenges are met. Too few: <b>the</b> bold yield." in text
    assert "0.49 to 0.515 0.431 (0.42 to 0.44) share missed" in text
