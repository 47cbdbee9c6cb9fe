"""What a dated dispute brings about is so by construction, conditional measures too."""

from __future__ import annotations

import pytest

from sim.analysis.comparison.construction import list_imposed
from tests.worlds import quarrel, shock


@pytest.mark.parametrize(
    ("rung", "imposed"),
    [
        ("threat", {"disputed"}),
        ("force", {"disputed", "force", "force_disputed"}),
        ("war", {"disputed", "force", "force_disputed", "war", "war_disputed"}),
    ],
)
def test_a_dated_dispute_imposes_what_its_level_implies(rung: str, imposed: set[str]) -> None:
    scenario = quarrel(shocks__march=shock("dispute", 4, "member", rung=rung))
    names = set(list_imposed(scenario)) - {"war_any"}
    assert names == {f"{name}_feud" for name in imposed}
