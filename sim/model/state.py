"""The state of a block of worlds, which actors read and phases change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import permutations

import numpy as np

from sim.model.arrays import Mask, Vector, any_world, as_mask
from sim.model.decision_log import DecisionLog
from sim.model.decisions.played import Played
from sim.model.entities.build import Institutions
from sim.model.entities.commitment import Commitment
from sim.model.entities.disputes import Disputes
from sim.model.entities.government import Governments
from sim.model.entities.memory import Memory
from sim.model.entities.pairs import Pair
from sim.model.entities.rivalry import Rivalry
from sim.model.entities.treaty import Treaty
from sim.model.entities.wars import Wars
from sim.model.places import CasePlaces, Index
from sim.model.randomness.parameters import SampledGroup
from sim.model.randomness.streams import RandomStreams
from sim.model.theory.anchors import Anchors
from sim.scenario.schema.rivalries import ShockSpec
from sim.scenario.schema.rules.answers import AnchorSpec
from sim.scenario.schema.scenario import Mechanisms, Scenario
from sim.scenario.schema.treaties import TreatySpec
from sim.scenario.theories.find import FoundTheory


class SampledRules:
    """The coefficients of the decision rules as sampled by every world, group by group."""

    def __init__(self, scenario: Scenario, streams: RandomStreams) -> None:
        rules = scenario.rules
        self.choice = SampledGroup(rules.choice, "rules.choice", streams)
        self.challenge = SampledGroup(rules.challenge, "rules.challenge", streams)
        self.escalate = SampledGroup(rules.escalate, "rules.escalate", streams)
        self.honour = SampledGroup(rules.honour, "rules.honour", streams)
        self.answers = _sample_answers(scenario, streams)
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
        self.formation = SampledGroup(rules.formation, "rules.formation", streams)
        self.leaving = SampledGroup(rules.leaving, "rules.leaving", streams)
        self.supporters = SampledGroup(rules.supporters, "rules.supporters", streams)
        self.theories = {
            place: SampledGroup(spec, f"theories.{place}", streams)
            for place, spec in scenario.theories.chosen()
        }


def _sample_answers(scenario: Scenario, streams: RandomStreams) -> dict[str, SampledGroup]:
    """Return the record of allies' answers in the era of the scenario, by class."""
    eras, year = scenario.rules.answers.items(), scenario.start.year
    code, era = next((code, era) for code, era in eras if era.covers(year))
    return {
        name: SampledGroup(spec, f"rules.answers.{code}.{name}", streams)
        for name, spec in era
        if isinstance(spec, AnchorSpec)
    }


@dataclass
class State:
    """The state of a block of worlds.

    Attributes:
        month: the current month, from 1; 0 on the opening day.
        codes, names: of the actors, in the order of every actor axis.
        capability: strength at home as a share of the world's total, (actor, world).
        nuclear: 1 where the actor has nuclear weapons, (actor, world).
        major_power: 1 for a major power, (actor,).
        distance: km from the nearest place that the first holds to the second, (actor, other).
        borders: whether two share a land border, (actor, other).
        contiguous: whether a land border or up to 150 miles of water lies between two,
            (actor, other).
        own_quarrels: quarrels of two actors, of three kinds: contiguity, strategic rivalry,
            disputes in the ten years before the scenario opens, (actor, other), 0 to 3.
        joint_disputes: whether they stood together in a dispute in those years, (actor, other).
        stationed: whether the first has troops with the second, (actor, other).
        standings: class of an actor that promised nothing, by its row and the theatre.
        reach: share of the first's strength that arrives at the second, (actor, other, world).
        worth: value of the second's fate to the first on the opening day,
            (actor, other, world).
        worth_before, stationed_before: the same while rates of disputes were measured.
        memory: affinity and trust.
        disputes: the disputes on all rivalries, as one table, of which each rivalry has a row.
        wars: the wars on all rivalries, as tables.
        pairs: every two actors, as they were counted that concluded treaties.
        governments: how democratic actors are, and when supporters changed.
        institutions: exchanges, councils, blocs and so on, and the means of actors.
        binding: how far each treaty binds this month, by its code, (world,).
        binding_changes: every change so far of what a treaty binds: the treaty and where, (world,).
        commitments: every act so far by which actors bound themselves to answer each other's calls:
            the treaty, and the worlds in which it was signed or joined, (case,).
        anchors: the record of allies' answers, by their standing and what they promised.
        theories: the theories that stand in the place of the package's own rules, by place.
        potential_allies: cache of the actors that ever promised an actor aid, by the actor and the
            theatre, with the worlds in which they did, (world,), or None for every world.
        treaties_of: cache of the treaties of an actor.
        shared_treaties: cache of the treaties between two actors.
        promises: cache of what one actor promises another, by the two and the theatre.
        bound_to_aid: cache of where an actor is bound to aid another in a theatre, (world,).
        log: where decisions are logged with their reasons; None if they are not logged.
        played: decisions taken by hand; None if there are none, or none to come.
        imposed_shocks: shocks in some worlds of the block only, which come before those of the
            scenario: a name, the shock, and where it occurs, (world,).
    """

    scenario: Scenario
    streams: RandomStreams
    rules: SampledRules
    codes: list[str]
    names: list[str]
    capability: Vector
    nuclear: Vector
    major_power: Vector
    distance: Vector
    borders: Vector
    contiguous: Vector
    own_quarrels: Vector
    joint_disputes: Vector
    stationed: Vector
    reach: Vector
    worth: Vector
    worth_before: Vector
    stationed_before: Vector
    memory: Memory
    treaties: dict[str, Treaty]
    rivalries: dict[str, Rivalry]
    disputes: Disputes
    pairs: list[Pair]
    governments: Governments
    institutions: Institutions
    anchors: Anchors
    theories: dict[str, FoundTheory] = field(default_factory=dict)
    month: int = 0
    commitments: list[tuple[Treaty, Index]] = field(default_factory=list)
    binding_changes: list[tuple[Treaty, Mask]] = field(default_factory=list)
    binding: dict[str, Vector] = field(default_factory=dict)
    potential_allies: dict[int, dict[str, dict[int, Mask | None]]] = field(default_factory=dict)
    treaties_of: dict[int, list[Treaty]] = field(default_factory=dict)
    shared_treaties: dict[tuple[int, int], list[Treaty]] = field(default_factory=dict)
    promises: dict[tuple[int, int], dict[str, Commitment]] = field(default_factory=dict)
    bound_to_aid: dict[tuple[int, int, str], Mask] = field(default_factory=dict)
    log: DecisionLog | None = None
    played: Played | None = None
    imposed_shocks: list[tuple[str, ShockSpec, Mask]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.wars = Wars(self.rivalries.values(), len(self.codes), self.count)

    @property
    def mechanisms(self) -> Mechanisms:
        """The mechanisms that are switched on."""
        return self.scenario.mechanisms

    @property
    def count(self) -> int:
        """Number of worlds in the block."""
        return self.streams.count

    @property
    def one_by_one(self) -> bool:
        """Whether decisions are taken one by one in every world, for a log or by hand."""
        return self.log is not None or self.played is not None

    @cached_property
    def no_world(self) -> Mask:
        """A mask that is false in every world, (world,)."""
        return np.zeros(self.count, dtype=bool)

    @cached_property
    def nothing(self) -> Vector:
        """Zero in every world, (world,)."""
        return np.zeros(self.count)

    @cached_property
    def one(self) -> Vector:
        """One in every world, (world,)."""
        return np.ones(self.count)

    @cached_property
    def standings(self) -> dict[tuple[int, str], str]:
        """Class of an actor that promised nothing, by its rank and its neighbours.

        By the row of the actor and the theatre.
        """
        ranks: dict[tuple[int, str], str] = {}
        for code, rivalry in self.rivalries.items():
            near = self.contiguous[:, list(rivalry.rivals)].any(axis=1)
            usual = np.where(near, "neighbour", "bystander")
            names = np.where(self.major_power > 0, "major_power", usual).tolist()
            ranks.update(((actor, code), name) for actor, name in enumerate(names))
        return ranks

    def begin_month(self) -> None:
        """Advance to the next month and determine which treaties bind in it."""
        self.month += 1
        month, known, treaties = self.month, self.binding, self.treaties.items()
        self.renew_bindings([t for code, t in treaties if code not in known or month in t.turns])

    def renew_bindings(self, treaties: Iterable[Treaty]) -> None:
        """Determine anew how far some treaties bind this month."""
        for treaty in treaties:
            before = self.binding.get(treaty.code)
            binding = treaty.binding(self.month, self.rules.honour.signed_only)
            self.binding[treaty.code] = binding
            changed = ~self.no_world if before is None else binding != before
            if treaty.memberships:
                changed |= treaty.moves(self.month)
            if any_world(changed):
                self.binding_changes.append((treaty, changed))
                self.bound_to_aid.clear()

    def renew_binding(self, treaty: Treaty, worlds: Index) -> None:
        """Determine anew how far a treaty binds in some worlds, (case,), after an act on it."""
        at, binding = CasePlaces(worlds), self.binding[treaty.code].copy()
        binding[worlds] = treaty.binding(self.month, self.rules.honour.signed_only, at)
        changed = at.of(binding) != at.of(self.binding[treaty.code])
        if treaty.memberships:
            changed |= at.of(treaty.moves(self.month))
        self.binding[treaty.code] = binding
        if any_world(changed):
            self.binding_changes.append((treaty, as_mask(worlds[changed], self.count)))
            self.bound_to_aid.clear()

    def binding_between(self, treaty: Treaty, *actors: int) -> Vector:
        """Return how far a treaty binds some of its parties this month, (world,).

        It is `binding` in the worlds in which all of them are members. The very same vector is
        returned where nobody joined or left: not to be changed.
        """
        bound = self.binding[treaty.code]
        if not treaty.memberships and {*actors} <= {*treaty.founders}:
            return bound
        for actor in actors:
            members = treaty.members(actor, self.month)
            bound = bound if members is None else np.where(members, bound, 0.0)
        return bound

    def find_instrument(self, code: str, spec: TreatySpec) -> Treaty:
        """Return the treaty of a code; one that no world of the block has yet is made, unsigned.

        A world in which it is not signed goes on as if it were not there, to the last bit.
        """
        if code not in self.treaties:
            index = {actor: row for row, actor in enumerate(self.codes)}
            treaty = Treaty(code, spec, self.scenario, index, self.streams)
            self.treaties[code] = treaty
            self.binding[code] = self.nothing
        return self.treaties[code]

    def note_commitments(self, treaty: Treaty, worlds: Index) -> None:
        """Note that a treaty is signed or joined in some worlds, (case,), and binds its parties.

        What its text promises is known, unless it is new or was joined. Who is called changes only
        by a treaty that promises an answer.
        """
        for two in permutations(treaty.parties, 2):
            if treaty.memberships or treaty not in self.shared_treaties.get(two, ()):
                self._forget_promises(*two)
            for commitment in self.promises.get(two, {}).values():
                if not commitment.ever:  # of the two, one is to be called for the first time
                    self.potential_allies.pop(commitment.partner, None)
                commitment.extend(treaty, worlds)
        if treaty.promises_answer:
            self.commitments.append((treaty, worlds))

    def _forget_promises(self, one: int, other: int) -> None:
        """Discard what is known of the treaties of two actors, and whom they would call."""
        self.treaties_of.pop(one, None)
        self.potential_allies.pop(one, None)
        self.shared_treaties.pop((one, other), None)
        self.promises.pop((one, other), None)
