"""The tables of docs/pacts.md are those of the part.

`python -m tests.validation.studies.treaties.test_page` writes them anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest

from sim.output import render_markdown_table
from sim.validation.check import TableRow, ValidationPart
from sim.validation.studies.treaties.record import CLASSES
from sim.validation.studies.treaties.rule import read_shipped_rule
from sim.validation.studies.treaties.study import build_tables
from sim.validation.studies.treaties.tables import show_rates
from tests.docs.pages import TOP
from tests.validation.studies.treaties.handmade import RECORD
from tests.worlds import SCENARIOS

PAGE = TOP / "docs" / "pacts.md"
END = "<!-- end -->"
NAMES = ("rates", "ranking", "levels", "ends", "own")
Tables = dict[str, list[TableRow]]


def years(row: TableRow) -> str:
    return f"{row['first_year']}-{row['last_year']}"


def ranking_lines(tables: Tables) -> Iterator[tuple[str, ...]]:
    rows = [row for row in tables["treaties_ranking"] if row["by"] == "cells"]
    for name in dict.fromkeys(map(years, rows)):
        by_class = {row["class"]: row for row in rows if years(row) == name}
        cells = (by_class[pact_class] for pact_class in CLASSES)
        yield name, *(f"{c['auc']:.2f} ({c['signed']})" if c["signed"] else "none" for c in cells)


def level_lines(tables: Tables) -> Iterator[tuple[str, ...]]:
    rows = tables["treaties_levels"]
    for name in dict.fromkeys(map(years, rows)):
        by_class = {row["class"]: row for row in rows if years(row) == name}
        yield name, *(level(by_class.get(pact_class)) for pact_class in CLASSES)


def level(row: TableRow | None) -> str:
    if row is None:
        return "not counted"
    return f"{row['signed']}; {row['expected']:.2g} ({row['low']:.0f} to {row['high']:.0f})"


def end_lines(tables: Tables) -> Iterator[tuple[str, ...]]:
    rows = tables["treaties_ends"]
    for pact_class, name in dict.fromkeys((str(row["class"]), years(row)) for row in rows):
        ways = [row for row in rows if (row["class"], years(row)) == (pact_class, name)]
        rates = (f"{row['rate']:.4f} ({row['low']:.4f} to {row['high']:.4f})" for row in ways)
        yield pact_class, name, f"{ways[0]['treaty_years']:,}", *rates


def own_lines(tables: Tables) -> Iterator[tuple[str, ...]]:
    for row in tables["treaties_own"]:
        if row["signed"]:
            pair = f"{row['a']}, {row['b']}"
            yield (
                pair,
                str(row["class"]),
                str(row["years"]),
                f"{row['expected']:.3f}",
                str(row["signed"]),
            )


def render(name: str, tables: Tables) -> str:
    """Return a table as the page has it, by the name of its mark."""
    rule = read_shipped_rule(SCENARIOS)
    shown = show_rates(RECORD, rule)
    classes = ("defence", "consultation", "non-aggression")
    made: dict[str, tuple[tuple[str, ...], Iterable[tuple[str, ...]]]] = {
        "rates": (shown.heading, shown.rows),
        "ranking": (("AUC (treaties)", *classes), ranking_lines(tables)),
        "levels": (("signed; expected", *classes), level_lines(tables)),
        "ends": (
            ("a treaty and year", "years", "treaty-years", "broken", "by its text", "replaced"),
            end_lines(tables),
        ),
        "own": (("pair", "class", "years", "expected", "signed"), own_lines(tables)),
    }
    return render_markdown_table(*made[name])


@pytest.fixture(scope="module")
def tables() -> Tables:
    """The tables of the part."""
    return build_tables(RECORD, read_shipped_rule(SCENARIOS))


@pytest.mark.parametrize("name", NAMES)
def test_the_tables_on_the_page_are_computed(tables: Tables, name: str) -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page.partition(f"<!-- {name} -->\n")[2].partition(END)[0] == render(name, tables)


def test_the_figures_in_the_text_are_computed(part: ValidationPart) -> None:
    text = " ".join(PAGE.read_text(encoding="utf-8").split())
    checks = {check.code: check for check in part.checks}
    assert f"above {100 * (checks['R13'].value or 0):.0f} of 100 pairs" in text
    missed = sum(checks[f"R{place:02}"].verdict == "missed" for place in range(4, 12))
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "all")
    assert f"of eight periods, only {words[8 - missed]} have" in text
    assert f"at {13 / (checks['R12'].value or 1):.0f} times the later pace" in text


def write_tables() -> None:
    """Write the tables of the page anew, as the part computes them."""
    page = PAGE.read_text(encoding="utf-8")
    made = build_tables(RECORD, read_shipped_rule(SCENARIOS))
    for name in NAMES:
        before, opening, rest = page.partition(f"<!-- {name} -->\n")
        page = before + opening + render(name, made) + END + rest.partition(END)[2]
    PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    write_tables()
