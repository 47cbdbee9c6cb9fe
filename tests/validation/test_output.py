"""A validation as text, as files and as a record that can be read again."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import RequestError, ResultsError
from sim.output import render_csv
from sim.validation.check import Check, ValidationPart, Verdict
from sim.validation.current import read_current_validation
from sim.validation.json_record import build_record, render_record
from sim.validation.output import open_output_folder, render_files, write_files
from sim.validation.run import Validation
from sim.validation.words import (
    format_value,
    format_verdict,
    render_checks,
    render_excerpt,
    render_overview,
    render_validation_page,
)


def check(code: str = "P1", verdict: Verdict = "met", **changed: Any) -> Check:
    fields: dict[str, Any] = {"code": code, "claim": "Pacts deter.", "target": ".60 to .85"}
    fields |= {"value": 0.7, "verdict": verdict}
    return Check(**fields | changed)


MISSED = check("P2", "missed", value=1.25, low=1.1, high=1.4, unit="times as many", says="Too hot.")
OUT = check("P3", "left out", value=None, says="No such piece.", sources=("benson-2011",))
PART = ValidationPart(
    name="patterns",
    title="Patterns",
    summary=("One of three is met.",),
    checks=(check(), MISSED, OUT),
    tables={"rates": [{"a": 1, "b": None}, {"a": 2, "c": "x"}]},
)


# -- words ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "rendered"),
    [
        ({"value": None}, ""),
        ({"value": 0.70249}, "0.702"),
        ({"value": 10, "unit": "of 12 figures agree"}, "10 of 12 figures agree"),
        ({"value": 0.5, "low": 0.25, "high": 0.75, "unit": "share"}, "0.5 (0.25 to 0.75) share"),
        ({"value": 47945.0}, "47,945"),
        ({"value": float("nan")}, "too few to say"),
        ({"value": -0.00012}, "-0.00012"),
    ],
)
def test_a_figure_has_its_interval_and_unit(changed: dict[str, Any], rendered: str) -> None:
    assert format_value(check(**changed)) == rendered


def test_a_check_that_was_calibrated_on_is_labelled() -> None:
    assert (format_verdict(check()), format_verdict(check(tuned=True))) == (
        "met",
        "met, calibrated on",
    )


def test_counts_are_columns() -> None:
    assert render_overview([PART]).splitlines() == [
        "| Part | Met | Missed | Undecided | Left out |",
        "| --- | --- | --- | --- | --- |",
        "| Patterns | 1 | 1 | 0 | 1 |",
    ]


def test_a_cell_cannot_break_its_table() -> None:
    odd = ValidationPart(name="p", title="P", summary=(), checks=(check(claim="a|b\nc <b> d\\"),))
    assert render_checks(odd).splitlines()[2] == (
        r"| P1 | a\|b c &lt;b> d\\ | .60 to .85 | 0.7 | met |"
    )


def test_an_excerpt_has_what_was_missed_and_why() -> None:
    rendered = render_excerpt([PART])
    assert "- **Patterns.** One of three is met.\n" in rendered
    assert "<summary>All 3 checks</summary>" in rendered
    assert "- **P2, missed.** Too hot.\n- **P3, left out.** No such piece.\n" in rendered


def test_a_page_has_every_note_with_its_sources() -> None:
    rendered = render_validation_page([PART], "Made by hand.")
    assert rendered.startswith("# Validation\n\nMade by hand.\n\n| Part |")
    assert "- **P3** No such piece. (`benson-2011`)\n" in rendered


# -- the record -----------------------------------------------------------------------------


def test_a_record_can_be_read_again(tmp_path: Path) -> None:
    file = tmp_path / "current.json"
    file.write_text(
        render_record(build_record(Validation((PART,), (), 7), quick=True, seed=3)), "utf-8"
    )
    current = read_current_validation(file)
    assert current
    (part,) = current.parts
    assert (part.name, part.title, part.summary) == (PART.name, PART.title, PART.summary)
    assert (part.part.checks, part.counts) == (PART.checks, PART.counts)
    assert current.made["worlds"] == 7


def test_a_record_says_how_it_was_made() -> None:
    provenance = build_record(Validation((), (), 7), quick=True, seed=3)["made"]
    assert set(provenance) == {"version", "engine", "seed", "worlds", "quick"}
    assert (provenance["seed"], provenance["worlds"], provenance["quick"]) == (3, 7, True)


def test_a_record_holds_no_more_figures_than_processors_agree_on() -> None:
    odd = ValidationPart(
        name="p", title="P", summary=(), checks=(check(value=1 / 3, low=float("nan")),)
    )
    (record,) = build_record(Validation((odd,), (), 0), quick=False, seed=None)["parts"]
    assert (record["checks"][0]["value"], record["checks"][0]["low"]) == (0.333333, None)


texts = st.text("ab,\"'\n|;", min_size=1)
rows = st.lists(st.fixed_dictionaries({"a": st.integers()}, optional={"b": texts, "c": texts}))


@given(rows)
def test_a_table_keeps_every_row_and_what_is_in_it(rows: list[dict[str, Any]]) -> None:
    read = list(csv.DictReader(StringIO(render_csv(rows))))
    filled = [{name: cell for name, cell in row.items() if cell} for row in read]
    assert filled == [{name: str(cell) for name, cell in row.items()} for row in rows]


# -- the folder -----------------------------------------------------------------------------


def written(folder: Path, *, force: bool = False) -> None:
    recorded = build_record(Validation((PART,), (), 7), quick=False, seed=3)
    with open_output_folder(folder, force=force) as draft:
        write_files(draft, render_files([PART], recorded, "Made by hand."))


def test_a_folder_has_a_page_a_record_and_every_table(tmp_path: Path) -> None:
    written(tmp_path / "v")
    names = {"validation.md", "validation.json", "checks.csv", "rates.csv"}
    assert {file.name for file in (tmp_path / "v").iterdir()} == names
    assert (tmp_path / "v" / "rates.csv").read_text() == "a,b,c\n1,,\n2,,x\n"
    with (tmp_path / "v" / "checks.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert [row["code"] for row in rows] == ["P1", "P2", "P3"]
    assert {row["part"] for row in rows} == {"patterns"}
    assert rows[2]["sources"] == "benson-2011"
    json.loads((tmp_path / "v" / "validation.json").read_text())


def test_an_earlier_validation_is_replaced_only_with_force(tmp_path: Path) -> None:
    written(tmp_path / "v")
    (tmp_path / "v" / "old.csv").write_text("old")
    with pytest.raises(RequestError, match="already exists; --force replaces it"):
        written(tmp_path / "v")
    assert (tmp_path / "v" / "old.csv").exists()
    written(tmp_path / "v", force=True)
    assert not (tmp_path / "v" / "old.csv").exists()


def test_an_unwritable_folder_is_reported_before_anything_is_computed(
    tmp_path: Path,
) -> None:
    (tmp_path / "file").write_text("mine")
    with (
        pytest.raises(ResultsError, match="choose a folder of your own with --out"),
        open_output_folder(tmp_path / "file" / "v", force=False),
    ):
        pytest.fail("the body must not begin")


@pytest.mark.parametrize("force", [True, False])
def test_nothing_else_is_ever_replaced(tmp_path: Path, force: bool) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    for there in (tmp_path, tmp_path / "mine.txt"):
        with pytest.raises(RequestError, match="already exists, and is no validation"):
            written(there, force=force)
    assert (tmp_path / "mine.txt").read_text() == "mine"
