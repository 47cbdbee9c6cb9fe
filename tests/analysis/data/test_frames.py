from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim.analysis.data.drawn_parameters import draw_parameters
from sim.analysis.data.frames import load
from sim.errors import ResultsError
from tests.analysis.conftest import SimulateSmall


def test_frames_have_a_row_per_world_month_and_event(simulate_small: SimulateSmall) -> None:
    frames = load(str(simulate_small("worlds=40", "months=3")))
    assert frames.worlds["world"].tolist() == list(range(40))
    assert frames.months.shape[0] == 120
    assert set(frames.events["event"]) == {"war"}
    assert frames.worlds["war"].dtype == bool
    assert frames.worlds["length"].dtype == np.float64


def test_metrics_are_shares_and_means_with_intervals(simulate_small: SimulateSmall) -> None:
    frames = load(simulate_small())
    figures, words = ["value", "low", "high", "worlds"], ["label", "group", "headline"]
    assert list(frames.metrics) == ["measure", "unit", *figures, *words]
    metrics = frames.metrics.set_index("measure")
    assert metrics.loc["war", "value"] == frames.worlds["war"].mean()
    assert pd.isna(metrics.loc["regret", "value"])


def test_measures_say_what_the_columns_are(simulate_small: SimulateSmall) -> None:
    frames = load(simulate_small())
    assert frames.measures["name"].tolist() == list(frames.worlds)[1:]
    assert frames.measures.set_index("name").loc["length", "given"] == "war"


def test_assumptions_are_drawn_again(simulate_small: SimulateSmall) -> None:
    frames = load(simulate_small("worlds=10"))
    drawn = draw_parameters(frames.scenario, np.arange(10))
    assert list(frames.assumptions) == ["world", *drawn]
    key = "rules.honour.reputation"
    assert frames.assumptions[key].tolist() == drawn[key].tolist()


def test_what_it_is_can_be_seen(simulate_small: SimulateSmall) -> None:
    frames = load(simulate_small())
    assert repr(frames) == f"<run {frames.folder}>"
    assert frames.manifest["worlds"] == frames.scenario.worlds == 100


def test_a_frame_is_read_once(simulate_small: SimulateSmall) -> None:
    frames = load(simulate_small())
    assert frames.worlds is frames.worlds


def test_a_table_that_does_not_exist_is_reported(simulate_small: SimulateSmall) -> None:
    folder = simulate_small()
    with pytest.raises(ResultsError, match=r"holds no table of design$"):
        _ = load(folder).design


def test_a_folder_without_results_is_reported(tmp_path: Path) -> None:
    with pytest.raises(ResultsError, match="there is no such folder"):
        load(tmp_path / "gone")


def test_a_table_scribbled_over_is_damage(simulate_small: SimulateSmall) -> None:
    folder = simulate_small()
    file = folder / "months.parquet"
    file.write_bytes(b"x" * file.stat().st_size)
    with pytest.raises(ResultsError, match="is damaged"):
        _ = load(folder).months


def test_a_scenario_of_another_version_is_reported(simulate_small: SimulateSmall) -> None:
    folder = simulate_small()
    file = folder / "manifest.json"
    manifest = json.loads(file.read_text("utf-8")) | {"scenario": {"title": "Old"}}
    file.write_text(json.dumps(manifest), "utf-8")
    frames = load(folder)
    assert len(frames.worlds) == 100
    with pytest.raises(ResultsError, match="another version of sim"):
        _ = frames.scenario
