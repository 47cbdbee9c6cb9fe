"""The validation in the package and in the README is that of this version."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sim.experiment.engine import engine_fingerprint
from sim.validation.current import SUMMARY_FILE, read_current_validation
from sim.validation.json_record import part_to_dict
from sim.validation.run import PARTS
from sim.validation.studies.published import run_published
from sim.validation.words import render_excerpt
from tests.docs.pages import README, text

BEGINS = "<!-- python .ci/renew.py writes what sim validate found from here -->\n"
ENDS = "<!-- to here -->"
RENEW = "python .ci/renew.py writes it anew"


@pytest.fixture(scope="module")
def recorded() -> dict[str, Any]:
    """The record that comes with the package."""
    record: dict[str, Any] = json.loads(SUMMARY_FILE.read_text("utf-8"))
    return record


def test_the_readme_shows_the_record() -> None:
    current = read_current_validation()
    assert current
    excerpt = text(README).split(BEGINS)[1].split(ENDS)[0]
    assert excerpt == f"\n{render_excerpt([part.part for part in current.parts])}\n", RENEW


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
