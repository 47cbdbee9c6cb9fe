"""Points of a sweep, read like the runs that they are."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from sim.analysis.comparison.compare import compare_runs
from sim.analysis.data.resolve import MAX_SIDES, open_run, open_sides
from sim.errors import RequestError, ResultsError
from sim.experiment.design.design import build_design
from sim.experiment.storage.fingerprint import canonical_json
from sim.experiment.storage.results import Results
from sim.experiment.sweep import run_sweep
from tests.analysis import effect_engine
from tests.analysis.conftest import HERE, SHOWN, SimulateSmall
from tests.scenario.folder import Folder

Swept = Callable[..., Path]
TREATY = "treaties.pact.concluded=true,false"
REPUTATION = "rules.honour.reputation=0.6:1.2:{}"


@pytest.fixture
def swept(simulate_small: SimulateSmall, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Swept:
    """Sweeps the small scenario with the planted engine and returns the folder."""
    monkeypatch.setattr("sim.experiment.sweep.list_measures", effect_engine.measures)

    def simulate(*vary: str, sample: str = "", over: tuple[str, ...] = ()) -> Path:
        loaded = Folder(tmp_path).load(SHOWN)
        design = build_design(loaded, vary, sample, over)
        return run_sweep(loaded, design, tmp_path / "results", HERE).results.folder

    return simulate


def content(results: Results) -> tuple[object, ...]:
    """Return all content of results, in a form that can be compared."""
    columns = [str(results.column(name).tolist()) for name in ("world", *results.measures)]
    return canonical_json(results.scenario), results.measures, results.metrics, columns


def test_a_point_reads_like_a_run_of_its_own(swept: Swept, simulate_small: SimulateSmall) -> None:
    folder = swept(TREATY, "months=3,5")
    points = open_sides(folder)
    settings = [(f"treaties.pact.concluded={c}", f"months={m}") for c in YES_NO for m in (3, 5)]
    assert len(points) == 4
    for point, setting in zip(points, settings, strict=True):
        assert content(point) == content(open_run(simulate_small(*setting)))
        assert content(open_run(point.path)) == content(point)
        assert point.path.parent == folder


YES_NO = ("true", "false")


def test_levels_are_those_that_were_written(swept: Swept) -> None:
    """A column of the design has one type, and so holds some of them otherwise."""
    points = open_sides(swept("rules.honour.reputation=1,1.5", "start=2024-06-19,2024-07-19"))
    numbers = [point.scenario.rules.honour.reputation.value for point in points]
    assert numbers == [1, 1, 1.5, 1.5]


def test_a_sampled_point_has_its_numbers(swept: Swept) -> None:
    points = open_sides(swept(sample="lhs:3", over=("rules.honour.reputation",)))
    numbers = [point.scenario.rules.honour.reputation for point in points]
    assert len({number.value for number in numbers}) == 3
    assert all(number.is_fixed for number in numbers)


def test_a_run_is_itself(simulate_small: SimulateSmall) -> None:
    folder = simulate_small()
    assert [item.folder for item in open_sides(folder)] == [open_run(folder).folder] == [folder]


def test_a_planted_difference_is_found_between_points_as_between_runs(
    swept: Swept, simulate_small: SimulateSmall
) -> None:
    [points] = compare_runs([swept(TREATY)]).pairs
    [runs] = compare_runs([simulate_small(), simulate_small("treaties.pact.concluded=false")]).pairs
    assert points == runs
    assert points.added_treaties == ("pact",)


def test_a_point_is_compared_with_a_run(swept: Swept, simulate_small: SimulateSmall) -> None:
    point = open_sides(swept(TREATY))[1].path
    results = compare_runs([simulate_small(), point])
    assert results.pairs[0].paired
    assert [item.key for item in results.inputs] == ["treaties.pact.concluded"]


def test_a_sweep_of_one_point_needs_no_name(swept: Swept) -> None:
    assert open_run(swept()).scenario.months == 24


class TestRefusals:
    """One message that says what to name instead."""

    def test_a_sweep_of_many_points_side_by_side(self, swept: Swept) -> None:
        folder = swept(REPUTATION.format(MAX_SIDES + 1))
        with pytest.raises(RequestError) as refused:
            compare_runs([folder])
        message = str(refused.value)
        assert message.startswith(
            f"{folder}: has 13 points, and at most 12 are compared side by side\n"
            f"    name some of them, such as {folder}/"
        )
        assert message.endswith("; design.parquet lists the levels of each")
        named = Path(message.partition("such as ")[2].partition(";")[0])
        assert open_run(named).scenario.rules.honour.reputation.value == 0.6

    def test_a_sweep_where_one_is_looked_at(self, swept: Swept) -> None:
        folder = swept(TREATY)
        with pytest.raises(RequestError) as refused:
            open_run(folder)
        assert str(refused.value).startswith(
            f"{folder}: is a sweep of 2 points, and one is needed\n    name it, such as {folder}/"
        )

    def test_a_point_that_is_not_there(self, swept: Swept) -> None:
        folder = swept(TREATY)
        first = open_sides(folder)[0].point
        with pytest.raises(RequestError) as refused:
            open_run(folder / f"{first[:-1]}x")
        assert str(refused.value) == (
            f"{folder}: has no point {first[:-1]}x\n"
            f"    allowed: one of 2, such as {first}; did you mean {first!r}?"
        )

    def test_a_sweep_of_another_version(self, swept: Swept) -> None:
        folder = swept(TREATY)
        file = folder / "manifest.json"
        manifest = json.loads(file.read_text("utf-8"))
        manifest["scenarios"]["whole"]["months"] = 7
        file.write_text(json.dumps(manifest), "utf-8")
        with pytest.raises(ResultsError, match="was written by another version of sim"):
            open_sides(folder)

    def test_what_is_not_there_at_all(self, tmp_path: Path) -> None:
        with pytest.raises(ResultsError, match="gone: there is no such folder"):
            open_sides(tmp_path / "gone")
