"""The case that a theory of alignment is asked about: every pair of actors in every world."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import numpy as np

from sim.model.arrays import Vector, total
from sim.model.plugged.asking import ask_theory
from sim.model.state import State
from sim.model.theory.cases import AlignmentCase


def propensities_by_theory(state: State, ties: Mapping[str, Vector]) -> Vector:
    """Return the propensity of every pair by the scenario's theory, (actor, other, world).

    It lies within -1 and 1, is symmetric, and is 0 for an actor and itself.

    Args:
        state: the state.
        ties: `common_adversary`, `quarrel`, `fight` and how far treaties bind the two, as facts of
            the case, (actor, other, world) each.
    """
    shape = state.memory.affinity.shape
    facts: dict[str, Vector] = {
        **ties,
        "affinity": state.memory.affinity,
        "capability": state.capability[:, None],
        "other_capability": state.capability[None],
        "distance": state.distance[..., None],
        "polyarchy": state.governments.polyarchy[:, None],
        "other_polyarchy": state.governments.polyarchy[None],
    }
    flat = {
        name: partial(np.asarray, np.broadcast_to(fact, shape).reshape(-1))
        for name, fact in facts.items()
    }
    case = AlignmentCase(int(np.prod(shape)), flat)
    pull = total(ask_theory(state, "alignment", "align", case, shape).values()).clip(-1, 1)
    symmetric: Vector = (pull + pull.swapaxes(0, 1)) / 2
    symmetric[np.diag_indices(shape[0])] = 0
    return symmetric
