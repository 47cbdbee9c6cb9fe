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
    """Yield a diagram for every series of forecasts and outcomes.

    Args:
        parts: the parts. Their tables qualify if they have columns `forecast`, 0 to 1, and
            `outcome`, 0 or 1; or several such pairs, as `<question>: rule` and
            `<question>: outcome`. Rows without such values are skipped.
        source_note: small print on how the parts were computed.
    """
    for part in parts:
        for name, rows in part.tables.items():
            for question, forecast, outcome in _find_forecast_columns(rows):
                forecasts = [
                    pair for row in rows if (pair := _read_forecast(row, forecast, outcome))
                ]
                if forecasts:
                    subject = f"{part.title}, {question}" if question else part.title
                    code = "_".join(["reliability", name, *question.split()])
                    title = f"{subject}: forecast probabilities and observed frequencies"
                    yield build_reliability_diagram(code, title, forecasts, source_note)


def _find_forecast_columns(rows: Sequence[TableRow]) -> Iterator[tuple[str, str, str]]:
    """Yield each question with the columns of its forecasts and outcomes."""
    for column in rows[0] if rows else ():
        if column == _OUTCOME:
            yield "", _FORECAST, _OUTCOME
        elif column.endswith(f": {_OUTCOME}"):
            question = column.removesuffix(f": {_OUTCOME}")
            yield question, f"{question}: {_RULE}", column


def _read_forecast(
    row: TableRow, forecast_column: str, outcome_column: str
) -> tuple[float, float] | None:
    forecast, outcome = row.get(forecast_column), row.get(outcome_column)
    if not isinstance(forecast, int | float) or not isinstance(outcome, int | float):
        return None
    return (forecast, float(outcome)) if 0 <= forecast <= 1 and outcome in (0, 1) else None
