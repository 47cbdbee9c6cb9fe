"""What the package, the README and docs/checks.md say of the validation is what is found today."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from sim.experiment.storage.engine_fingerprint import engine_fingerprint
from sim.validation.check import ValidationPart
from sim.validation.current import SUMMARY_FILE, read_current_validation
from sim.validation.json_record import part_to_dict
from sim.validation.run import PARTS
from sim.validation.studies.published import run_published
from sim.validation.words import render_excerpt, render_overview
from tests.docs.pages import README, TOP, text

BEGINS = "<!-- python .ci/renew.py writes what sim validate found from here -->\n"
ENDS = "<!-- to here -->"
RENEW = "python .ci/renew.py writes it anew"


@pytest.fixture(scope="module")
def recorded() -> dict[str, Any]:
    """The record that comes with the package."""
    record: dict[str, Any] = json.loads(SUMMARY_FILE.read_text("utf-8"))
    return record


@pytest.mark.parametrize(
    ("page", "render"),
    [(README, render_overview), (TOP / "docs" / "checks.md", render_excerpt)],
    ids=["README", "checks"],
)
def test_pages_report_the_record(
    page: Path, render: Callable[[Sequence[ValidationPart]], str]
) -> None:
    record = read_current_validation()
    assert record
    excerpt = text(page).split(BEGINS)[1].split(ENDS)[0]
    assert excerpt == f"\n{render([entry.part for entry in record.parts])}\n", RENEW


def test_the_record_has_every_part(recorded: dict[str, Any]) -> None:
    names = [part["name"] for part in recorded["parts"]]
    assert names == [spec.name for spec in PARTS], RENEW


def test_the_record_of_published_results_is_current(recorded: dict[str, Any]) -> None:
    (published,) = [part for part in recorded["parts"] if part["name"] == "published"]
    assert published == json.loads(json.dumps(part_to_dict(run_published()))), RENEW


@pytest.mark.slow
def test_the_record_is_of_todays_engine_and_of_all_its_worlds(recorded: dict[str, Any]) -> None:
    assert recorded["made"]["engine"] == engine_fingerprint(), RENEW
    assert recorded["made"]["quick"] is False
