from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from sim.errors import RequestError
from sim.experiment.engine import Engine
from sim.experiment.layout import RUN_FILES
from sim.experiment.precision import Precision, count_worlds_needed, parse_precisions
from sim.experiment.run import RunOutcome, run_scenario
from sim.experiment.run_until import describe_looks, run_until, schedule_looks
from sim.experiment.storage.metrics import Metric
from sim.model.measures.registry import Measure, MeasureKind
from sim.model.recording.history import History
from sim.scenario.schema.scenario import Scenario
from sim.statistics.intervals import (
    ERROR_RATE,
    FIXED_SAMPLE_INTERVALS,
    Interval,
    IntervalMethods,
    clopper_pearson_interval,
    intervals_at_look,
    student_interval,
    wilson_interval,
)
from tests.experiment import fakes
from tests.experiment.conftest import Ask

FAKE = fakes.options(block_size=1000)
WAR, LENGTH = fakes.MEASURES[0], fakes.MEASURES[2]


def until(ask: Ask, out: Path, *wanted: str, at_most: int = 6400) -> RunOutcome:
    loaded = ask("worlds=100")
    precisions = parse_precisions(wanted, loaded, FAKE.engine)
    return run_until(loaded, precisions, out, FAKE, at_most)


class TestWriting:
    """A measure and how far the interval may reach to either side."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("war +-0.5pp", Precision(WAR, 0.005, False, "war +-0.5pp")),
            ("war+/-5%", Precision(WAR, 0.05, True, "war +-5%")),
            ("length ± 0.25", Precision(LENGTH, 0.25, False, "length +-0.25")),
            ("length +-10 %", Precision(LENGTH, 0.1, True, "length +-10%")),
        ],
    )
    def test_what_is_understood(self, ask: Ask, text: str, expected: Precision) -> None:
        assert parse_precisions([text], ask(), FAKE.engine) == [expected]

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("war 0.5pp", 'is not of the form "measure +-amount"\n    for example: --until '),
            ("wax +-1pp", "'wax' is not a measure of this scenario\n    did you mean 'war'?"),
            ("war +-0pp", "0 is not a number above zero"),
            ("war +-e-pp", "e- is not a number above zero"),
            ("war +-0.5", "war is a share of worlds\n    allowed: percentage points, such as"),
            ("length +-1pp", "length is counted in months\n    allowed: an amount of these, such"),
        ],
    )
    def test_what_is_refused(self, ask: Ask, text: str, message: str) -> None:
        with pytest.raises(RequestError) as refused:
            parse_precisions([text], ask(), FAKE.engine)
        assert str(refused.value).startswith(f'--until "{text}": {message}')


def test_looks_are_taken_at_doubled_numbers_of_worlds_and_at_the_end() -> None:
    assert list(schedule_looks(100, 1000)) == [100, 200, 400, 800, 1000]
    assert list(schedule_looks(100, 800)) == [100, 200, 400, 800]
    assert list(schedule_looks(100, 50)) == [100]


@pytest.mark.parametrize(
    ("relative", "within", "met"),
    [(False, 0.031, True), (False, 0.029, False), (True, 0.31, True), (True, 0.29, False)],
)
def test_the_wider_side_of_an_interval_counts(relative: bool, within: float, met: bool) -> None:
    metric = Metric("war", "", value=0.1, low=0.09, high=0.13, worlds=5)
    assert Precision(WAR, within, relative, "").is_met(metric) == met


def test_what_has_no_interval_is_not_known_well_enough() -> None:
    assert not Precision(WAR, 1, False, "").is_met(Metric("war", "", None, None, None, 0))


def test_it_ends_at_the_first_look_that_is_precise_enough(ask: Ask, tmp_path: Path) -> None:
    outcome = until(ask, tmp_path, "war +-5pp")
    manifest = outcome.results.manifest
    seen = manifest["until"]["looks"]
    assert [look["worlds"] for look in seen] == list(schedule_looks(100, 6400))[: len(seen)]
    *before, last = [look["metrics"][0] for look in seen]
    assert all(max(m["high"] - m["value"], m["value"] - m["low"]) > 0.05 for m in before)
    assert max(last["high"] - last["value"], last["value"] - last["low"]) <= 0.05
    assert manifest["worlds"] == manifest["scenario"]["worlds"] == seen[-1]["worlds"]
    assert manifest["until"]["reached"]


def test_its_tables_are_those_of_a_run_of_as_many_worlds(ask: Ask, tmp_path: Path) -> None:
    results = until(ask, tmp_path / "until", "war +-5pp").results
    worlds = results.manifest["worlds"]
    plain = run_scenario(ask(f"worlds={worlds}"), tmp_path / "plain", FAKE).results
    for name in RUN_FILES[:-1]:
        assert (results.folder / name).read_bytes() == (plain.folder / name).read_bytes(), name


def test_all_its_intervals_allow_for_the_looks(ask: Ask, tmp_path: Path) -> None:
    results = until(ask, tmp_path, "war +-5pp").results
    metrics = results.metrics
    looks, worlds = len(results.manifest["until"]["looks"]), results.manifest["worlds"]
    wars = round((metrics["war"].value or 0) * worlds)
    expected = intervals_at_look(looks).share(wars, worlds)
    assert (metrics["war"].low, metrics["war"].high) == (expected.low, expected.high)
    plain = wilson_interval(wars, worlds)
    assert expected.high - expected.low > plain.high - plain.low


def test_a_measure_of_some_worlds_and_several_at_once(ask: Ask, tmp_path: Path) -> None:
    record = until(ask, tmp_path, "length +-1.5", "war +-20%").results.manifest["until"]
    assert record["reached"]
    last = record["looks"][-1]["metrics"]
    assert [metric["measure"] for metric in last] == ["length", "war"]
    assert last[0]["worlds"] < record["looks"][-1]["worlds"]


def test_it_ends_at_the_maximum_and_reports_it(ask: Ask, tmp_path: Path) -> None:
    manifest = until(ask, tmp_path, "war +-0.1pp", at_most=300).results.manifest
    assert (manifest["worlds"], manifest["until"]["reached"]) == (300, False)
    assert describe_looks(manifest["until"]) == (
        "After 300 worlds not yet known to war +-0.1pp; the intervals allow for 3 looks. About "
        f"{manifest['until']['needed']:,} worlds would be needed."
    )
    assert manifest["until"]["needed"] > 100_000


def test_a_conditional_share_ends_it_by_the_precision_among_its_worlds(
    ask: Ask, tmp_path: Path
) -> None:
    """A kept promise: defined where there is a war, and precise among the wars."""
    kept = Measure("kept", "share of worlds", "Aid comes", MeasureKind.HAPPENED, given="war")

    def simulate(scenario: Scenario, first: int, count: int) -> History:
        history = fakes.simulate(scenario, first, count)
        history.worlds["kept"] = history.worlds["war"] & (history.worlds["world"] % 2 == 0)
        return history

    engine = Engine(simulate, lambda _: (*fakes.MEASURES, kept))
    loaded = ask("worlds=100")
    precisions = parse_precisions(["kept +-5pp"], loaded, engine)
    options = replace(FAKE, engine=engine)
    record = run_until(loaded, precisions, tmp_path, options, 6400).results.manifest["until"]
    last = record["looks"][-1]
    [metric] = last["metrics"]
    assert record["reached"]
    assert record["needed"] is None
    assert metric["worlds"] < last["worlds"]
    assert max(metric["high"] - metric["value"], metric["value"] - metric["low"]) <= 0.05
    assert clopper_pearson_interval(
        round(metric["value"] * metric["worlds"]),
        metric["worlds"],
        ERROR_RATE / (len(record["looks"]) * (len(record["looks"]) + 1)),
    ) == pytest.approx((metric["value"], metric["low"], metric["high"]))


def test_what_is_defined_nowhere_says_how_many_worlds_would_have_cases(
    ask: Ask, tmp_path: Path
) -> None:
    record = until(ask, tmp_path, "regret +-1", at_most=100).results.manifest["until"]
    assert (record["reached"], record["needed"]) == (False, 670)
    assert describe_looks(record).endswith("1 look. About 670 worlds would be needed.")


def test_a_precision_relative_to_zero_needs_an_unknown_number() -> None:
    metric = Metric("war", "", value=0.0, low=0.0, high=0.04, worlds=100)
    precision = Precision(WAR, 0.1, True, "")
    assert precision.worlds_needed(metric, 100) is None
    assert count_worlds_needed([(precision, metric)], 100) is None


def test_it_is_simulated_once(ask: Ask, tmp_path: Path) -> None:
    assert not until(ask, tmp_path, "war +-5pp").reused
    assert until(ask, tmp_path, "war +-5pp").reused
    assert not until(ask, tmp_path, "war +-6pp").reused


class TestIntervals:
    """What makes them honest."""

    def test_the_errors_of_all_looks_sum_to_that_of_one(self) -> None:
        shares = [1 / (k * (k + 1)) for k in range(1, 100_000)]
        assert sum(shares) == pytest.approx(1, abs=1e-4)

    @pytest.mark.parametrize("look", [1, 2, 7])
    def test_each_look_has_its_share(self, look: int) -> None:
        error = 0.05 / (look * (look + 1))
        share, mean = intervals_at_look(look)
        assert share(30, 100) == pytest.approx(clopper_pearson_interval(30, 100, error))
        assert mean([1.0, 2.0, 4.0]) == pytest.approx(student_interval([1.0, 2.0, 4.0], error))

    @pytest.mark.parametrize(("happened", "worlds"), [(0, 20), (1, 20), (7, 20), (20, 20)])
    @pytest.mark.parametrize("error", [ERROR_RATE, 0.001])
    def test_clopper_and_pearson(self, happened: int, worlds: int, error: float) -> None:
        expected = stats.binomtest(happened, worlds).proportion_ci(1 - error, method="exact")
        interval = clopper_pearson_interval(happened, worlds, error)
        assert (interval.low, interval.high) == pytest.approx(
            (expected.low, expected.high), abs=1e-9
        )
        assert interval.value == happened / worlds

    def test_student_at_another_error(self) -> None:
        amounts = [1.0, 2.0, 4.0, 9.0]
        expected = stats.t.interval(0.999, 3, np.mean(amounts), stats.sem(amounts))
        interval = student_interval(amounts, 0.001)
        assert (interval.low, interval.high) == pytest.approx(expected)


def stopped(
    values: NDArray[Any], within: float, intervals: Callable[[int], IntervalMethods]
) -> Interval:
    """Return the interval at the look at which the run would end."""
    precision = Precision(WAR, within, True, "")
    for look, worlds in enumerate(schedule_looks(50, values.size), start=1):
        some, kinds = values[:worlds], intervals(look)
        if some.dtype == bool:
            interval = kinds.share(int(some.sum()), worlds)
        else:
            interval = kinds.mean(some.tolist())
        if precision.is_met(Metric("war", "", *interval, worlds)):
            break
    return interval


def right(
    draw: Callable[[np.random.Generator], NDArray[Any]],
    truth: float,
    within: float,
    intervals: Callable[[int], IntervalMethods] = intervals_at_look,
    times: int = 1000,
) -> float:
    """Return how often the interval at the end of a run holds the truth."""
    rng = np.random.default_rng(1)
    ends = [stopped(draw(rng), within, intervals) for _ in range(times)]
    return sum(interval.low <= truth <= interval.high for interval in ends) / times


def happens(share: float) -> Callable[[np.random.Generator], NDArray[Any]]:
    """Return a function that draws worlds, in so many of which something happens."""
    return lambda rng: rng.random(6400) < share


@pytest.mark.slow
@pytest.mark.parametrize(("share", "within"), [(0.02, 0.5), (0.1, 0.4), (0.4, 0.12)])
def test_who_stops_when_a_share_is_precise_is_right_as_often_as_said(
    share: float, within: float
) -> None:
    assert right(happens(share), share, within) >= 0.95


@pytest.mark.slow
@pytest.mark.parametrize("within", [0.3, 0.1, 0.05])
def test_who_stops_when_a_mean_is_precise_is_right_as_often_as_said(within: float) -> None:
    """Amounts lie askew, most of them small; so do those of wars."""
    assert right(lambda rng: rng.exponential(size=6400), 1.0, within, times=500) >= 0.95


@pytest.mark.slow
def test_without_allowing_for_the_looks_one_would_be_wrong_too_often() -> None:
    assert right(happens(0.02), 0.02, 0.5, lambda _: FIXED_SAMPLE_INTERVALS) < 0.94
