from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.experiment.storage.metrics import Metric, read_metrics, summarise_measures, write_metrics
from sim.model.measures.registry import Measure, MeasureKind
from sim.statistics.intervals import student_interval, wilson_interval

TABLE: dict[str, NDArray[Any]] = {
    "war": np.array([True, False, True, False]),
    "never": np.zeros(4, dtype=bool),
    "months": np.array([3.0, 99.0, 5.0, 99.0]),
    "asked": np.array([True, True, False, False]),
    "odd": np.array([1.0, np.inf, 2.0, 3.0]),
}


def metric(name: str, kind: MeasureKind, given: str = "") -> Metric:
    [found] = summarise_measures([Measure(name, "any", "", kind, given)], TABLE.__getitem__)
    return found


def test_what_happened_is_a_share_of_all_worlds() -> None:
    assert metric("war", MeasureKind.HAPPENED) == Metric(
        "war", "any", *wilson_interval(2, 4), worlds=4
    )


def test_what_happened_may_be_a_share_of_some_worlds() -> None:
    assert metric("war", MeasureKind.HAPPENED, given="asked") == Metric(
        "war", "any", *wilson_interval(1, 2), worlds=2
    )


def test_an_amount_is_a_mean_over_the_worlds_where_it_means_something() -> None:
    assert metric("months", MeasureKind.AMOUNT, given="war") == Metric(
        "months", "any", *student_interval([3.0, 5.0]), worlds=2
    )


@pytest.mark.parametrize("kind", MeasureKind)
def test_without_such_a_world_there_is_nothing_to_say(kind: MeasureKind) -> None:
    assert metric("war", kind, given="never") == Metric("war", "any", None, None, None, 0)


def test_an_amount_that_is_not_finite_leaves_the_figures_empty() -> None:
    assert metric("odd", MeasureKind.AMOUNT) == Metric("odd", "any", None, None, None, 4)


@pytest.mark.parametrize(
    ("unit", "ends"),
    [
        ("level, 0 none to 3 open war", (0.0, 3.0)),
        ("tier, 1 to 4", (1.0, 4.0)),
        ("-1 to 1", (-1.0, 1.0)),
        ("per world", student_interval([0.0, 0.0, 3.0])[1:]),
    ],
)
def test_an_interval_ends_where_its_scale_does(unit: str, ends: tuple[float, float]) -> None:
    measure = Measure("level", unit, "", MeasureKind.AMOUNT)
    [found] = summarise_measures([measure], {"level": np.array([0.0, 0.0, 3.0])}.__getitem__)
    low, high = student_interval([0.0, 0.0, 3.0])[1:]
    assert (found.low, found.high) == (max(low, ends[0]), min(high, ends[1]))
    assert low < 0


WAR = Measure(
    "war", "share of worlds", "war, of any kind", MeasureKind.HAPPENED, headline=True, group="wars"
)


def test_the_table_reads_back_to_the_last_bit(tmp_path: Path) -> None:
    metrics = [
        Metric("war", "share of worlds", 1 / 3, 0.1 + 0.2, 1.0, 3),
        Metric("cost, in all", "billion US dollars", None, None, None, 0),
    ]
    write_metrics(tmp_path / "metrics.csv", metrics, [WAR, WAR])
    assert read_metrics(tmp_path / "metrics.csv") == metrics


def test_the_table_opens_in_a_spreadsheet(tmp_path: Path) -> None:
    file = tmp_path / "metrics.csv"
    write_metrics(file, [Metric("war", "share of worlds", 0.5, 0.25, 0.75, 10)], [WAR])
    assert file.read_bytes() == (
        b"measure,unit,value,low,high,worlds,label,group,headline\n"
        b'war,share of worlds,0.5,0.25,0.75,10,"war, of any kind",wars,True\n'
    )


def test_a_table_of_an_earlier_version_is_read(tmp_path: Path) -> None:
    file = tmp_path / "metrics.csv"
    file.write_text("measure,unit,value,low,high,worlds\nwar,share of worlds,0.5,,,10\n")
    assert read_metrics(file) == [Metric("war", "share of worlds", 0.5, None, None, 10)]
