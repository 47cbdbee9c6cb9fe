"""The tables of docs/record.md are those of the part."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sim.output import render_markdown_table
from sim.validation.check import TableRow, ValidationPart
from tests.docs.pages import TOP

PAGE = TOP / "docs" / "record.md"
OBLIGATIONS = {
    "due": "aid due",
    "not_due": "aid promised, not due",
    "consultation": "consultation",
    "none": "nothing",
}


def table(name: str) -> str:
    """Return the table that stands between the marks of its name."""
    text = PAGE.read_text(encoding="utf-8")
    return re.findall(rf"<!-- {name} -->\n(.*?)<!-- end -->", text, re.DOTALL)[0]


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


def test_scores_on_the_page_are_computed(part: ValidationPart) -> None:
    head = ("group", "forecaster", "share", "mean chance", "skill", "AUC", "AUC within a war")
    assert table("record") == render_markdown_table(head, score_lines(part))


def test_reliability_on_the_page_is_computed(part: ValidationPart) -> None:
    head = ("forecast", "answers", "mean forecast", "joined", "95%")
    assert table("reliability") == render_markdown_table(head, reliability_lines(part))


def test_selection_on_the_page_is_computed(part: ValidationPart) -> None:
    head = ("era", "obligation", "casebook's wars", "other wars")
    assert table("selection") == render_markdown_table(head, selection_lines(part))
