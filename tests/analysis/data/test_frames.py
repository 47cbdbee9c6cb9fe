from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim.analysis.data.drawn_parameters import draw_parameters
from sim.analysis.data.frames import load
from sim.errors import ResultsError
from tests.analysis.conftest import Lived


def test_frames_have_a_row_per_world_month_and_event(lived: Lived) -> None:
    found = load(str(lived("worlds=40", "months=3")))
    assert found.worlds["world"].tolist() == list(range(40))
    assert found.months.shape[0] == 120
    assert set(found.events["event"]) == {"war"}
    assert found.worlds["war"].dtype == bool
    assert found.worlds["length"].dtype == np.float64


def test_metrics_are_shares_and_means_with_intervals(lived: Lived) -> None:
    found = load(lived())
    assert list(found.metrics) == ["measure", "unit", "value", "low", "high", "worlds"]
    metrics = found.metrics.set_index("measure")
    assert metrics.loc["war", "value"] == found.worlds["war"].mean()
    assert pd.isna(metrics.loc["regret", "value"])


def test_measures_say_what_the_columns_are(lived: Lived) -> None:
    found = load(lived())
    assert found.measures["name"].tolist() == list(found.worlds)[1:]
    assert found.measures.set_index("name").loc["length", "given"] == "war"


def test_assumptions_are_drawn_again(lived: Lived) -> None:
    found = load(lived("worlds=10"))
    drawn = draw_parameters(found.scenario, np.arange(10))
    assert list(found.assumptions) == ["world", *drawn]
    key = "rules.honour.reputation"
    assert found.assumptions[key].tolist() == drawn[key].tolist()


def test_what_it_is_can_be_seen(lived: Lived) -> None:
    found = load(lived())
    assert repr(found) == f"<run {found.folder}>"
    assert found.manifest["worlds"] == found.scenario.worlds == 100


def test_a_frame_is_read_once(lived: Lived) -> None:
    found = load(lived())
    assert found.worlds is found.worlds


def test_a_table_that_is_not_there_is_told(lived: Lived) -> None:
    folder = lived()
    with pytest.raises(ResultsError, match=r"holds no table of design$"):
        _ = load(folder).design


def test_a_folder_that_is_none_is_told(tmp_path: Path) -> None:
    with pytest.raises(ResultsError, match="there is no such folder"):
        load(tmp_path / "gone")


def test_a_table_scribbled_over_is_damage(lived: Lived) -> None:
    folder = lived()
    file = folder / "months.parquet"
    file.write_bytes(b"x" * file.stat().st_size)
    with pytest.raises(ResultsError, match="is damaged"):
        _ = load(folder).months


def test_a_scenario_of_another_version_is_told(lived: Lived) -> None:
    folder = lived()
    file = folder / "manifest.json"
    manifest = json.loads(file.read_text("utf-8")) | {"scenario": {"title": "Old"}}
    file.write_text(json.dumps(manifest), "utf-8")
    found = load(folder)
    assert len(found.worlds) == 100
    with pytest.raises(ResultsError, match="another version of sim"):
        _ = found.scenario
