"""The tables of docs/record.md are those of the part.

`python -m tests.validation.studies.universe.test_page` writes them anew.
"""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from sim.output import render_markdown_table
from sim.validation.check import TableRow, ValidationPart
from sim.validation.studies.universe import run_universe
from tests.docs.pages import TOP
from tests.worlds import SCENARIOS

PAGE = TOP / "docs" / "record.md"
END = "<!-- end -->"
OBLIGATIONS = {
    "due": "aid due",
    "not_due": "aid promised, not due",
    "consultation": "consultation",
    "none": "nothing",
}


def table(name: str) -> str:
    """Return the table that stands between the marks of its name."""
    return PAGE.read_text(encoding="utf-8").partition(f"<!-- {name} -->\n")[2].partition(END)[0]


def interval(row: TableRow, name: str, digits: str) -> str:
    low, high = (format(row[f"{name}_{end}"], digits) for end in ("low", "high"))
    return f"{row[name]:{digits}} ({low} to {high})"


def score_lines(part: ValidationPart) -> Iterable[tuple[str, ...]]:
    for row in part.tables["universe_scores"]:
        yield (
            f"{row['group']} ({row['answers']:,})",
            str(row["forecaster"]),
            f"{row['share']:.3f}",
            f"{row['mean_chance']:.3f}",
            interval(row, "skill", "+.2f"),
            interval(row, "rank_accuracy", ".2f"),
            f"{row['rank_accuracy_within']:.2f}",
        )


def reliability_lines(part: ValidationPart) -> Iterable[tuple[str, ...]]:
    for row in part.tables["universe_reliability"]:
        if row["group"] == "aid promised" and row["forecaster"] != "the rule as shipped":
            yield (
                str(row["forecasts"]),
                str(row["answers"]),
                f"{row['mean_forecast']:.3f}",
                f"{row['share']:.3f}",
                f"{row['low']:.3f} to {row['high']:.3f}",
            )


def selection_lines(part: ValidationPart) -> Iterable[tuple[str, ...]]:
    rows = list(part.tables["universe_selection"])
    for inside, outside in zip(rows[::2], rows[1::2], strict=True):
        cells = (f"{row['share']:.3f} of {row['answers']:,}" for row in (inside, outside))
        era = str(inside["era"]).replace("_", " ")
        yield (era, OBLIGATIONS[str(inside["obligation"])], *cells)


def tables(part: ValidationPart) -> dict[str, str]:
    """Return each table as the page has it, by the name of its mark."""
    scores = ("group", "forecaster", "share", "mean chance", "skill", "AUC", "AUC within a war")
    reliability = ("forecast", "answers", "mean forecast", "joined", "95%")
    selection = ("era", "obligation", "casebook's wars", "other wars")
    return {
        "record": render_markdown_table(scores, score_lines(part)),
        "reliability": render_markdown_table(reliability, reliability_lines(part)),
        "selection": render_markdown_table(selection, selection_lines(part)),
    }


@pytest.mark.parametrize("name", ["record", "reliability", "selection"])
def test_the_tables_on_the_page_are_computed(part: ValidationPart, name: str) -> None:
    assert table(name) == tables(part)[name]


def write_tables() -> None:
    """Write the tables of the page anew, as the part computes them."""
    page = PAGE.read_text(encoding="utf-8")
    for name, due in tables(run_universe(SCENARIOS)).items():
        before, opening, rest = page.partition(f"<!-- {name} -->\n")
        page = before + opening + due + END + rest.partition(END)[2]
    PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    write_tables()
