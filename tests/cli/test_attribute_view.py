"""The table of `sim attribute` where a share has no interval."""

from __future__ import annotations

from math import nan

from sim.cli.views.research.attribute import _choose_decimals, _format_share
from sim.statistics.intervals import Interval


def test_a_share_without_an_interval_says_too_few_and_keeps_its_figures() -> None:
    share = Interval(0.1234, nan, nan)
    assert _format_share(share, _choose_decimals(list(share))) == ("+0.123", "too few to say")
