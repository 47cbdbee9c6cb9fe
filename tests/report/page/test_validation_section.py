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
    found = read_current_validation(file)
    assert found == summary()
    assert found
    assert found.parts[1].counts["left out"] == 1


def test_where_there_is_none_nothing_is_claimed(tmp_path: Path, one: list[Run]) -> None:
    assert read_current_validation(tmp_path / "current.json") is None
    text = Page(render_page(one)).text
    assert "No summary of the model's validation comes with this version of sim" in text


def test_a_verdict_that_is_none_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "current.json"
    parts = [FOUND["parts"][0] | {"counts": {"nearly": 1}}]  # type: ignore[index]
    file.write_text(json.dumps(FOUND | {"parts": parts}), "utf-8")
    with pytest.raises(ValidationError, match="'met', 'missed', 'undecided' or 'left out'"):
        read_current_validation(file)


def test_verdicts_are_counted_part_by_part_and_together(one: list[Run]) -> None:
    shown = build_validation_section(summary(), one)
    assert shown.rows == [
        ("Published results", [12, 1, 0, 0]),
        ("What happened since", [3, 4, 2, 1]),
        ("All together", [15, 5, 2, 1]),
    ]


def test_a_part_alone_is_not_added_up(one: list[Run]) -> None:
    assert len(build_validation_section(summary(parts=FOUND["parts"][:1]), one).rows) == 1  # type: ignore[index]


def test_the_page_tells_the_summary_and_how_it_was_made(one: list[Run]) -> None:
    text = Page(render_page(one, validation=summary())).text
    assert "12 of 13 results come out. One does not: <i>loops</i>." in text
    assert "How it was made: version 0.1.0, engine eeeeeeee, worlds 2000." in text
    assert "No summary of the model's validation" not in text


def test_worlds_of_another_engine_than_the_one_validated_are_named(one: list[Run]) -> None:
    (_, other) = build_validation_section(summary(), one).notes
    assert other == (
        "It was made of another version of the engine than the one that lived The strait."
    )
    same = build_validation_section(summary(made={"engine": one[0].results.engine}), one)
    assert len(same.notes) == 1


def test_the_page_that_is_written_has_what_comes_with_the_package(
    pact: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "read_current_validation", summary)
    write_page([pact], tmp_path / "page.html")
    assert "12 of 13 results come out." in (tmp_path / "page.html").read_text("utf-8")


def test_every_check_stands_on_the_page_with_its_verdict_and_its_diagnosis(one: list[Run]) -> None:
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
    text = Page(render_page(one, validation=summary(parts=[part]))).text
    assert "P3 Half of all challenges are met. Too few: <b>the</b> bold yield." in text
    assert "0.49 to 0.515 0.431 (0.42 to 0.44) share missed" in text
