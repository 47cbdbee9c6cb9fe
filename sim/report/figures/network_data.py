"""Ties between actors: defence commitments, affinity and threat, and the camps that follow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import networkx as nx
import numpy as np

from sim.model.arrays import Vector
from sim.model.measures.needs import has_aid_obligation
from sim.model.measures.propensity import (
    current_binding,
    propensities,
    rivalry_stakes,
    war_opposition,
)
from sim.model.state import State
from sim.model.theory.landscape import build_landscape, camp_assignments
from sim.report.figures.resimulate import observe_states
from sim.report.run_view import Run

NodePositions = dict[str, tuple[float, float]]


@dataclass(frozen=True)
class Tie:
    """The tie between two actors after a month, as means over worlds.

    Attributes:
        month: 0 for the opening day.
        first, second: codes of the two.
        treaty: strength of the defence commitment: 1 in force, less while only signed, 0 none.
        affinity: similarity of their votes, from 0 to 1.
        threat: the stakes of their gravest rivalry, or 1 where they are at open war.
    """

    month: int
    first: str
    second: str
    treaty: float
    affinity: float
    threat: float


@dataclass(frozen=True)
class Network:
    """The ties of a run on the opening day and at the end.

    Attributes:
        opening, end: every pair's tie.
        positions: the places of the actors; those of strong ties on the opening day are close.
        camps: the camp of each actor at the end, 0 or 1, 0 for the first actor.
    """

    opening: list[Tie]
    end: list[Tie]
    positions: NodePositions
    camps: dict[str, int]


def observe_network(run: Run) -> Network:
    """Simulate some worlds of a run again, and return its network."""
    ties: dict[int, list[Tie]] = {}
    positions: NodePositions = {}
    camps: dict[str, int] = {}

    def observe(month: int, state: State) -> None:
        ties[month] = list(_compute_month_ties(state, month))
        camps.update(_find_camps(state))
        if not month:
            positions.update(_compute_positions(state))

    observe_states(run, (0, run.months), observe)
    return Network(ties[0], ties[run.months], positions, camps)


def _find_camps(state: State) -> dict[str, int]:
    """Return the camps of the least strain, by the mean propensities and sizes over worlds."""
    propensity = propensities(state).mean(axis=2, keepdims=True)
    size = state.capability.mean(axis=-1, keepdims=True)
    deepest = int(build_landscape(propensity, size).deepest[0])
    side = camp_assignments(len(state.codes))[deepest]
    return {code: int(other) for code, other in zip(state.codes, side, strict=True)}


def _compute_month_ties(state: State, month: int) -> Iterator[Tie]:
    commitments, affinity = _average_commitments(state), state.memory.affinity.mean(axis=2)
    threat = np.maximum(rivalry_stakes(state), war_opposition(state)).mean(axis=2)
    for i, j in combinations(range(len(state.codes)), 2):
        yield Tie(
            month,
            state.codes[i],
            state.codes[j],
            treaty=float(commitments[i, j]),
            affinity=float((affinity[i, j] + affinity[j, i]) / 2),
            threat=float(threat[i, j]),
        )


def _average_commitments(state: State) -> Vector:
    """Return the strength of the strongest defence commitment, mean over worlds, (actor, other)."""
    commitments = np.zeros((len(state.codes), len(state.codes), state.count))
    for treaty in state.treaties.values():
        if has_aid_obligation(treaty.spec):
            for i, j in combinations(treaty.parties, 2):
                strongest = np.maximum(commitments[i, j], current_binding(state, treaty))
                commitments[i, j] = commitments[j, i] = strongest
    return commitments.mean(axis=2)


def _compute_positions(state: State) -> NodePositions:
    """Return positions in which actors with strong ties are close (Kamada and Kawai 1989)."""
    pull = propensities(state).mean(axis=2)
    distance = {
        actor: {other: 1.15 - float(pull[i, j]) for j, other in enumerate(state.codes)}
        for i, actor in enumerate(state.codes)
    }
    layout = nx.kamada_kawai_layout(nx.complete_graph(state.codes), dist=distance)
    return {code: (round(float(x), 3), round(float(y), 3)) for code, (x, y) in layout.items()}
