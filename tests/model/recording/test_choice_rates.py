"""The recorder of choices changes nothing, and records what is decided."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.model.decision_log import DecisionLog
from sim.model.entities.rivalry import Rivalry
from sim.model.model import AllianceModel
from sim.model.recording.choice_rates import ChoiceRecorder, RivalryChoices
from sim.model.recording.history import History
from sim.model.simulate import simulate
from sim.model.state import SampledRules
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


@pytest.mark.parametrize("name", ["tangle", "pact"])
def test_later_months_change_nothing_that_was_recorded(name: str) -> None:
    scenario = {"tangle": tangle, "pact": lambda: real("pact")}[name]()
    model, recorder = AllianceModel(scenario, 0, 40), ChoiceRecorder()
    model.context.choices = recorder
    recorded, copies = [], []
    for _ in range(scenario.months):
        model.step()
        recorded.append(list(_vectors(recorder.rivalries)))
        copies.append([vector.copy() for vector in recorded[-1]])
    model.release()
    for month, copy in zip(recorded, copies, strict=True):
        assert all(np.array_equal(*vectors) for vectors in zip(month, copy, strict=True))


def _vectors(part: object) -> Iterator[NDArray[Any]]:
    """Yield every vector in what was recorded of a month, but for constant numbers."""
    if isinstance(part, np.ndarray):
        yield part
    elif isinstance(part, Rivalry | SampledRules):
        return
    elif is_dataclass(part):
        for field in fields(part):
            yield from _vectors(getattr(part, field.name))
    elif isinstance(part, dict | tuple):
        for each in part.values() if isinstance(part, dict) else part:
            yield from _vectors(each)


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
