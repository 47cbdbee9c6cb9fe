from __future__ import annotations

from math import inf, nan

import pytest

from sim.analysis.tipping.target import parse_target
from sim.errors import RequestError
from sim.statistics.intervals import Interval
from tests.analysis.variance_engine import MEASURES

SHARE = next(measure for measure in MEASURES if measure.name == "high")
AMOUNT = next(measure for measure in MEASURES if measure.name == "level")


@pytest.mark.parametrize(
    ("text", "shown"),
    [("<.2", "<0.2"), ("< 20%", "<0.2"), (">= 40 %", ">=0.4"), ("<=1", "<=1"), (">0", ">0")],
)
def test_a_bound_is_a_sign_and_a_number_or_a_percentage(text: str, shown: str) -> None:
    assert str(parse_target(text, SHARE)) == shown


@pytest.mark.parametrize("text", ["often", "=.2", ".2", "<", "<x", "<.2 >.1", "<>1"])
def test_anything_else_is_refused_with_what_is_allowed(text: str) -> None:
    with pytest.raises(RequestError) as caught:
        parse_target(text, SHARE)
    assert str(caught.value) == (
        f"--to {text!r}: says no bound\n    allowed: <, <=, > or >= and a number, such as "
        '"<.2" or ">= 40%"'
    )


def test_a_share_of_worlds_lies_between_0_and_1_and_an_amount_anywhere() -> None:
    with pytest.raises(RequestError, match=r"is a share of worlds\n    allowed: from 0 to 1"):
        parse_target(">20", SHARE)
    assert parse_target(">20", AMOUNT).number == 20
    assert parse_target(">-2.5", AMOUNT).number == -2.5


def test_a_bound_itself_will_do_only_with_an_equals_sign() -> None:
    assert not parse_target("<.2", SHARE).holds(0.2)
    assert parse_target("<=.2", SHARE).holds(0.2)
    assert parse_target(">=.2", SHARE).holds(0.2)
    assert parse_target(">.2", SHARE).holds(0.21)


def test_what_is_missing_is_counted_towards_the_bound() -> None:
    assert parse_target("<.2", SHARE).gap(0.5) == pytest.approx(0.3)
    assert parse_target(">.2", SHARE).gap(0.5) == pytest.approx(-0.3)
    assert parse_target("<.2", SHARE).gap(nan) == inf
    assert not parse_target("<.2", SHARE).holds(nan)


def test_an_interval_meets_a_bound_as_a_whole_or_not_at_all() -> None:
    target = parse_target("<.2", SHARE)
    assert target.holds_throughout(Interval(0.1, 0.05, 0.19))
    assert not target.holds_throughout(Interval(0.1, 0.05, 0.21))
    assert not target.holds_throughout(Interval(0.1, nan, nan))
    assert parse_target(">.2", SHARE).holds_throughout(Interval(0.3, 0.21, 0.5))
    assert not parse_target(">.2", SHARE).holds_throughout(Interval(0.3, 0.19, 0.5))
