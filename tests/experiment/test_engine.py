"""The real engine, through the whole of the experiment layer."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from sim.experiment.layout import RUN_FILES
from sim.experiment.run import RunOptions, run_scenario
from sim.experiment.storage.results import Results
from sim.model.measures.registry import MeasureKind, list_measures
from tests.experiment.conftest import Ask

SETTINGS = ("worlds=24", "months=12")


@pytest.fixture
def plain(ask: Ask, tmp_path: Path) -> Results:
    """The answer of one process in one block."""
    return run_scenario(ask(*SETTINGS), tmp_path / "plain", RunOptions(workers=1)).results


@pytest.mark.parametrize(("size", "workers"), [(1, 1), (7, 1), (7, 2), (7, 3)])
def test_blocks_and_workers_leave_no_trace_in_the_results(
    ask: Ask, tmp_path: Path, plain: Results, size: int, workers: int
) -> None:
    other = run_scenario(
        ask(*SETTINGS), tmp_path / "other", RunOptions(workers=workers, block_size=size)
    ).results
    for name in RUN_FILES:
        assert (other.folder / name).read_bytes() == (plain.folder / name).read_bytes(), name


def test_every_measure_has_its_column_and_its_line(ask: Ask, plain: Results) -> None:
    told = list_measures(ask().scenario)
    columns = pq.read_schema(plain.table_path("worlds")).names
    assert columns == ["world", *(measure.name for measure in told)]
    assert list(plain.metrics) == columns[1:]
    assert list(plain.measures.values()) == list(told)


def test_what_happens_is_true_or_false(ask: Ask, plain: Results) -> None:
    table = pq.read_table(plain.table_path("worlds"))
    for measure in list_measures(ask().scenario):
        if measure.kind is MeasureKind.HAPPENED:
            assert str(table[measure.name].type) == "bool", measure.name


def test_every_amount_can_be_summed_up(plain: Results) -> None:
    for metric in plain.metrics.values():
        assert metric.value is not None or not metric.worlds, metric.measure
