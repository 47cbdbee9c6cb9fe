"""The state of a block of worlds, which actors read and phases change."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from sim.model.arrays import Mask, Vector, any_world
from sim.model.decision_log import DecisionLog
from sim.model.entities.build import Institutions, build_institutions
from sim.model.entities.memory import Memory
from sim.model.entities.rivalry import Rivalry
from sim.model.entities.treaty import Treaty, end_replaced_treaties
from sim.model.geography import great_circle_km, share_arriving
from sim.model.randomness.parameters import SampledGroup, sample_parameter
from sim.model.randomness.streams import RandomStreams
from sim.scenario.schema.scenario import Mechanisms, Scenario


class SampledRules:
    """The coefficients of the decision rules as sampled by every world, group by group."""

    def __init__(self, scenario: Scenario, streams: RandomStreams) -> None:
        rules = scenario.rules
        self.choice = SampledGroup(rules.choice, "rules.choice", streams)
        self.challenge = SampledGroup(rules.challenge, "rules.challenge", streams)
        self.escalate = SampledGroup(rules.escalate, "rules.escalate", streams)
        self.honour = SampledGroup(rules.honour, "rules.honour", streams)
        self.join = SampledGroup(rules.join, "rules.join", streams)
        self.war = SampledGroup(rules.war, "rules.war", streams)
        self.memory = SampledGroup(rules.memory, "rules.memory", streams)
        self.supply = SampledGroup(rules.supply, "rules.supply", streams)
        self.exchange = SampledGroup(rules.exchange, "rules.exchange", streams)
        self.technology = SampledGroup(rules.technology, "rules.technology", streams)
        self.observation = SampledGroup(rules.observation, "rules.observation", streams)
        self.council = SampledGroup(rules.council, "rules.council", streams)
        self.provocation = SampledGroup(rules.provocation, "rules.provocation", streams)
        self.balancing = SampledGroup(rules.balancing, "rules.balancing", streams)
        self.restraint = SampledGroup(rules.restraint, "rules.restraint", streams)
        self.alignment = SampledGroup(rules.alignment, "rules.alignment", streams)


@dataclass
class State:
    """The state of a block of worlds.

    Attributes:
        month: the current month, from 1; 0 on the opening day.
        codes, names: of the actors, in the order of every actor axis.
        capability: strength at home as a share of the world's total, (actor, world).
        nuclear: 1 where the actor has nuclear weapons, (actor, world).
        major_power: 1 for a major power, (actor,).
        autocracy: 1 a full autocracy, 0 a full democracy, (actor, world).
        distance: km from the nearest place that the first holds to the second, (actor, other).
        borders: whether two share a land border, (actor, other).
        stationed: whether the first has troops with the second, (actor, other).
        reach: share of the first's strength that arrives at the second, (actor, other, world).
        worth: value of the second's fate to the first on the opening day,
            (actor, other, world).
        memory: affinity and trust.
        institutions: exchanges, councils, blocs and so on, and the means of actors.
        binding: how far each treaty binds this month, by its code, (world,).
        binding_changed: month in which `binding` last changed in any world of the block.
        potential_allies: cache of the actors that ever promised an actor aid in a theatre.
        shared_treaties: cache of the treaties between two actors.
        log: where decisions are logged with their reasons; None if they are not logged.
    """

    scenario: Scenario
    streams: RandomStreams
    rules: SampledRules
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
    institutions: Institutions
    month: int = 0
    binding_changed: int = 0
    binding: dict[str, Vector] = field(default_factory=dict)
    potential_allies: dict[tuple[int, str], list[int]] = field(default_factory=dict)
    shared_treaties: dict[tuple[int, int], list[Treaty]] = field(default_factory=dict)
    log: DecisionLog | None = None

    @property
    def mechanisms(self) -> Mechanisms:
        """The mechanisms that are switched on."""
        return self.scenario.mechanisms

    @property
    def count(self) -> int:
        """Number of worlds in the block."""
        return self.streams.count

    @cached_property
    def no_world(self) -> Mask:
        """A mask that is false in every world, (world,)."""
        return np.zeros(self.count, dtype=bool)

    @cached_property
    def odds_divisors(self) -> tuple[Vector, Vector]:
        """Divisors of the odds of aid for troops and for open war, (world,) each."""
        return np.exp(self.rules.honour.cut_troops), np.exp(self.rules.honour.cut_war)

    def begin_month(self) -> None:
        """Advance to the next month and determine which treaties bind in it."""
        self.month += 1
        signed_only = self.rules.honour.signed_only
        before, treaties = self.binding, self.treaties.items()
        after = {code: treaty.binding(self.month, signed_only) for code, treaty in treaties}
        self.binding = after
        if not before or any(any_world(before[code] != after[code]) for code in after):
            self.binding_changed = self.month


def opening_state(scenario: Scenario, streams: RandomStreams) -> State:
    """Return the state on the day the scenario opens."""
    rules = SampledRules(scenario, streams)
    codes = list(scenario.actors)
    index = {code: row for row, code in enumerate(codes)}
    specs = scenario.actors.values()
    treaties = {code: Treaty(code, scenario, index, streams) for code in scenario.treaties}
    end_replaced_treaties(treaties)
    borders, stationed = _border_matrix(scenario, index), _stationed_matrix(scenario, index)
    distance = _distance_matrix(scenario, borders, stationed)
    return State(
        scenario=scenario,
        streams=streams,
        rules=rules,
        codes=codes,
        names=[spec.name for spec in specs],
        capability=_sample_actors(scenario, "capability", streams),
        nuclear=(_sample_actors(scenario, "nuclear_warheads", streams) > 0).astype(float),
        major_power=np.array([float(spec.major_power) for spec in specs]),
        autocracy=1 - _sample_actors(scenario, "polyarchy", streams),
        distance=distance,
        borders=borders,
        stationed=stationed,
        reach=_reach_matrix(distance, rules.choice.half_distance),
        worth=_sample_worth(scenario, index, streams),
        memory=Memory(_sample_affinity(scenario, streams), rules.memory),
        treaties=treaties,
        rivalries={code: Rivalry(code, scenario, index, streams) for code in scenario.rivalries},
        institutions=build_institutions(scenario, index, streams),
    )


def _sample_actors(scenario: Scenario, name: str, streams: RandomStreams) -> Vector:
    """Return one sampled number of every actor, (actor, world)."""
    return np.stack(
        [
            sample_parameter(getattr(spec, name), f"actors.{code}.{name}", streams)
            for code, spec in scenario.actors.items()
        ]
    )


def _border_matrix(scenario: Scenario, index: dict[str, int]) -> Vector:
    borders = np.zeros((len(index), len(index)))
    for code, spec in scenario.actors.items():
        for other in spec.borders:
            borders[index[code], index[other]] = borders[index[other], index[code]] = 1
    return borders


def _stationed_matrix(scenario: Scenario, index: dict[str, int]) -> Vector:
    stationed = np.zeros((len(index), len(index)))
    for who, towards in scenario.ties.items():
        for other, tie in towards.items():
            stationed[index[who], index[other]] = bool(tie.stationed and tie.stationed.value > 0)
    return stationed


def _distance_matrix(scenario: Scenario, borders: Vector, stationed: Vector) -> Vector:
    """Return km from the nearest place held: the capital, or where troops are stationed."""
    capitals = [spec.capital for spec in scenario.actors.values()]
    separation = np.array([[great_circle_km(a, b) for b in capitals] for a in capitals])
    separation[borders > 0] = 0
    bases = [np.flatnonzero(row).tolist() for row in stationed]
    return np.stack([separation[[home, *abroad]].min(axis=0) for home, abroad in enumerate(bases)])


def _reach_matrix(distance: Vector, half_distance: Vector) -> Vector:
    return np.stack(
        [np.stack([share_arriving(float(km), half_distance) for km in row]) for row in distance]
    )


def _sample_worth(scenario: Scenario, index: dict[str, int], streams: RandomStreams) -> Vector:
    worth = np.zeros((len(index), len(index), streams.count))
    for who, towards in scenario.ties.items():
        for other, tie in towards.items():
            if tie.worth:
                key = f"ties.{who}.{other}.worth"
                worth[index[who], index[other]] = sample_parameter(tie.worth, key, streams)
    return worth


def _sample_affinity(scenario: Scenario, streams: RandomStreams) -> Vector:
    """Return affinity on the opening day, (actor, other, world), 0 to 1 for identical votes."""
    points = _sample_actors(scenario, "ideal_point", streams)
    widest = sample_parameter(scenario.affinity_range, "affinity_range", streams)
    difference: Vector = np.abs(points[:, None] - points[None, :]) / widest
    return 1 - np.minimum(difference, 1)
