"""Formats estimates with no more digits than their interval supports."""

from __future__ import annotations

from math import ceil, log10

from sim.experiment.storage.metrics import Metric


def format_share_interval(metric: Metric) -> tuple[str, str]:
    """Return a share of worlds and its interval, as percentages."""
    return _format_interval(metric, 100, "%")


def format_mean_interval(metric: Metric) -> tuple[str, str]:
    """Return a mean and its interval, in the measure's unit."""
    return _format_interval(metric, 1, "")


def _format_interval(metric: Metric, scale: float, suffix: str) -> tuple[str, str]:
    if metric.value is None:
        return "no mean" if metric.worlds else "n/a", ""
    if metric.low is None or metric.high is None:
        return f"{_format_exact(metric.value * scale)}{suffix}", "one world only"
    digits = _choose_decimals((metric.high - metric.low) * scale)
    value, low, high = (_format_rounded(x * scale, digits) for x in _list_values(metric))
    return f"{value}{suffix}", f"{low} to {high}{suffix}"


def _list_values(metric: Metric) -> list[float]:
    return [x for x in (metric.value, metric.low, metric.high) if x is not None]


def _choose_decimals(width: float) -> int | None:
    """Return the decimals to show for an interval of this width; None if the width is zero."""
    return max(0, ceil(-log10(width / 2))) if width > 0 else None


def _format_rounded(value: float, decimals: int | None) -> str:
    if decimals is None:
        return _format_exact(value)
    return f"{round(value, decimals) + 0.0:,.{decimals}f}"  # adding zero turns -0 into 0


def _format_exact(value: float) -> str:
    return f"{value:,.6g}"
