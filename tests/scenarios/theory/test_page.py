"""docs/theory.md is what the script writes from today's engine, scenarios and published claims."""

from __future__ import annotations

import re

import pytest

from sim.experiment.storage.engine_fingerprint import engine_fingerprint
from tests.docs.pages import TOP, text
from tests.scenarios.theory.four_states import script

PAGE = TOP / "docs" / "theory.md"
RENEW = "python .ci/theory.py writes it anew"


def test_it_was_made_from_the_scenarios_and_claims_as_they_are() -> None:
    assert f"inputs `{script('theory').hash_inputs()[:12]}`" in text(PAGE), RENEW


def test_it_has_every_claim_once_and_a_diagnosis_of_every_one_that_is_missed() -> None:
    rows = dict(re.findall(r"^\| (\w+) \| .* \| ([^|]+) \|$", text(PAGE), re.MULTILINE))
    claims = script("theory_effects").read_claims()
    assert {claim.row["code"] for claim in claims} <= {*rows}
    for claim in claims:
        code = claim.row["code"]
        if rows[code].startswith("missed"):
            assert f"- **{code}.** " in text(PAGE), code


@pytest.mark.slow
def test_it_is_of_todays_engine() -> None:
    assert f"Engine `{engine_fingerprint()[:12]}`" in text(PAGE), RENEW


@pytest.mark.slow
def test_the_sizes_of_its_first_claims_are_those_computed_today() -> None:
    claims = [
        claim
        for claim in script("theory_effects").read_claims()
        if claim.row["code"] in {"D1", "E1", "R1"}
    ]
    for line in "".join(script("theory").render_claims(claims)).splitlines():
        assert line in text(PAGE), RENEW


def test_a_page_is_renewed_in_its_places_and_nowhere_else() -> None:
    page = (
        "# A\n<!-- python .ci/theory.py writes the claims from here -->\nold\n<!-- to here -->\nb\n"
    )
    renewed = script("theory").replace_parts(page, {"claims": "| new |\n"})
    assert renewed == page.replace("old\n", "\n| new |\n\n")
