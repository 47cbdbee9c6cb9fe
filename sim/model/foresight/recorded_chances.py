"""What allies did in the record of disputes, by the rule of today.

The treaties are those of the reference period, and what has passed between the two since then is
left out. So it is worked out once for an ally that is foreseen.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from sim.model.arrays import Vector
from sim.model.decisions.record import find_owed, reference_anchor
from sim.model.foresight.prospective_allies import ProspectiveAlly
from sim.model.places import Index
from sim.model.plugged.asking import honour_willingness
from sim.model.plugged.honour import ask_in_record
from sim.model.plugged.promises import join_promises, promise_in_record
from sim.model.state import State
from sim.model.theory.anchor import AidTable, Anchor, tabled_chances
from sim.model.theory.honour import willingness

_Anchors = list[list[Anchor]]
"""The record of every ally, (2, row): if its partner begins the war, and if it is attacked."""


def recorded_chances(
    state: State, allies: Sequence[ProspectiveAlly], circumstances: Vector
) -> AidTable:
    """Return the chances of aid in the record of disputes, (level, 2, row, world).

    They are those if the partner begins the war, and if it is attacked. Where troops were in place
    then, all three are the same.

    Args:
        state: the state.
        allies: the allies, (row,).
        circumstances: sum of the terms that never change, in log-odds, (row, world).
    """
    owed = zip(*(find_owed(state, ally) for ally in allies), strict=True)
    anchors = [[reference_anchor(state, each) for each in of_all] for of_all in owed]
    divisors = np.ones((3, 2, *circumstances.shape))
    divisors[0] = _tabulate(anchors, lambda anchor: anchor.odds_divisors[0])
    divisors[1] = _tabulate(anchors, lambda anchor: anchor.odds_divisors[1])
    divisors[:, :, state.stationed_before[_pairs(allies)] > 0] = 1.0
    by_theory = "honour" in state.theories
    willing = (
        _willingness_by_theory(state, allies, anchors)
        if by_theory
        else _willingness(state, _pairs(allies), circumstances, anchors)
    )
    return tabled_chances(willing, divisors)


def _willingness(
    state: State, pairs: tuple[Index, Index], circumstances: Vector, anchors: _Anchors
) -> Vector:
    """Return the log-odds of open war by the mutual-defence rule, (2, row, world)."""
    honour = state.rules.honour
    moved = state.stationed_before[pairs] - state.stationed[pairs]
    return willingness(
        _tabulate(anchors, lambda anchor: anchor.at_zero),
        honour.worth * state.worth_before[pairs],
        circumstances + honour.stationed * moved[:, None],
        -honour.busy * _usual_wars(anchors),
    )


def _willingness_by_theory(
    state: State, allies: Sequence[ProspectiveAlly], anchors: _Anchors
) -> Vector:
    """Return the same log-odds by the theory that the scenario names, (2, row, world)."""
    promises = [
        promise_in_record(state, ally.foresee_call(state, began=began), anchor)
        for began, of_all in zip((True, False), anchors, strict=True)
        for ally, anchor in zip(allies, of_all, strict=True)
    ]
    shape = 2, len(allies), state.count
    promise = join_promises(promises, lambda each: np.array(each).reshape(shape))
    who = np.array([ally[:3] for ally in allies]).T
    return honour_willingness(state, ask_in_record(state, who, promise, _usual_wars(anchors)))


def _usual_wars(anchors: _Anchors) -> Vector:
    """Return how often allies of each class were at war elsewhere, (2, row, world)."""
    return _tabulate(anchors, lambda anchor: anchor.means["busy"])


def _tabulate(anchors: _Anchors, read: Callable[[Anchor], Vector]) -> Vector:
    return np.array([[read(anchor) for anchor in of_all] for of_all in anchors])


def _pairs(allies: Sequence[ProspectiveAlly]) -> tuple[Index, Index]:
    """Return the rows of the allies and of their partners, (row,) each."""
    ally, partner = np.array([ally.pair for ally in allies]).T
    return ally, partner
