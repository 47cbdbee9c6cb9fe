"""Figures as people read them: no more digits than the interval bears out."""

from __future__ import annotations

from math import ceil, log10

from sim.experiment.storage.metrics import Metric


def share(metric: Metric) -> tuple[str, str]:
    """Return a share of worlds and its interval, in per cent."""
    return _figures(metric, 100, " %")


def amount(metric: Metric) -> tuple[str, str]:
    """Return a mean and its interval, in the measure's unit."""
    return _figures(metric, 1, "")


def _figures(metric: Metric, scale: float, sign: str) -> tuple[str, str]:
    if metric.value is None:
        return "no mean" if metric.worlds else "no such world", ""
    if metric.low is None or metric.high is None:
        return f"{_exact(metric.value * scale)}{sign}", "one world only"
    digits = _digits((metric.high - metric.low) * scale)
    value, low, high = (_rounded(x * scale, digits) for x in _ends(metric))
    return f"{value}{sign}", f"{low} to {high}{sign}"


def _ends(metric: Metric) -> list[float]:
    return [x for x in (metric.value, metric.low, metric.high) if x is not None]


def _digits(width: float) -> int | None:
    """Return the decimals worth showing beside an interval of this width; None if it has none."""
    return max(0, ceil(-log10(width / 2))) if width > 0 else None


def _rounded(value: float, digits: int | None) -> str:
    if digits is None:
        return _exact(value)
    return f"{round(value, digits) + 0.0:,.{digits}f}"  # adding zero turns -0 into 0


def _exact(value: float) -> str:
    return f"{value:,.6g}"
