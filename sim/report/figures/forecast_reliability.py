"""The reliability diagrams of a validation: one for every series of forecasts and outcomes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sim.report.figures.figure import Figure
from sim.report.figures.reliability import diagram
from sim.validation.check import Part, Row

FORECAST, OUTCOME, RULE = "forecast", "outcome", "rule"


def scored(parts: Sequence[Part], small: str) -> Iterator[Figure]:
    """Yield a diagram for everything that was given a chance and came to pass or did not.

    Args:
        parts: the parts. Of their tables those count that have columns `forecast`, 0 to 1, and
            `outcome`, 0 or 1; or several such pairs, as `<question>: rule` and
            `<question>: outcome`. Rows without are let be.
        small: small print on how the parts were made.
    """
    for part in parts:
        for name, rows in part.tables.items():
            for question, forecast, outcome in _series(rows):
                asked = [pair for row in rows if (pair := _pair(row, forecast, outcome))]
                if asked:
                    about = f"{part.title}, {question}" if question else part.title
                    code = "_".join(["reliability", name, *question.split()])
                    title = f"{about}: the chance given, and what came to pass"
                    yield diagram(code, title, asked, small)


def _series(rows: Sequence[Row]) -> Iterator[tuple[str, str, str]]:
    """Yield what was asked, and the columns of its forecasts and outcomes."""
    for column in rows[0] if rows else ():
        if column == OUTCOME:
            yield "", FORECAST, OUTCOME
        elif column.endswith(f": {OUTCOME}"):
            question = column.removesuffix(f": {OUTCOME}")
            yield question, f"{question}: {RULE}", column


def _pair(row: Row, forecast: str, outcome: str) -> tuple[float, float] | None:
    given, came = row.get(forecast), row.get(outcome)
    if not isinstance(given, int | float) or not isinstance(came, int | float):
        return None
    return (given, float(came)) if 0 <= given <= 1 and came in (0, 1) else None
