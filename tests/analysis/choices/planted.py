"""A promise that is planted: kept as surely as a test wants, by everybody's knowledge."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

import numpy as np

from sim.model.decisions.calls import find_aid_treaties
from sim.model.decisions.willingness import AllyCase
from sim.model.theory.anchor import AidChances
from sim.statistics.arrays import Vector


@contextmanager
def kept_promise(treaty: str, chance: float) -> Iterator[None]:
    """Let allies answer with a given chance wherever the treaty binds in full and aid is due."""
    rule = AllyCase.aid_chances

    def planted(case: AllyCase, willing: Vector) -> AidChances:
        chances = rule(case, willing)
        state, call = case._state, case.call
        for promise in find_aid_treaties(state, call.ally, call.partner, call.rivalry):
            if promise.code == treaty:
                due = promise.aid_due(call.began, call.home_soil) & (state.binding[treaty] == 1)
                kept = np.where(due, chance, chances[2])
                return kept, kept, kept
        return chances

    with patch.object(AllyCase, "aid_chances", planted):
        yield
