"""What a signature and a notice change in the world of 2024, in paired worlds."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest

from sim.model.recording.chronicle import SilentChronicle
from sim.model.recording.history import Columns
from sim.model.simulate import simulate
from tests.worlds import act, changed, real, treaty

WORLDS = 300
STILL = {"mechanisms__treaties_move": False, "mechanisms__governments_change": False}
PACT = ("defence", "nonaggression", "consultation")
ON_THE_FIRST_DAY: dict[str, dict[str, Any]] = {
    "nothing": {},
    "russia_china": {
        "treaties__new": treaty("russia", "china", obligations=PACT, signed=None),
        "shocks__sign": act("sign", 1, "new"),
    },
    "rok_japan": {
        "treaties__new": treaty("rok", "japan", obligations=PACT, signed=None),
        "shocks__sign": act("sign", 1, "new"),
    },
    "us_rok": {
        "treaties__us_rok_1953__notice": 0,
        "shocks__go": act("leave", 1, "us_rok_1953", "usa"),
    },
}
DIRECTIONS = [
    ("russia_china", "entered_china", 1),
    ("russia_china", "entrapped_china", 1),
    ("rok_japan", "disputes_rok_japan", -1),
    ("us_rok", "disputes_korea", 1),
]


@cache
def worlds(acts: str) -> Columns:
    """Return the table of worlds in which something is signed or left on the first day."""
    scenario = changed(real("pact"), **STILL, **ON_THE_FIRST_DAY[acts])
    return simulate(scenario, 0, WORLDS, chronicle=SilentChronicle).worlds


@pytest.mark.slow
@pytest.mark.parametrize(("acts", "measure", "sign"), DIRECTIONS)
def test_a_treaty_made_or_ended_moves_outcomes_the_way_the_record_says(
    acts: str, measure: str, sign: int
) -> None:
    change = worlds(acts)[measure].astype(float) - worlds("nothing")[measure]
    error = change.std() / np.sqrt(WORLDS)
    assert sign * change.mean() > 2 * error > 0


def test_a_notice_of_the_united_states_ends_nothing_before_twelve_months() -> None:
    left = changed(real("pact"), **STILL, shocks__go=act("leave", 2, "us_rok_1953", "usa"))
    binding = simulate(left, 0, 2, months=15).months["binding_us_rok_1953"].reshape(2, -1)
    assert (binding == [1.0] * 13 + [0.0] * 2).all()
