"""The theory in the guide is short, is accepted as it stands there, and the guide is complete."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from sim.model.theory.cases import PLACES
from sim.model.theory.fact_ranges import FACT_RANGES, usual_range
from sim.scenario.load import load_scenario
from sim.scenario.schema.quantity import Grade
from sim.scenario.theories.permission import allowing_code
from sim.theories import HonourCase, Number
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


_ROW = re.compile(r"^\| `(\w+)` \| [^|]+ \| ([^|]+) \| (\S+) (?:to|or) (\S+) \|$", re.MULTILINE)
FACTS = _ROW.findall(GUIDE)
"""Name, unit, least and most of every fact in the table."""


def test_the_table_of_facts_has_every_fact_of_honouring_once() -> None:
    names = [name for name, *_ in FACTS]
    assert sorted(names) == sorted(HonourCase.fact_names())


@pytest.mark.parametrize(("name", "unit", "low", "high"), FACTS)
def test_the_range_of_a_fact_in_the_table_is_that_of_made_up_cases(
    name: str, unit: str, low: str, high: str
) -> None:
    assert unit
    assert usual_range(name) == (float(low), float(high.replace(",", "")))


def test_the_guide_says_which_grades_there_are_and_all_that_a_number_needs() -> None:
    table = GUIDE.partition("## What a number and a term say")[2].partition("## What a fun")[0]
    assert set(re.findall(r'`"(\w+)"`', table)) == set(Grade)
    needed = {name for name, field in Number.model_fields.items() if field.is_required()}
    assert set(re.findall(r"`(\w+)`", table)) >= {*needed, "meaning"}


def test_a_fact_is_looked_at_as_the_guide_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "my_rules.py").write_text(block("python", "class AudienceCost"), "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    exec(block("python", "SimpleNamespace"), {})
    monkeypatch.delitem(sys.modules, "my_rules")
    assert "'audience': array([1.6, 1.6])" in capsys.readouterr().out


def test_every_usual_range_is_of_a_fact() -> None:
    cases = [case for choices in PLACES.values() for case in choices.values()]
    assert set(FACT_RANGES) <= set().union(*(case.fact_names() for case in cases))
    assert all(low < high for low, high in FACT_RANGES.values())


def test_a_case_made_by_hand_has_the_facts_given_and_no_others() -> None:
    case = HonourCase.of(aid_due=1.0, worth=[0.2, 0.9])  # type: ignore[arg-type]
    assert case.size == 2
    assert case.aid_due.tolist() == [1.0, 1.0]
    assert case.reputation.tolist() == [0.0, 0.0]
    with pytest.raises(AttributeError, match="there is no fact 'wort'; did you mean 'worth'"):
        HonourCase.of(wort=1.0)
