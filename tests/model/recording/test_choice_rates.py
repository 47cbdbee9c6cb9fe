"""The recorder of choices changes nothing, and records what is decided."""

from __future__ import annotations

import numpy as np
import pytest

from sim.model.decision_log import DecisionLog
from sim.model.model import AllianceModel
from sim.model.recording.choice_rates import ChoiceRecorder, RivalryChoices
from sim.model.recording.history import History
from sim.model.simulate import simulate
from sim.scenario.schema.scenario import Scenario
from tests.model.compare_histories import same_history
from tests.worlds import quarrel, real, tangle

_ROUNDING = 1e-12
"""A treaty that binds in all worlds of a block, or in some only, is reckoned in two ways."""
Months = list[dict[str, RivalryChoices]]


def recorded(scenario: Scenario, first: int, count: int, months: int) -> tuple[History, Months]:
    """Return the history of some worlds, and the choices of every month."""
    model, recorder = AllianceModel(scenario, first, count), ChoiceRecorder()
    model.context.choices = recorder
    seen = []
    for _ in range(months):
        model.step()
        seen.append(recorder.rivalries)
    history = model.history()
    model.close()
    return history, seen


@pytest.mark.parametrize("name", ["quarrel", "tangle", "pact"])
def test_recording_choices_changes_no_bit(name: str) -> None:
    scenario = {"quarrel": quarrel, "tangle": tangle, "pact": lambda: real("pact")}[name]()
    history, _ = recorded(scenario, 3, 40, scenario.months)
    assert same_history(history, simulate(scenario, 3, 40))


@pytest.mark.parametrize("size", [1, 4])
def test_what_is_recorded_does_not_depend_on_the_block(size: int) -> None:
    scenario = tangle()
    _, together = recorded(scenario, 0, 8, 18)
    for first in range(0, 8, size):
        _, apart = recorded(scenario, first, size, 18)
        for whole, part in zip(together, apart, strict=True):
            for code, choices in part.items():
                worlds = slice(first, first + size)
                assert np.array_equal(choices.free, whole[code].free[worlds])
                for side in (0, 1):
                    _same_where_faced(choices, whole[code], side, worlds)


def _same_where_faced(
    part: RivalryChoices, whole: RivalryChoices, side: int, worlds: slice
) -> None:
    for name, faced in (
        ("challenge", part.free),
        ("resist", part.free | part.under_way),
        ("climb", part.under_way),
    ):
        mine, theirs = getattr(part, name)[side], getattr(whole, name)[side][worlds]
        assert mine[faced] == pytest.approx(theirs[faced], rel=_ROUNDING)


def test_the_chances_are_those_that_actors_decide_by() -> None:
    scenario = quarrel()
    _, months = recorded(scenario, 0, 60, 24)
    log = DecisionLog()
    simulate(scenario, 0, 60, log=log)
    compared = {"challenge": 0, "climb": 0, "resist challenge": 0}
    for decision in log.decisions:
        if decision.key.what not in compared:
            continue
        choices = months[decision.month - 1][decision.key.about]
        side = ("rival", "member").index(decision.key.who)
        chance = getattr(choices, decision.key.what.split()[0])[side]
        where = decision.where
        compared[decision.key.what] += int(where.sum())
        assert decision.chances[0][where] == pytest.approx(chance[where], rel=1e-12)
    assert min(compared.values()) > 50
