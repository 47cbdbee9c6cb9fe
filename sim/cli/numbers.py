"""Formats estimates with no more digits than their interval supports."""

from __future__ import annotations

from math import ceil, log10

from sim.experiment.storage.metrics import Metric
from sim.output import TOO_FEW, is_undefined


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
        return f"{_format_exact(value * scale)}{suffix}", missing
    digits = _choose_decimals((high - low) * scale)
    texts = [_format_rounded(x * scale, digits) for x in (value, low, high)]
    return f"{texts[0]}{suffix}", f"{texts[1]} to {texts[2]}{suffix}"


def _none_if_undefined(number: float | None) -> float | None:
    return None if is_undefined(number) else number


def _choose_decimals(width: float) -> int | None:
    """Return the decimals to show for an interval of this width; None if the width is zero."""
    return max(0, ceil(-log10(width / 2))) if width > 0 else None


def _format_rounded(value: float, decimals: int | None) -> str:
    if decimals is None:
        return _format_exact(value)
    return f"{round(value, decimals) + 0.0:,.{decimals}f}"  # adding zero turns -0 into 0


def _format_exact(value: float) -> str:
    return f"{value:,.6g}"
