"""The case that a theory of honouring is asked about, read from the state of the worlds.

Four questions lead here: an ally is called; the calls of a round are answered together; rivals
foresee calls; and answers in the record of disputes are worked out. All become one kind of case.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.model.arrays import Mask, Vector
from sim.model.decisions.calls import Call, build_relationship
from sim.model.places import EVERYWHERE, Index, Places, Who
from sim.model.plugged.promises import Promise, join_promises
from sim.model.state import State
from sim.model.theory.cases import HonourCase
from sim.model.theory.contest import win_chance

_Finders = dict[str, Callable[[], Vector]]
_WAR = ("began", "home_soil", "nuclear")
_RELATIONSHIP = ("worth", "reputation", "payment", "credibility", "successor")


@dataclass(frozen=True)
class Asked:
    """Which ally is asked to help whom against whom, and in which places.

    Attributes:
        ally, partner, opponent: rows of the actors.
        at: the places.
        shape: of the answer: (place,), or (2, ally, place) where calls are foreseen, first if the
            partner begins the war.
        promise: what the ally promised, in this shape.
        war: facts of the war, by their names in the case, in this shape.
        other_wars: finds where the ally is at open war elsewhere.
        instead: facts in place of those of today, by name.
    """

    ally: Who
    partner: Who
    opponent: Who
    at: Places
    shape: tuple[int, ...]
    promise: Promise
    war: Mapping[str, Vector | Mask]
    other_wars: Callable[[], Vector | Mask]
    instead: Mapping[str, Vector] | None = None

    def unbound(self) -> Asked:
        """Return the question what the ally would do had it promised nothing.

        Its reputation for honouring promises then counts for nothing either, nor what becomes of
        promises under new supporters.
        """
        nothing = np.zeros(1)
        instead = {**(self.instead or {}), "reputation": nothing, "successor": nothing}
        return replace(self, promise=self.promise.withdrawn(), instead=instead)


def ask_of_call(
    state: State, call: Call, promise: Promise, other_wars: Callable[[], Vector | Mask]
) -> Asked:
    """Return the question of one call, in every world."""
    return Asked(
        ally=call.ally,
        partner=call.partner,
        opponent=call.opponent,
        at=EVERYWHERE,
        shape=(state.count,),
        promise=promise,
        war={fact: getattr(call, fact) for fact in _WAR},
        other_wars=other_wars,
    )


def ask_of_calls(
    calls: Sequence[Call],
    worlds: Sequence[Index],
    at: Places,
    promises: Sequence[Promise],
    other_wars: Callable[[], Vector | Mask],
) -> Asked:
    """Return the question of several calls, each in some worlds: one case after another.

    Args:
        calls: the calls, in every world.
        worlds: the worlds in which each is made.
        at: the world of each case.
        promises: what the ally of each call promised, in every world.
        other_wars: finds where the ally of each case is at open war elsewhere, (case,).
    """

    def cases(values: Iterable[NDArray[Any]]) -> NDArray[Any]:
        return np.concatenate([v[where] for v, where in zip(values, worlds, strict=True)])

    sizes = [len(each) for each in worlds]
    who = np.array([(call.ally, call.partner, call.opponent) for call in calls])
    ally, partner, opponent = np.repeat(who, sizes, axis=0).T
    return Asked(
        ally=ally,
        partner=partner,
        opponent=opponent,
        at=at,
        shape=(sum(sizes),),
        promise=join_promises(promises, cases),
        war={fact: cases(getattr(call, fact) for call in calls) for fact in _WAR},
        other_wars=other_wars,
    )


def ask_of_foreseen(
    state: State,
    who: Index,
    at: Places,
    promise: Promise,
    other_wars: Callable[[], Vector | Mask],
) -> Asked:
    """Return the question of calls that are foreseen: if the partner begins, and if it is attacked.

    Args:
        state: the state.
        who: rows of the ally, the partner and the opponent, (3, ally) or (3, ally, case).
        at: the places.
        promise: what the allies promised, (2, ally, place) each.
        other_wars: finds where the allies are at open war elsewhere.
    """
    ally, partner, opponent = who
    began = np.zeros(promise.record.shape, dtype=bool)
    began[0] = True
    nuclear = at.read(state.nuclear, opponent)
    return Asked(
        ally=ally,
        partner=partner,
        opponent=opponent,
        at=at,
        shape=began.shape,
        promise=promise,
        war={"began": began, "home_soil": np.zeros(1), "nuclear": nuclear},
        other_wars=other_wars,
    )


def ask_in_record(
    state: State, who: Index, at: Places, promise: Promise, usual_wars: Vector
) -> Asked:
    """Return the same question in the record of disputes, before anything had passed."""
    (ally, partner, opponent), affinity = who, state.memory.initial_affinity
    instead = dict.fromkeys((*_RELATIONSHIP[1:], "exercises"), np.zeros(1)) | {
        "worth": at.read_pair(state.worth_before, ally, partner),
        "stationed": at.spread(state.stationed_before[ally, partner]),
        "affinity": at.read_pair(affinity, ally, partner),
        "affinity_opponent": at.read_pair(affinity, ally, opponent),
    }
    asked = ask_of_foreseen(state, who, at, promise, lambda: usual_wars)
    return replace(asked, instead=instead)


def build_honour_case(state: State, asked: Asked) -> HonourCase:
    """Return the case, its places in one row."""
    return HonourCase(int(np.prod(asked.shape)), find_honour_facts(state, asked))


def find_honour_facts(state: State, asked: Asked) -> dict[str, Callable[[], Vector]]:
    """Return how the facts of a case are found, by name, their places in one row."""
    promise: _Finders = {
        field.name: partial(getattr, asked.promise, field.name) for field in fields(Promise)
    }
    given = {**asked.war, **(asked.instead or {})}
    find = promise | _pair_facts(state, asked) | _strength_facts(state, asked)
    find |= {"other_wars": asked.other_wars} | {n: partial(np.asarray, v) for n, v in given.items()}
    return {name: partial(_flatten, facts, asked.shape) for name, facts in find.items()}


def _flatten(find: Callable[[], Vector], shape: tuple[int, ...]) -> Vector:
    return np.broadcast_to(find(), shape).reshape(-1)


def _pair_facts(state: State, asked: Asked) -> _Finders:
    """Return how facts about the ally and the two others are found, by name."""
    ally, partner, opponent, at = asked.ally, asked.partner, asked.opponent, asked.at
    affinity = state.memory.affinity
    return {
        **{name: partial(_relationship, state, asked, name) for name in _RELATIONSHIP},
        "own_quarrels": lambda: at.spread(state.own_quarrels[ally, opponent]),
        "joint_disputes": lambda: at.spread(state.joint_disputes[ally, partner]),
        "stationed": lambda: at.spread(state.stationed[ally, partner]),
        "contiguous": lambda: at.spread(state.contiguous[ally, opponent]),
        "distance": lambda: at.spread(state.distance[ally, partner]),
        "major_power": lambda: at.spread(state.major_power[ally]),
        "ally_nuclear": lambda: at.read(state.nuclear, ally),
        "affinity": lambda: at.read_pair(affinity, ally, partner),
        "affinity_opponent": lambda: at.read_pair(affinity, ally, opponent),
        "exercises": partial(_exercises, state, asked),
        "ally_polyarchy": lambda: at.read(state.governments.polyarchy, ally),
        "partner_polyarchy": lambda: at.read(state.governments.polyarchy, partner),
    }


def _relationship(state: State, asked: Asked, name: str) -> Vector:
    found = getattr(build_relationship(state, asked.ally, asked.partner, asked.at), name)
    return np.zeros(1) if found is None else found


def _exercises(state: State, asked: Asked) -> Vector:
    """Return where a bloc of ally and partner exercises this month, (place,)."""
    held = asked.at.of(state.nothing)
    for bloc in state.institutions.blocs.values():
        members = np.isin(np.arange(len(state.codes)), bloc.members)
        together = asked.at.matches(members[asked.ally] & members[asked.partner])
        if together is not None:
            held = np.maximum(held, together * asked.at.of(bloc.exercising))
    return held


def _strength_facts(state: State, asked: Asked) -> _Finders:
    """Return how the strengths of the three, and what they come to, are found, by name."""
    ally, partner, opponent, at = asked.ally, asked.partner, asked.opponent, asked.at
    began = asked.war["began"]

    def power(who: Who) -> Vector:
        return at.read(state.capability, who)

    def reach(who: Who, other: Who) -> Vector:
        return at.read_pair(state.reach, who, other)

    def winning(helped: bool) -> Vector:
        abroad = np.where(began, reach(partner, opponent), 1.0)
        against = power(opponent) * np.where(began, 1.0, reach(opponent, partner))
        own = power(partner) * abroad
        return win_chance(own + power(ally) * reach(ally, partner) if helped else own, against)

    return {
        "ally_capability": partial(power, ally),
        "partner_capability": partial(power, partner),
        "opponent_capability": partial(power, opponent),
        "ally_reach": partial(reach, ally, partner),
        "opponent_reach": partial(reach, opponent, partner),
        "partner_reach": partial(reach, partner, opponent),
        "opponent_reach_ally": partial(reach, opponent, ally),
        "power_shift": lambda: at.of(state.nothing),  # a scenario holds no strengths of the past
        "opponent_growth": lambda: at.of(state.nothing),
        "winning_alone": partial(winning, False),
        "winning_with": partial(winning, True),
    }
