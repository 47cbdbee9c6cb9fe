"""What draws two actors together or apart, year by year: promises, affinity, threat."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import networkx as nx
import numpy as np

from sim.model.arrays import Vector
from sim.model.measures.camps import has_aid_obligation
from sim.model.measures.propensity import (
    current_binding,
    propensities,
    rivalry_stakes,
    war_opposition,
)
from sim.model.state import State
from sim.report.figures.resimulate import observe_states
from sim.report.run_view import Run

_MONTHS_PER_YEAR = 12
NodePositions = dict[str, tuple[float, float]]


@dataclass(frozen=True)
class Tie:
    """How two actors stand to each other after a month, as means over worlds.

    Attributes:
        month: 0 for the opening day.
        one, other: codes of the two.
        treaty: how far a promise of aid binds them: 1 in force, less while only signed, 0 none.
        affinity: 1 they vote alike, 0 they have nothing in common.
        threat: what their gravest quarrel is worth to them, or 1 where they are at open war.
    """

    month: int
    one: str
    other: str
    treaty: float
    affinity: float
    threat: float


def compute_ties(run: Run, known_positions: NodePositions) -> tuple[list[Tie], NodePositions]:
    """Return every pair's tie at the end of each year, and where the actors stand in a picture.

    Places are those known from another run of the same actors, or of the opening day in every
    year, so that what moves is the ties.
    """
    years = [*range(0, run.months, _MONTHS_PER_YEAR), run.months]
    found: list[Tie] = []
    places = known_positions if known_positions.keys() == run.scenario.actors.keys() else {}

    def observe(month: int, state: State) -> None:
        nonlocal places
        places = places or _compute_positions(state)
        found.extend(_compute_month_ties(state, month))

    observe_states(run, years, observe)
    return found, places


def _compute_month_ties(state: State, month: int) -> Iterator[Tie]:
    promised, affinity = _average_commitments(state), state.memory.affinity.mean(axis=2)
    threat = np.maximum(rivalry_stakes(state), war_opposition(state)).mean(axis=2)
    for one, other in combinations(range(len(state.codes)), 2):
        yield Tie(
            month,
            state.codes[one],
            state.codes[other],
            treaty=float(promised[one, other]),
            affinity=float((affinity[one, other] + affinity[other, one]) / 2),
            threat=float(threat[one, other]),
        )


def _average_commitments(state: State) -> Vector:
    """Return how far the strongest promise of aid binds two, mean over worlds, (actor, other)."""
    promised = np.zeros((len(state.codes), len(state.codes), state.count))
    for treaty in state.treaties.values():
        if has_aid_obligation(treaty.spec):
            for one, other in combinations(treaty.parties, 2):
                strongest = np.maximum(promised[one, other], current_binding(state, treaty))
                promised[one, other] = promised[other, one] = strongest
    return promised.mean(axis=2)


def _compute_positions(state: State) -> NodePositions:
    """Return places in which those drawn together stand close (Kamada and Kawai 1989)."""
    pull = propensities(state).mean(axis=2)
    distance = {
        one: {other: 1.15 - float(pull[at, to]) for to, other in enumerate(state.codes)}
        for at, one in enumerate(state.codes)
    }
    found = nx.kamada_kawai_layout(nx.complete_graph(state.codes), dist=distance)
    return {code: (round(float(x), 3), round(float(y), 3)) for code, (x, y) in found.items()}
