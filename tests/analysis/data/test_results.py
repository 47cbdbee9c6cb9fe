from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sim.analysis.data.resolve import open_run, open_source
from sim.analysis.stories.select_world import SelectionRule, select_world
from sim.errors import RequestError, ResultsError
from sim.experiment.blocks import Block
from sim.experiment.storage.block_files import FinishedRun
from sim.experiment.storage.run_key import canonical_json
from sim.report.figures.timeline_events import read_timeline_events
from sim.report.run_view import open_runs
from tests.analysis.conftest import SimulateSmall


def change(folder: Path, **parts: Any) -> None:
    """Change a manifest by hand; None takes a part away."""
    file = folder / "manifest.json"
    manifest = json.loads(file.read_text("utf-8")) | parts
    changed = {name: part for name, part in manifest.items() if part is not None}
    file.write_text(json.dumps(changed), "utf-8")


def refusal(folder: Path, act: Callable[[Path], object] = open_run) -> str:
    with pytest.raises(ResultsError) as caught:
        act(folder)
    message = str(caught.value)
    assert message.startswith(f"{folder}")
    assert "\n" not in message
    return message.partition(": ")[2]


def test_the_scenario_is_the_one_that_was_simulated(simulate_small: SimulateSmall) -> None:
    results = open_run(simulate_small("months=5"))
    assert results.scenario.months == 5
    again = type(results.scenario).model_validate_json(results.scenario.model_dump_json())
    assert canonical_json(again) == canonical_json(results.scenario)


def test_columns_are_arrays_over_worlds(simulate_small: SimulateSmall) -> None:
    results = open_run(simulate_small())
    assert results.worlds.tolist() == list(range(100))
    assert results.column("war").dtype == bool


def test_measures_are_found_by_name_and_the_nearest_is_guessed(
    simulate_small: SimulateSmall,
) -> None:
    results = open_run(simulate_small())
    assert results.measure("war").label == "War breaks out"
    with pytest.raises(RequestError, match="did you mean 'length'"):
        results.measure("lenght")


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert refusal(tmp_path / "gone") == "there is no such folder"


@pytest.mark.parametrize(
    ("part", "message"),
    [
        ({"format": 99}, "was written by another version of sim"),
        ({"status": "running"}, "is not complete"),
        ({"engine": None, "measures": None}, "was written by another version of sim"),
        ({"scenario": {"title": "Old"}}, "was written by another version of sim"),
        ({"scenario": None}, "was written by another version of sim"),
        ({"measures": [{"name": "war"}]}, "was written by another version of sim"),
        ({"measures": [3]}, "was written by another version of sim"),
    ],
)
def test_a_manifest_of_another_version(
    simulate_small: SimulateSmall, part: dict[str, Any], message: str
) -> None:
    folder = simulate_small()
    change(folder, **part)
    assert refusal(folder).startswith(message)


def test_a_truncated_table_is_damage(simulate_small: SimulateSmall) -> None:
    folder = simulate_small()
    file = folder / "worlds.parquet"
    file.write_bytes(file.read_bytes()[:-20])
    assert refusal(folder) == "is damaged: worlds.parquet has changed since it was written"


def test_a_table_overwritten_with_as_many_bytes_is_damage(simulate_small: SimulateSmall) -> None:
    folder = simulate_small()
    file = folder / "worlds.parquet"
    file.write_bytes(b"x" * file.stat().st_size)
    message = refusal(folder, lambda it: open_run(it).column("war"))
    assert message.startswith("is damaged")


def damage_inside(file: Path) -> None:
    """Overwrite the middle of a file, which keeps its size."""
    content = bytearray(file.read_bytes())
    middle = len(content) // 3
    content[4:middle] = b"x" * (middle - 4)
    file.write_bytes(content)


@pytest.mark.parametrize(
    "read",
    [
        lambda folder: select_world(open_source(folder), SelectionRule.FIRST_HONOURED),
        lambda folder: read_timeline_events(open_runs([folder])[0], 0),
        lambda folder: list(FinishedRun(folder, Block(0, 1)).read_table("events")),
    ],
)
def test_damage_inside_the_events_is_named_by_whatever_reads_them(
    simulate_small: SimulateSmall, read: Callable[[Path], object]
) -> None:
    folder = simulate_small()
    damage_inside(folder / "events.parquet")
    with pytest.raises(ResultsError, match=r"events\.parquet: is damaged and cannot be read"):
        read(folder)


def test_metrics_scribbled_over_are_damage(simulate_small: SimulateSmall) -> None:
    folder = simulate_small()
    file = folder / "metrics.csv"
    file.write_text(file.read_text("utf-8").replace(",100,", ",1e0,"), "utf-8")
    assert refusal(folder).startswith("is damaged: ")
