"""Pairs of actors as those were counted who concluded treaties: cell, enemies, earlier promises.

Two actors are neighbours by a land border or by up to 400 miles of water. They have a common enemy
where both have a rivalry with a third that no treaty binds to them; two with a common enemy count
as no rivals, whatever else divides them.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

from sim.model.arrays import Vector
from sim.model.theory.formation import CONSULTATION, NONAGGRESSION, PairFacts, cell_of
from sim.scenario.schema.actors import PromisedElsewhere
from sim.scenario.schema.scenario import Scenario
from sim.scenario.schema.treaties import AID_OBLIGATIONS, Obligation, TreatySpec

_ELSEWHERE = {
    None: 0,
    PromisedElsewhere.NONAGGRESSION: NONAGGRESSION,
    PromisedElsewhere.CONSULTATION: CONSULTATION,
}
_TALKING = AID_OBLIGATIONS | {Obligation.CONSULTATION}


@dataclass(frozen=True)
class Pair:
    """Two actors that may conclude a treaty.

    Attributes:
        actors: their rows.
        facts: facts about the two.
        elsewhere: class of what they promised in treaties that the scenario leaves out, 0 none.
        rivals: rows of the rivals of either, the two left out.
    """

    actors: tuple[int, int]
    facts: PairFacts
    elsewhere: int
    rivals: frozenset[int]


def build_pairs(scenario: Scenario, near: Vector) -> list[Pair]:
    """Return every pair of actors.

    Args:
        scenario: the scenario.
        near: whether two are neighbours, (actor, other).
    """
    codes = list(scenario.actors)
    enemies = _enemies(scenario)
    elsewhere = {
        frozenset(pair.between): _ELSEWHERE[pair.promised_elsewhere]
        for pair in scenario.pairs.values()
    }
    return [
        Pair(
            (first, second),
            _facts(scenario, (codes[first], codes[second]), bool(near[first, second]), enemies),
            elsewhere.get(frozenset((codes[first], codes[second])), 0),
            frozenset(
                codes.index(other)
                for code in (codes[first], codes[second])
                for other in enemies[code] - {codes[first], codes[second]}
            ),
        )
        for first, second in combinations(range(len(codes)), 2)
    ]


def _facts(
    scenario: Scenario, pair: tuple[str, str], near: bool, enemies: dict[str, set[str]]
) -> PairFacts:
    first, second = pair
    major = any(scenario.actors[code].major_power for code in pair)
    common = bool(enemies[first] & enemies[second])
    rivals = second in enemies[first] and not common
    return PairFacts(cell_of(near=near, major=major, rivals=rivals), major, common)


def _enemies(scenario: Scenario) -> dict[str, set[str]]:
    """Return the enemies of every actor: its rivals, unless a treaty binds the two to talk."""
    enemies: dict[str, set[str]] = {code: set() for code in scenario.actors}
    for rivalry in scenario.rivalries.values():
        first, second = rivalry.between
        if not any(
            _binds(treaty, {first, second}, scenario) for treaty in scenario.treaties.values()
        ):
            enemies[first].add(second)
            enemies[second].add(first)
    return enemies


def _binds(treaty: TreatySpec, pair: set[str], scenario: Scenario) -> bool:
    """Whether a treaty binds two on the opening day to aid or to consult each other."""
    stands = treaty.concluded and treaty.signed is not None and treaty.signed <= scenario.start
    lasts = treaty.ends is None or treaty.ends > scenario.start
    return (
        stands and lasts and pair <= set(treaty.parties) and bool(_TALKING & {*treaty.obligations})
    )
