"""Everything that is so, in every world of a block: what actors read and phases change."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from sim.model.arrays import Mask, Vector, somewhere
from sim.model.decision_log import Reasons
from sim.model.entities.build import Arrangements, arrange
from sim.model.entities.memory import Memory
from sim.model.entities.rivalry import Rivalry
from sim.model.entities.treaty import Treaty, replace_old
from sim.model.geography import great_circle_km, reach
from sim.model.randomness.parameters import Assumed, assume
from sim.model.randomness.streams import Luck
from sim.scenario.schema.scenario import Mechanisms, Scenario


class AssumedRules:
    """The coefficients of behaviour as every world assumes them, group by group."""

    def __init__(self, scenario: Scenario, luck: Luck) -> None:
        rules = scenario.rules
        self.choice = Assumed(rules.choice, "rules.choice", luck)
        self.challenge = Assumed(rules.challenge, "rules.challenge", luck)
        self.escalate = Assumed(rules.escalate, "rules.escalate", luck)
        self.honour = Assumed(rules.honour, "rules.honour", luck)
        self.join = Assumed(rules.join, "rules.join", luck)
        self.war = Assumed(rules.war, "rules.war", luck)
        self.memory = Assumed(rules.memory, "rules.memory", luck)
        self.supply = Assumed(rules.supply, "rules.supply", luck)
        self.exchange = Assumed(rules.exchange, "rules.exchange", luck)
        self.technology = Assumed(rules.technology, "rules.technology", luck)
        self.observation = Assumed(rules.observation, "rules.observation", luck)
        self.council = Assumed(rules.council, "rules.council", luck)
        self.provocation = Assumed(rules.provocation, "rules.provocation", luck)
        self.balancing = Assumed(rules.balancing, "rules.balancing", luck)
        self.restraint = Assumed(rules.restraint, "rules.restraint", luck)
        self.alignment = Assumed(rules.alignment, "rules.alignment", luck)


@dataclass
class State:
    """The state of a block of worlds.

    Attributes:
        month: the month being lived, from 1.
        codes, names: of the actors, in the order of every actor axis.
        capability: strength at home, share of the world's, (actor, world).
        nuclear: 1 where it holds nuclear weapons, (actor, world).
        major_power: 1 for a major power, (actor,).
        autocracy: 1 a full autocracy, 0 a full democracy, (actor, world).
        distance: km from the nearest place the first holds to the second, (actor, other).
        borders: whether two share a land border, (actor, other).
        stationed: whether the first has troops with the second, (actor, other).
        reach: share of the first's strength that arrives at the second, (actor, other, world).
        worth: what the second's fate is worth to the first on day one, (actor, other, world).
        memory: affinity and trust.
        arrangements: means, exchanges, councils, provokers, blocs, patrons.
        binding: how far each treaty binds this month, by its code, (world,); `bound_since` the
            month in which that last changed in any world of the block.
        allies: who ever promised an actor help in a theatre; `bonds` the treaties between two;
            both filled as they are asked for.
        reasons: where reasons for decisions are kept, if they are asked for.
    """

    scenario: Scenario
    luck: Luck
    rules: AssumedRules
    codes: list[str]
    names: list[str]
    capability: Vector
    nuclear: Vector
    major_power: Vector
    autocracy: Vector
    distance: Vector
    borders: Vector
    stationed: Vector
    reach: Vector
    worth: Vector
    memory: Memory
    treaties: dict[str, Treaty]
    rivalries: dict[str, Rivalry]
    arrangements: Arrangements
    month: int = 0
    bound_since: int = 0
    binding: dict[str, Vector] = field(default_factory=dict)
    allies: dict[tuple[int, str], list[int]] = field(default_factory=dict)
    bonds: dict[tuple[int, int], list[Treaty]] = field(default_factory=dict)
    reasons: Reasons | None = None

    @property
    def mechanisms(self) -> Mechanisms:
        """Which mechanisms are at work."""
        return self.scenario.mechanisms

    @property
    def count(self) -> int:
        """How many worlds the block has."""
        return self.luck.count

    @cached_property
    def nowhere(self) -> Mask:
        """No world, (world,)."""
        return np.zeros(self.count, dtype=bool)

    @cached_property
    def steps(self) -> tuple[Vector, Vector]:
        """By how much the odds of aid are divided for troops, and for open war, (world,) each."""
        return np.exp(self.rules.honour.cut_troops), np.exp(self.rules.honour.cut_war)

    def begin_month(self) -> None:
        """Go on to the next month and see which treaties bind in it."""
        self.month += 1
        signed_only = self.rules.honour.signed_only
        before, treaties = self.binding, self.treaties.items()
        now = {code: treaty.binding(self.month, signed_only) for code, treaty in treaties}
        self.binding = now
        if not before or any(somewhere(before[code] != now[code]) for code in now):
            self.bound_since = self.month


def opening_state(scenario: Scenario, luck: Luck) -> State:
    """Return the state on the day the scenario opens."""
    rules = AssumedRules(scenario, luck)
    codes = list(scenario.actors)
    index = {code: row for row, code in enumerate(codes)}
    specs = scenario.actors.values()
    treaties = {code: Treaty(code, scenario, index, luck) for code in scenario.treaties}
    replace_old(treaties)
    borders, stationed = _borders(scenario, index), _stationed(scenario, index)
    distance = _distance(scenario, borders, stationed)
    return State(
        scenario=scenario,
        luck=luck,
        rules=rules,
        codes=codes,
        names=[spec.name for spec in specs],
        capability=_numbers(scenario, "capability", luck),
        nuclear=(_numbers(scenario, "nuclear_warheads", luck) > 0).astype(float),
        major_power=np.array([float(spec.major_power) for spec in specs]),
        autocracy=1 - _numbers(scenario, "polyarchy", luck),
        distance=distance,
        borders=borders,
        stationed=stationed,
        reach=_reach(distance, rules.choice.half_distance),
        worth=_worth(scenario, index, luck),
        memory=Memory(_affinity(scenario, luck), rules.memory),
        treaties=treaties,
        rivalries={code: Rivalry(code, scenario, index, luck) for code in scenario.rivalries},
        arrangements=arrange(scenario, index, luck),
    )


def _numbers(scenario: Scenario, name: str, luck: Luck) -> Vector:
    """Return one number of every actor, (actor, world)."""
    return np.stack(
        [
            assume(getattr(spec, name), f"actors.{code}.{name}", luck)
            for code, spec in scenario.actors.items()
        ]
    )


def _borders(scenario: Scenario, index: dict[str, int]) -> Vector:
    borders = np.zeros((len(index), len(index)))
    for code, spec in scenario.actors.items():
        for other in spec.borders:
            borders[index[code], index[other]] = borders[index[other], index[code]] = 1
    return borders


def _stationed(scenario: Scenario, index: dict[str, int]) -> Vector:
    stationed = np.zeros((len(index), len(index)))
    for who, towards in scenario.ties.items():
        for other, tie in towards.items():
            stationed[index[who], index[other]] = bool(tie.stationed and tie.stationed.value > 0)
    return stationed


def _distance(scenario: Scenario, borders: Vector, stationed: Vector) -> Vector:
    """Return km from the nearest place held: home, or where troops are stationed."""
    capitals = [spec.capital for spec in scenario.actors.values()]
    apart = np.array([[great_circle_km(a, b) for b in capitals] for a in capitals])
    apart[borders > 0] = 0
    held = [np.flatnonzero(row).tolist() for row in stationed]
    return np.stack([apart[[who, *bases]].min(axis=0) for who, bases in enumerate(held)])


def _reach(distance: Vector, half_distance: Vector) -> Vector:
    return np.stack([np.stack([reach(float(km), half_distance) for km in row]) for row in distance])


def _worth(scenario: Scenario, index: dict[str, int], luck: Luck) -> Vector:
    worth = np.zeros((len(index), len(index), luck.count))
    for who, towards in scenario.ties.items():
        for other, tie in towards.items():
            if tie.worth:
                key = f"ties.{who}.{other}.worth"
                worth[index[who], index[other]] = assume(tie.worth, key, luck)
    return worth


def _affinity(scenario: Scenario, luck: Luck) -> Vector:
    """Return affinity on day one, (actor, other, world): 1 votes alike, 0 nothing in common."""
    points = _numbers(scenario, "ideal_point", luck)
    widest = assume(scenario.affinity_range, "affinity_range", luck)
    apart: Vector = np.abs(points[:, None] - points[None, :]) / widest
    return 1 - np.minimum(apart, 1)
