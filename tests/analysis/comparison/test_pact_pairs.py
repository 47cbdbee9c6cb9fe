"""What pairs of worlds save between the pact and no pact; docs/compare.md has the whole table."""

from __future__ import annotations

from math import isfinite
from pathlib import Path

import pytest

from sim.analysis.comparison.compare import compare_runs
from sim.analysis.data.resolve import RunSettings, ensure_simulated

SCENARIOS = Path(__file__).parents[3] / "scenarios"


@pytest.mark.slow
def test_some_headlines_need_ten_times_fewer_worlds_in_pairs(tmp_path: Path) -> None:
    sides = [SCENARIOS / "pact.toml", SCENARIOS / "no_pact.toml"]
    [pair] = compare_runs(ensure_simulated(sides, RunSettings(worlds=300), tmp_path)).pairs
    assert pair.paired
    assert pair.added_treaties == ("pact_2024",)
    saved = [
        difference.efficiency
        for difference in pair.differences
        if difference.efficiency and isfinite(difference.efficiency)
    ]
    assert sum(factor >= 10 for factor in saved) >= 3
    for difference in pair.differences:
        assert difference.four_way is None or difference.four_way.pairs == difference.worlds
