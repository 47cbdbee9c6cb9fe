"""`sim.compare_theories` returns the shares and the means as a frame."""

from __future__ import annotations

import pytest

import sim
from sim.analysis.sensitivity import theory_split
from tests.worlds import SCENARIOS


def test_shares_and_means_are_rows_of_a_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(theory_split, "theory_names", lambda: ("record", "power_shift"))
    frame = sim.compare_theories(
        SCENARIOS / "pact.toml",
        measure=["provocations_dprk", "coordination_pacific"],
        draws=20,
        months=3,
    )
    assert frame["measure"].tolist() == ["provocations_dprk"] * 5 + ["coordination_pacific"] * 5
    assert frame["name"].tolist()[:5] == [*theory_split.PARTS, "record", "power_shift"]
    shares = frame[frame["what"] == "share"].groupby("measure")["value"].sum()
    assert shares.tolist() == pytest.approx([1, 1])
