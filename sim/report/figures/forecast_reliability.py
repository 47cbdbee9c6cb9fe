"""The reliability diagrams of a validation: one for every series of forecasts and outcomes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sim.report.figures.figure import Figure
from sim.report.figures.reliability import build_reliability_diagram
from sim.validation.check import TableRow, ValidationPart

_FORECAST, _OUTCOME, _RULE = "forecast", "outcome", "rule"


def plot_forecast_reliability(
    parts: Sequence[ValidationPart], source_note: str
) -> Iterator[Figure]:
    """Yield a diagram for everything that was given a chance and came to pass or did not.

    Args:
        parts: the parts. Of their tables those count that have columns `forecast`, 0 to 1, and
            `outcome`, 0 or 1; or several such pairs, as `<question>: rule` and
            `<question>: outcome`. Rows without are let be.
        source_note: small print on how the parts were made.
    """
    for part in parts:
        for name, rows in part.tables.items():
            for question, forecast, outcome in _find_forecast_columns(rows):
                asked = [pair for row in rows if (pair := _read_forecast(row, forecast, outcome))]
                if asked:
                    about = f"{part.title}, {question}" if question else part.title
                    code = "_".join(["reliability", name, *question.split()])
                    title = f"{about}: the chance given, and what came to pass"
                    yield build_reliability_diagram(code, title, asked, source_note)


def _find_forecast_columns(rows: Sequence[TableRow]) -> Iterator[tuple[str, str, str]]:
    """Yield what was asked, and the columns of its forecasts and outcomes."""
    for column in rows[0] if rows else ():
        if column == _OUTCOME:
            yield "", _FORECAST, _OUTCOME
        elif column.endswith(f": {_OUTCOME}"):
            question = column.removesuffix(f": {_OUTCOME}")
            yield question, f"{question}: {_RULE}", column


def _read_forecast(
    row: TableRow, forecast_column: str, outcome_column: str
) -> tuple[float, float] | None:
    given, came = row.get(forecast_column), row.get(outcome_column)
    if not isinstance(given, int | float) or not isinstance(came, int | float):
        return None
    return (given, float(came)) if 0 <= given <= 1 and came in (0, 1) else None
