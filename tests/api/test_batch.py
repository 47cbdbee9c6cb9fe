"""Many points in memory."""

from __future__ import annotations

import numpy as np
import pytest

import sim
from sim.errors import RequestError
from tests.scenario.folder import Folder

PROMISE, NUMBER = "treaties.pact.concluded", "rules.honour.reputation"


def test_points_are_paired_worlds_and_nothing_is_stored(plain: Folder) -> None:
    found = sim.batch("whole", [{}, {PROMISE: False}], worlds=12, months=2)
    assert not (plain.path / "results").exists()
    assert found["point"].tolist() == [0] * 12 + [1] * 12
    run = sim.run("whole", worlds=12, months=2)
    assert found.loc[found["point"] == 0, "disputes"].tolist() == run.worlds["disputes"].tolist()
    assert list(found)[:3] == ["point", PROMISE, "world"]


def test_lists_are_combined(plain: Folder) -> None:
    levels = {PROMISE: [True, False], NUMBER: [0.6, 1.2], "months": 1}
    found = sim.batch("whole", levels, measures="honoured_pact", worlds=3)
    assert found.groupby([PROMISE, NUMBER]).size().tolist() == [3] * 4
    assert found["honoured_pact"].isin([0, 1]).sum() + np.isnan(found["honoured_pact"]).sum() == 12


@pytest.mark.parametrize(
    ("points", "message"),
    [
        ([], "points: name at least one"),
        (["months=3"], "points: 'months=3' is no dictionary\n    allowed: dictionaries such as"),
        ([{NUMBER: 9}], f"--set {NUMBER}=9: "),
    ],
)
def test_what_is_no_point_is_said(plain: Folder, points: object, message: str) -> None:
    with pytest.raises(RequestError) as caught:
        sim.batch("whole", points)  # type: ignore[arg-type]
    assert str(caught.value).startswith(message)
