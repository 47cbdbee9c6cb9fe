"""Ties between actors: defence commitments and uses of force, and the two camps.

Commitments at the end and uses of force are measures of the run. Places and camps are those of the
opening day, which is simulated again.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import networkx as nx
import numpy as np

from sim.model.arrays import Vector
from sim.model.measures.needs import has_aid_obligation
from sim.model.measures.propensity import binding_between, propensities
from sim.model.state import State
from sim.model.theory.landscape import build_landscape, camp_assignments
from sim.report.figures.resimulate import observe_opening
from sim.report.run_view import Run
from sim.scenario.commitments import list_last_parties

NodePositions = dict[str, tuple[float, float]]


@dataclass(frozen=True)
class Tie:
    """The tie between two actors.

    Attributes:
        first, second: codes of the two.
        opening: strength of the defence commitment on the opening day: 1 in force, less while only
            signed, 0 none.
        end: share of worlds with a defence commitment in force at the end.
        force: share of worlds in which force is used between them.
    """

    first: str
    second: str
    opening: float
    end: float
    force: float


@dataclass(frozen=True)
class Network:
    """The ties of a run. Places and camps are worked out for a network that is drawn.

    Attributes:
        ties: every pair's tie, by the two codes.
        codes: of the actors, by row.
        pull: propensity of each pair on the opening day, mean over worlds, (actor, other).
        size: capability of each actor, mean over worlds, (actor,).
    """

    ties: dict[tuple[str, str], Tie]
    codes: list[str]
    pull: Vector
    size: Vector

    @cached_property
    def positions(self) -> NodePositions:
        """The places of the actors; those strongly tied are close (Kamada and Kawai 1989)."""
        distance = {
            actor: {other: 1.15 - float(self.pull[i, j]) for j, other in enumerate(self.codes)}
            for i, actor in enumerate(self.codes)
        }
        layout = nx.kamada_kawai_layout(nx.complete_graph(self.codes), dist=distance)
        return {code: (round(float(x), 3), round(float(y), 3)) for code, (x, y) in layout.items()}

    @cached_property
    def camps(self) -> dict[str, int]:
        """The camp of each actor, 0 or 1, 0 for the first actor: those of the least strain."""
        deepest = int(build_landscape(self.pull[..., None], self.size[:, None]).deepest[0])
        side = camp_assignments(len(self.codes))[deepest]
        return {code: int(other) for code, other in zip(self.codes, side, strict=True)}


def observe_network(run: Run) -> Network:
    """Return the network of a run; its opening day is simulated again."""
    found: list[Network] = []
    observe_opening(run, lambda state: found.append(_build_network(run, state)))
    return found[0]


def _build_network(run: Run, state: State) -> Network:
    opening = _average_commitments(state)
    end, force = _share_bound(run), _share_force(run)
    ties = {
        (one, other): Tie(
            one,
            other,
            float(opening[i, j]),
            end.get(frozenset((one, other)), 0.0),
            force.get(frozenset((one, other)), 0.0),
        )
        for (i, one), (j, other) in combinations(enumerate(state.codes), 2)
    }
    pull, size = propensities(state).mean(axis=2), state.capability.mean(axis=-1)
    return Network(ties, list(state.codes), pull, size)


def _share_bound(run: Run) -> dict[frozenset[str], float]:
    """Return the largest share of worlds in which a defence treaty binds two actors at the end."""
    shares: dict[frozenset[str], float] = {}
    for code, treaty in run.scenario.treaties.items():
        share = _read_share(run, f"in_force_{code}")
        parties = list_last_parties(run.scenario, code) if has_aid_obligation(treaty) else ()
        for pair in combinations(parties, 2):
            shares[frozenset(pair)] = max(shares.get(frozenset(pair), 0.0), share)
    return shares


def _share_force(run: Run) -> dict[frozenset[str], float]:
    """Return the largest share of worlds in which force is used between two rivals."""
    shares: dict[frozenset[str], float] = {}
    for code, rivalry in run.scenario.rivalries.items():
        pair = frozenset(rivalry.between)
        shares[pair] = max(shares.get(pair, 0.0), _read_share(run, f"force_{code}"))
    return shares


def _read_share(run: Run, measure: str) -> float:
    metric = run.results.metrics.get(measure)
    return metric.value or 0.0 if metric else 0.0


def _average_commitments(state: State) -> Vector:
    """Return the strength of the strongest defence commitment, mean over worlds, (actor, other)."""
    commitments = np.zeros((len(state.codes), len(state.codes), state.count))
    for treaty in state.treaties.values():
        if has_aid_obligation(treaty.spec):
            for i, j in combinations(treaty.parties, 2):
                binds = binding_between(state, treaty, i, j)
                strongest = np.maximum(commitments[i, j], binds)
                commitments[i, j] = commitments[j, i] = strongest
    return commitments.mean(axis=2)
