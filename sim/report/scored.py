"""The reliability diagrams of a validation: one for every table of forecasts and outcomes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sim.report.figure import Figure
from sim.report.reliability import diagram
from sim.validation.check import Part, Row

FORECAST, OUTCOME = "forecast", "outcome"


def scored(parts: Sequence[Part], small: str) -> Iterator[Figure]:
    """Yield a diagram for every table that has chances given and whether it came to pass.

    Args:
        parts: the parts; a table counts where some rows have `forecast`, 0 to 1, and `outcome`,
            0 or 1. Other rows are let be.
        small: small print on how the parts were made.
    """
    for part in parts:
        for name, rows in part.tables.items():
            if asked := [pair for row in rows if (pair := _pair(row))]:
                title = f"{part.title}: the chance given, and what came to pass"
                yield diagram(f"reliability_{name}", title, asked, small)


def _pair(row: Row) -> tuple[float, float] | None:
    forecast, outcome = row.get(FORECAST), row.get(OUTCOME)
    if not isinstance(forecast, int | float) or not isinstance(outcome, int | float):
        return None
    return (forecast, float(outcome)) if 0 <= forecast <= 1 and outcome in (0, 1) else None
