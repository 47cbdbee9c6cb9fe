from __future__ import annotations

from math import nan

import pytest

from sim.cli.numbers import format_mean_interval, format_share_interval
from sim.experiment.storage.metrics import Metric
from sim.statistics.intervals import wilson_interval


def happened(times: int, worlds: int) -> tuple[str, str]:
    return format_share_interval(
        Metric("war", "share of worlds", *wilson_interval(times, worlds), worlds)
    )


def mean(*figures: float | None, worlds: int = 100) -> tuple[str, str]:
    value, low, high = figures
    return format_mean_interval(Metric("length", "months", value, low, high, worlds))


@pytest.mark.parametrize(
    ("times", "worlds", "value", "interval"),
    [
        (5, 10, "50%", "24 to 76%"),
        (340, 1_000, "34%", "31 to 37%"),
        (3_400, 10_000, "34.0%", "33.1 to 34.9%"),
        (340_000, 1_000_000, "34.00%", "33.91 to 34.09%"),
        (0, 1_000, "0.0%", "0.0 to 0.4%"),
        (1_000, 1_000, "100.0%", "99.6 to 100.0%"),
        (3, 1_000_000, "0.0003%", "0.0001 to 0.0009%"),
    ],
)
def test_a_share_has_no_more_digits_than_its_worlds_bear_out(
    times: int, worlds: int, value: str, interval: str
) -> None:
    assert happened(times, worlds) == (value, interval)


@pytest.mark.parametrize(
    ("figures", "value", "interval"),
    [
        ((12.345, 11.0, 13.7), "12", "11 to 14"),
        ((12.345, 12.3, 12.4), "12.35", "12.30 to 12.40"),
        ((1234567.8, 1234000.0, 1235000.0), "1,234,568", "1,234,000 to 1,235,000"),
        ((0.1, -0.3, 0.9), "0.1", "-0.3 to 0.9"),
        ((2.0, -0.2, 4.2), "2", "0 to 4"),
        ((36.0, 36.0, 36.0), "36", "36 to 36"),
        ((0.5, 0.5, 0.5), "0.5", "0.5 to 0.5"),
    ],
)
def test_an_amount_is_a_figure_in_the_measures_unit(
    figures: tuple[float, float, float], value: str, interval: str
) -> None:
    assert mean(*figures) == (value, interval)


def test_one_world_has_no_interval() -> None:
    assert mean(7.0, None, None, worlds=1) == ("7", "one world only")


def test_without_a_world_nothing_is_said() -> None:
    assert mean(None, None, None, worlds=0) == ("n/a", "")


def test_what_has_no_mean_says_so() -> None:
    assert mean(None, None, None, worlds=3) == ("no mean", "")


def test_an_undefined_number_is_never_printed() -> None:
    assert mean(nan, nan, nan, worlds=3) == ("no mean", "")
    assert mean(7.0, nan, nan, worlds=3) == ("7", "too few to say")
    assert mean(7.0, nan, nan, worlds=1) == ("7", "one world only")
