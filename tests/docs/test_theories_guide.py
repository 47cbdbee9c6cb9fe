"""The theory in the guide is short, is accepted as it stands there, and the guide is complete."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sim.scenario.load import load_scenario
from sim.scenario.theories.permission import allowing_code
from sim.theories import HonourCase
from tests.docs.pages import TOP

GUIDE = (TOP / "docs/theories.md").read_text("utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", GUIDE, re.DOTALL)


def block(kind: str, part: str) -> str:
    """Return the block of a kind that holds some text."""
    [found] = [text for name, text in BLOCKS if name == kind and part in text]
    return found


def test_the_theory_in_the_guide_is_short_and_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = block("python", "class AudienceCost")
    assert len(code.splitlines()) < 40
    (tmp_path / "my_rules.py").write_text(code, "utf-8")
    (tmp_path / "mine.toml").write_text(block("toml", "my_rules.py"), "utf-8")
    monkeypatch.chdir(tmp_path)
    with allowing_code():
        scenario = load_scenario(Path("mine.toml")).scenario
    assert scenario.theories.honour is not None
    assert list(scenario.theories.honour.numbers) == ["interest", "cost"]


def test_the_guide_names_every_fact_of_honouring() -> None:
    table = GUIDE.partition("## The facts of a case")[2].partition("## Mistakes")[0]
    assert set(re.findall(r"`([a-z_]+)`", table)) >= HonourCase.fact_names()


def test_a_case_made_by_hand_has_the_facts_given_and_no_others() -> None:
    case = HonourCase.of(aid_due=1.0, worth=[0.2, 0.9])  # type: ignore[arg-type]
    assert case.size == 2
    assert case.aid_due.tolist() == [1.0, 1.0]
    assert case.reputation.tolist() == [0.0, 0.0]
    with pytest.raises(AttributeError, match="there is no fact 'wort'; did you mean 'worth'"):
        HonourCase.of(wort=1.0)
