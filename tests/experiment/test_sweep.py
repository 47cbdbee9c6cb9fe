from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from sim.errors import RequestError, ResultsError
from sim.experiment.design.design import build_design
from sim.experiment.engine import Engine
from sim.experiment.layout import SWEEP_FILES
from sim.experiment.run import RunOptions, RunOutcome, run_scenario
from sim.experiment.storage.metrics import Metric
from sim.experiment.storage.results import Results, open_run_results, open_sweep_results
from sim.experiment.sweep import run_sweep
from sim.model.measures.registry import Measure
from sim.model.recording.history import History
from sim.scenario.load import LoadedScenario
from sim.scenario.schema.scenario import Scenario
from tests.experiment import fakes
from tests.experiment.conftest import Ask

VARY = ("rules.honour.reputation=0.6,1.8", "months=3:5:3")
PLAIN = fakes.options()


def swept(
    loaded: LoadedScenario,
    out: Path,
    options: RunOptions = PLAIN,
    vary: Sequence[str] = VARY,
    **more: Any,
) -> RunOutcome:
    return run_sweep(loaded, build_design(loaded, vary), out, options, **more)


@pytest.fixture
def loaded(ask: Ask) -> LoadedScenario:
    return ask("worlds=30")


@pytest.fixture
def results(loaded: LoadedScenario, tmp_path: Path) -> Results:
    return swept(loaded, tmp_path / "out").results


def test_there_is_one_folder_and_nothing_beside_it(
    results: Results, loaded: LoadedScenario
) -> None:
    assert [path.name for path in results.folder.parent.iterdir()] == [results.folder.name]
    assert results.folder.name.startswith("whole-sweep-")
    assert {file.name for file in results.folder.iterdir()} == {*SWEEP_FILES, "manifest.json"}


def test_the_design_has_a_row_per_point_and_a_column_per_factor(
    results: Results, loaded: LoadedScenario
) -> None:
    rows = pq.read_table(results.folder / "design.parquet").to_pylist()
    points = build_design(loaded, VARY).points
    assert rows == [{"point": point.id, **point.levels} for point in points]


def test_each_point_has_the_worlds_of_a_run_of_its_own(
    results: Results, ask: Ask, loaded: LoadedScenario, tmp_path: Path
) -> None:
    table = pq.read_table(results.folder / "worlds.parquet")
    for point in build_design(loaded, VARY).points:
        own = table.filter(pc.equal(table["point"], point.id)).drop(["point"])
        settings = [f"{key}={level}" for key, level in point.levels.items()]
        alone = run_scenario(ask("worlds=30", *settings), tmp_path / "alone", PLAIN).results
        assert own.equals(pq.read_table(alone.table_path("worlds")))
        metrics = results.point_metrics[point.id]
        assert metrics == alone.metrics


def test_months_and_events_are_stored_on_request(loaded: LoadedScenario, tmp_path: Path) -> None:
    results = swept(loaded, tmp_path, extra_tables=("months", "events")).results
    for name in ("months", "events"):
        table = pq.read_table(results.folder / f"{name}.parquet")
        assert table.column_names[0] == "point"
        assert len(table["point"].unique()) == 6


def test_the_manifest_says_what_was_varied(results: Results) -> None:
    manifest = results.manifest
    assert (manifest["kind"], manifest["status"], manifest["points"], manifest["worlds"]) == (
        "sweep",
        "complete",
        6,
        30,
    )
    assert manifest["factors"] == [
        {
            "key": "rules.honour.reputation",
            "varied": "list",
            "unit": "any",
            "low": 0.6,
            "high": 1.8,
            "levels": [0.6, 1.8],
        },
        {
            "key": "months",
            "varied": "range",
            "unit": None,
            "low": None,
            "high": None,
            "levels": [3, 4, 5],
        },
    ]
    assert list(manifest["scenarios"]) == ["whole"]
    assert list(results.measures) == ["war", "never", "length", "regret"]
    assert json.dumps(manifest).count(str(results.folder.parent)) == 0


def test_zero_factors_are_one_point(loaded: LoadedScenario, tmp_path: Path) -> None:
    results = swept(loaded, tmp_path, vary=()).results
    assert pq.read_table(results.folder / "design.parquet").column_names == ["point"]
    assert sum(map(len, results.point_metrics.values())) == 4


def test_the_same_sweep_is_simulated_once(loaded: LoadedScenario, tmp_path: Path) -> None:
    first = swept(loaded, tmp_path)
    again = swept(loaded, tmp_path, fakes.options(fakes.refuse))
    assert (first.reused, again.reused) == (False, True)
    assert again.results == first.results


@pytest.mark.parametrize(
    "vary", [VARY[:1], VARY[::-1], ("rules.honour.reputation=0.6,1.7", VARY[1])]
)
def test_another_sweep_stands_beside_it(
    loaded: LoadedScenario, results: Results, vary: tuple[str, ...]
) -> None:
    assert swept(loaded, results.folder.parent, vary=vary).results.folder != results.folder


@pytest.mark.parametrize(("size", "workers"), [(7, 1), (13, 2), (7, 3)])
def test_blocks_and_workers_leave_no_trace_in_the_results(
    loaded: LoadedScenario, results: Results, tmp_path: Path, size: int, workers: int
) -> None:
    options = fakes.options(workers=workers, block_size=size)
    other = swept(loaded, tmp_path / "other", options).results
    for name in SWEEP_FILES:
        assert (other.folder / name).read_bytes() == (results.folder / name).read_bytes(), name


def test_points_may_have_measures_of_their_own(loaded: LoadedScenario, tmp_path: Path) -> None:
    def some(scenario: Scenario) -> tuple[Measure, ...]:
        return fakes.MEASURES[: 1 if scenario.months == 3 else None]

    def simulate(scenario: Scenario, first: int, count: int) -> History:
        history = fakes.simulate(scenario, first, count)
        names = ("world", *(measure.name for measure in some(scenario)))
        return History({n: history.worlds[n] for n in names}, history.months, history.events)

    options = RunOptions(block_size=100, engine=Engine(simulate, some))
    results = swept(loaded, tmp_path, options, VARY[1:]).results
    table = pq.read_table(results.folder / "worlds.parquet")
    assert table.column_names == ["point", "world", "war", "never", "length", "regret"]
    assert table["never"].null_count == 30
    assert [name for metrics in results.point_metrics.values() for name in metrics][:3] == [
        "war",
        "war",
        "never",
    ]


class TestAPointThatFails:
    """The other points are there, and the same command tries it again."""

    @pytest.fixture
    def partial(self, loaded: LoadedScenario, tmp_path: Path) -> Results:
        def fail_at_four(scenario: Scenario, first: int, count: int) -> History:
            if scenario.months == 4:
                fakes.refuse(scenario, first, count)
            return fakes.simulate(scenario, first, count)

        return swept(loaded, tmp_path / "out", fakes.options(fail_at_four, block_size=20)).results

    def test_it_is_recorded_with_its_traceback(
        self, partial: Results, loaded: LoadedScenario
    ) -> None:
        failing = [p.id for p in build_design(loaded, VARY).points if p.levels["months"] == 4]
        assert [failure.point for failure in partial.failures] == [
            id_ for id_ in failing for _ in range(2)
        ]
        assert "ZeroDivisionError" in partial.failures[0].traceback
        assert partial.is_partial

    def test_the_others_are_there(self, partial: Results) -> None:
        assert pq.read_table(partial.folder / "worlds.parquet").num_rows == 120
        assert pq.read_table(partial.folder / "design.parquet").num_rows == 6

    def test_it_is_not_taken_for_complete(self, partial: Results) -> None:
        with pytest.raises(ResultsError) as error:
            open_sweep_results(partial.folder)
        assert str(error.value) == (
            f"{partial.folder}: is not complete: 60 worlds could not be simulated\n"
            "    the command that created it tries them again"
        )

    def test_the_same_command_ends_as_if_nothing_had_happened(
        self, partial: Results, results: Results, loaded: LoadedScenario
    ) -> None:
        complete = swept(loaded, partial.folder.parent).results
        assert not complete.is_partial
        for name in SWEEP_FILES:
            assert (complete.folder / name).read_bytes() == (results.folder / name).read_bytes(), (
                name
            )


def test_a_sweep_is_not_taken_for_a_run_nor_a_run_for_a_sweep(
    results: Results, loaded: LoadedScenario, tmp_path: Path
) -> None:
    with pytest.raises(ResultsError) as error:
        open_run_results(results.folder)
    assert str(error.value) == (
        f"{results.folder}: holds the results of a sweep, not of a run; "
        "sim compare and sim discover read its points"
    )
    with pytest.raises(ResultsError, match="is a point of a sweep, which only sim compare and"):
        open_run_results(results.folder / build_design(loaded, VARY).points[0].id)
    ran = run_scenario(loaded, tmp_path / "runs", PLAIN).results.folder
    with pytest.raises(ResultsError, match=r"holds the results of a run, not of a sweep$"):
        open_sweep_results(ran)


def test_too_much_is_refused_before_anything_is_touched(ask: Ask, tmp_path: Path) -> None:
    with pytest.raises(RequestError) as error:
        swept(ask("worlds=1000000"), tmp_path / "out")
    message = str(error.value)
    assert message.startswith("--worlds 1000000 in each of 6 points: 6,000,000 worlds of 24 months")
    assert "too many for one sweep" in message
    assert not (tmp_path / "out").exists()


def test_a_line_of_its_metrics_reads_back(results: Results) -> None:
    point, metrics = next(iter(results.point_metrics.items()))
    metric = next(iter(metrics.values()))
    assert len(point) == 12
    assert isinstance(metric, Metric)
    assert (metric.measure, metric.worlds) == ("war", 30)
