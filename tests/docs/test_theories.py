"""Every theory of honouring has a page, whose numbers are those that the theory declares.

`python -m tests.docs.test_theories` writes the tables of numbers anew.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from sim.model.theory.honouring.interest import INTEREST_NUMBERS, PARTNER_NUMBERS
from sim.output import render_markdown_table
from sim.scenario.schema.quantity import Quantity
from sim.scenario.schema.theories import DEFAULT_THEORY, TheorySpec
from sim.scenario.theories.find import find_theory
from sim.scenario.theories.shipped import SHIPPED
from tests.docs.pages import TOP, in_code_style, text
from tests.docs.test_completeness import PACT

FOLDER = TOP / "docs" / "theories"
OVERVIEW = FOLDER / "rivals.md"
SHARED = {**INTEREST_NUMBERS, **PARTNER_NUMBERS}
RIVALS = tuple(SHIPPED["honour"])
_TABLE = re.compile(r"(?<=<!-- numbers -->\n).*?(?=<!-- end -->)", re.DOTALL)
_SOURCE = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)+")


def page_of(theory: str) -> Path:
    return FOLDER / f"{theory}.md"


def own_numbers(theory: str) -> dict[str, Quantity]:
    """Return the numbers of a theory that it does not share with its rivals."""
    numbers = find_theory("honour", TheorySpec(use=theory)).theory.numbers
    return {name: number for name, number in numbers.items() if name not in SHARED}


def render(numbers: Mapping[str, Quantity]) -> str:
    """Return the table of numbers as a page has it."""
    rows = (
        (
            f"`{name}`",
            f"{number.value:g} ({number.low:g} to {number.high:g})",
            number.unit,
            number.meaning,
            f"{number.grade}; {', '.join(f'`{key}`' for key in number.source)}",
        )
        for name, number in numbers.items()
    )
    return render_markdown_table(("Number", "Value (range)", "Unit", "What it says", "From"), rows)


def expected() -> dict[Path, str]:
    """Return the table of each page that has one."""
    return {OVERVIEW: render(SHARED)} | {page_of(t): render(own_numbers(t)) for t in RIVALS}


@pytest.mark.parametrize("theory", [DEFAULT_THEORY, *RIVALS])
def test_every_theory_has_a_page_that_the_overview_names(theory: str) -> None:
    assert page_of(theory).is_file()
    assert f"[`{theory}`]({theory}.md)" in text(OVERVIEW)


@pytest.mark.parametrize("page", expected(), ids=lambda page: page.stem)
def test_the_numbers_of_a_page_are_those_of_the_theory(page: Path) -> None:
    (table,) = _TABLE.findall(text(page))
    assert table.strip() == expected()[page].strip()


def test_every_source_a_page_cites_is_in_the_bibliography() -> None:
    cited = {w for w in in_code_style(*FOLDER.glob("*.md")) if _SOURCE.fullmatch(w)}
    assert len(cited) > 10
    assert sorted(cited - set(PACT.bibliography)) == []


def main() -> None:
    """Write the tables anew."""
    for page, table in expected().items():
        page.write_text(_TABLE.sub(table, text(page)), encoding="utf-8")


if __name__ == "__main__":
    main()
