"""Sizes in a lesson: points of a share, per cent of a rate, otherwise the amount."""

from __future__ import annotations

import pytest

from sim.analysis.lessons.differences import OutcomeDifference
from sim.analysis.lessons.outcomes import parse_outcome
from sim.cli.views.start.lesson import describe_size, format_change, format_value
from sim.statistics.intervals import Interval

NAN = float("nan")


@pytest.mark.parametrize(
    ("name", "share", "with_", "without", "text"),
    [
        ("war_wider", True, 0.188, 0.036, "19%, rather than 3.6% (+15 pp)"),
        ("war_wider", True, 0.041, 0.036, "4.1%, rather than 3.6% (+0.5 pp)"),
        ("help:korea:dprk:russia", True, 0.5, 0.6, "50%, rather than 60% (-10 pp)"),
        ("rate:war:korea:dprk", False, 0.001, 0.002, "0.001, rather than 0.002 (-50.0%)"),
        ("rate:war:korea:dprk", False, 0.001, 0.0, "0.001, rather than 0 (+0.001)"),
        ("munitions_arms_2023", False, 3.38, 5.21, "3.38, rather than 5.21 (-1.8)"),
    ],
)
def test_a_size_reads_as_its_kind_is_counted(
    name: str, share: bool, with_: float, without: float, text: str
) -> None:
    assert describe_size(_difference(name, share, with_, without)) == text


def test_what_is_the_same_in_every_pair_is_said_to_be() -> None:
    difference = _difference("war_korea", True, 0.0, 0.0, identical=True)
    assert describe_size(difference) == "0% in both, the same in every pair"


def test_what_is_not_defined_is_not_available() -> None:
    difference = _difference("honoured_pact_2024", True, NAN, NAN)
    assert format_value(difference, NAN) == "n/a"
    assert format_change(difference) == "n/a"


def _difference(
    name: str, share: bool, with_: float, without: float, *, identical: bool = False
) -> OutcomeDifference:
    change = Interval(with_ - without, NAN, NAN)
    return OutcomeDifference(parse_outcome(name), share, "", with_, without, change, identical)
