"""Formats estimates with no more digits than their interval supports."""

from __future__ import annotations

from sim.experiment.storage.metrics import Metric
from sim.output import TOO_FEW, is_undefined
from sim.statistics.rounding import format_exact, round_interval


def format_share_interval(metric: Metric) -> tuple[str, str]:
    """Return a share of worlds and its interval, as percentages."""
    return _format_interval(metric, 100, "%")


def format_mean_interval(metric: Metric) -> tuple[str, str]:
    """Return a mean and its interval, in the measure's unit."""
    return _format_interval(metric, 1, "")


def _format_interval(metric: Metric, scale: float, suffix: str) -> tuple[str, str]:
    value, low, high = map(_none_if_undefined, (metric.value, metric.low, metric.high))
    if value is None:
        return "no mean" if metric.worlds else "n/a", ""
    if low is None or high is None:
        missing = TOO_FEW if metric.worlds > 1 else "one world only"
        return f"{format_exact(value * scale)}{suffix}", missing
    rounded = round_interval(value * scale, low * scale, high * scale)
    return f"{rounded.value}{suffix}", f"{rounded.low} to {rounded.high}{suffix}"


def _none_if_undefined(number: float | None) -> float | None:
    return None if is_undefined(number) else number
