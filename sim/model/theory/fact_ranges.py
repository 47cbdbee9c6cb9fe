"""Between which numbers facts lie that are not between 0 and 1, for cases that are made up."""

from __future__ import annotations

_SHARE = 0.0, 1.0
_LOG_ODDS = -8.0, 1.0

FACT_RANGES: dict[str, tuple[float, float]] = {
    "record": _LOG_ODDS,
    "record_unbound": _LOG_ODDS,
    "honour": _LOG_ODDS,
    "pact_age": (0.0, 80.0),
    "worth": (-1.0, 1.0),
    "reputation": (-0.5, 0.5),
    "own_quarrels": (0.0, 3.0),
    "power_shift": (-2.0, 2.0),
    "opponent_growth": (-2.0, 2.0),
    "distance": (0.0, 12_000.0),
    "appeal": (-1.0, 1.0),
    "front": (-1.0, 1.0),
    "months": (0.0, 120.0),
}
"""The least and the most that a fact usually is, by its name, in its own unit."""


def usual_range(fact: str) -> tuple[float, float]:
    """Return the least and the most that a fact usually is: 0 and 1 unless it is listed."""
    return FACT_RANGES.get(fact, _SHARE)
