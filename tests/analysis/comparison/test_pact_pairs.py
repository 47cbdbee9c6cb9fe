"""What pairs of worlds save between the pact and no pact; docs/compare.md has the whole table."""

from __future__ import annotations

from math import isfinite
from pathlib import Path

import pytest

from sim.analysis.comparison.compare import compare
from sim.analysis.data.resolve import Terms, lived

SCENARIOS = Path(__file__).parents[3] / "scenarios"


@pytest.mark.slow
def test_some_headlines_need_ten_times_fewer_worlds_in_pairs(tmp_path: Path) -> None:
    sides = [SCENARIOS / "pact.toml", SCENARIOS / "no_pact.toml"]
    [pair] = compare(lived(sides, Terms(worlds=300), tmp_path)).pairs
    assert pair.paired
    assert pair.treaties == ("pact_2024",)
    saved = [one.fewer for one in pair.differences if one.fewer and isfinite(one.fewer)]
    assert sum(factor >= 10 for factor in saved) >= 3
    for one in pair.differences:
        assert one.four is None or one.four.pairs == one.worlds
