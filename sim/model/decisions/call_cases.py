"""Calls as cases: one call to one ally in one world each.

Within a round nobody's answer moves another's, nor does one onlooker's decision to join a war. So
the mutual-defence rule is asked once for all calls, in the worlds in which each is made. It is the
rule of `AllyCase`, by which decisions are taken one after another for a decision log.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

import numpy as np

from sim.model.arrays import Levels, Mask, Vector, total
from sim.model.decisions.calls import AllyCall, build_relationship, call_in_block
from sim.model.decisions.record import RecordCases, find_owed
from sim.model.entities.commitment import Owed
from sim.model.entities.war import OPEN_WAR
from sim.model.places import CasePlaces, Index
from sim.model.plugged.honour import Asked, ask_of_calls
from sim.model.plugged.promises import promise_now
from sim.model.state import State
from sim.model.theory.anchor import odds_divisors
from sim.model.theory.honour import (
    Circumstances,
    circumstance_considerations,
    other_war_considerations,
    promise_considerations,
    relationship_considerations,
    willingness,
)


@dataclass(frozen=True)
class Considered:
    """What counts in each case beside the record, in log-odds, (case,) each.

    Attributes:
        sums: of the relationship, of the circumstances and of other wars.
        promised: the part of it that counts only where something is promised.
    """

    sums: tuple[Vector, Vector, Vector]
    promised: Vector

    def willingness(self, record: Vector) -> Vector:
        """Return the log-odds of open war of allies with such a record, (case,)."""
        return willingness(record, *self.sums)

    def willingness_unbound(self, standing: Vector) -> Vector:
        """Return the same had they promised nothing, given the record of their standing."""
        return willingness(standing, *self.sums) - self.promised


class CallCases:
    """The cases of some calls, call after call.

    Attributes:
        calls: the calls.
        worlds: where each is made, (its cases,).
        which: place of the call of each case, (case,).
        at: the world of each case.
        rows: of the cases, (case,).
        theatre, side, partner, ally, opponent: rows of the rivalry and of its side, and of the
            partner, the ally and the opposing principal, (case,) each.
    """

    def __init__(self, state: State, calls: Sequence[AllyCall]) -> None:
        """Gather the cases of calls, of which there is at least one."""
        self.calls, self._state = calls, state
        self.worlds = [call.worlds for call in calls]
        self.which: Index = np.repeat(np.arange(len(calls)), [len(each) for each in self.worlds])
        self.at = CasePlaces(np.concatenate(self.worlds))
        theatres = {code: row for row, code in enumerate(state.rivalries)}
        who = [(theatres[call.rivalry], call.side, call.partner, call.ally) for call in calls]
        self.theatre, self.side, self.partner, self.ally = np.array(who)[self.which].T
        self.rows = np.arange(len(self.which))
        self.opponent = state.wars.principals[self.theatre, 1 - self.side]

    # -- facts, (case,) ----------------------------------------------------------------------------

    @cached_property
    def began(self) -> Mask:
        """Where the partner's side began the war."""
        wars, at = self._state.wars, (self.theatre, self.at.worlds)
        began: Mask = wars.on[at] & (wars.attacker[at] == self.side)
        return began

    @cached_property
    def began_unpunished(self) -> Mask:
        """Where it did, and the partner is not a principal whose home soil is attacked for it."""
        struck = self._state.wars.home_soil[self.theatre, self.at.worlds]
        principals = self._state.wars.principals[self.theatre]
        unpunished: Mask = ~(struck & (principals == self.partner[:, None]).any(axis=1))
        return self.began & unpunished

    @cached_property
    def fighting(self) -> Mask:
        """Who is at open war in the theatre, by its side, (case, side, actor)."""
        fighting: Mask = self._state.wars.level[self.theatre, :, :, self.at.worlds] == OPEN_WAR
        return fighting

    @property
    def nuclear(self) -> Vector:
        """1 where a nuclear power is at open war against the partner."""
        opposing = self.fighting[self.rows, 1 - self.side]
        nuclear: Vector = (self._state.nuclear.T[self.at.worlds] * opposing).max(axis=1)
        return nuclear

    @property
    def in_place(self) -> Mask:
        """Where the ally's troops are stationed with the partner."""
        in_place: Mask = self._state.stationed[self.ally, self.partner] > 0
        return in_place

    def fights_elsewhere(self) -> Mask:
        """Return where the ally is at open war in another theatre."""
        levels, theatres = self._state.wars.level, np.arange(len(self._state.rivalries))
        rows = levels.reshape(*levels.shape[:2], -1)
        fights = rows[..., self.ally * levels.shape[-1] + self.at.worlds] == OPEN_WAR
        elsewhere: Mask = (fights.any(axis=1) & (theatres[:, None] != self.theatre)).any(axis=0)
        return elsewhere

    # -- what they come to -------------------------------------------------------------------------

    def consider(self) -> Considered:
        """Return what counts by the mutual-defence rule."""
        state, honour = self._state, self._state.rules.honour.at(self.at)
        relationship = relationship_considerations(
            honour, build_relationship(state, self.ally, self.partner, self.at)
        )
        circumstances = Circumstances(
            own_quarrels=state.own_quarrels[self.ally, self.opponent],
            joint_disputes=state.joint_disputes[self.ally, self.partner],
            nuclear=self.nuclear,
            stationed=state.stationed[self.ally, self.partner],
        )
        sums = (
            total(relationship.values()),
            total(circumstance_considerations(honour, circumstances).values()),
            total(other_war_considerations(honour, self.fights_elsewhere()).values()),
        )
        return Considered(sums, promise_considerations(relationship))

    def ask(self) -> Asked:
        """Return the question that a scenario's theory is asked instead."""
        calls = [call_in_block(self._state, call) for call in self.calls]
        promises = [promise_now(self._state, call) for call in calls]
        return ask_of_calls(calls, self.worlds, self.at, promises, self.fights_elsewhere)

    @cached_property
    def slices(self) -> list[slice]:
        """Which cases are those of each call."""
        ends = list(accumulate(map(len, self.worlds), initial=0))
        return list(map(slice, ends, ends[1:]))

    def by_call(self, values: Levels) -> list[Levels]:
        """Return values of the cases, (case,), as those of each call."""
        return [values[cases] for cases in self.slices]

    def read_promises(self) -> Vector:
        """Return the record of what allies owe, by whether it is due in this war, (4, case)."""
        if_begun, if_attacked = self._owed
        record, begun = self._records.read(if_attacked), self.began_unpunished
        places = [
            place
            for place in np.unique(self.which[begun]).tolist()
            if if_begun[place] != if_attacked[place]
        ]
        if places:
            cases = np.concatenate([self.rows[self.slices[place]] for place in places])
            records = RecordCases(self._state, [self.worlds[place] for place in places])
            not_due = records.read([if_begun[place] for place in places])
            record[:, cases] = np.where(begun[cases], not_due, record[:, cases])
        return self._with_divisors(record)

    def read_standings(self) -> Vector:
        """Return the record of the allies had they promised nothing, (4, case)."""
        standings = [self._state.standings[call.ally, call.rivalry] for call in self.calls]
        return self._with_divisors(self._records.read_standings(standings))

    @cached_property
    def _records(self) -> RecordCases:
        return RecordCases(self._state, self.worlds)

    @cached_property
    def _owed(self) -> tuple[tuple[Owed, ...], ...]:
        """What is owed in each call, if the partner began the war unpunished, and if not."""
        return tuple(zip(*[find_owed(self._state, call) for call in self.calls], strict=True))

    def _with_divisors(self, record: Vector) -> Vector:
        """Return of a record, (number, case), what chances are worked out from, (4, case).

        It is the log-odds of open war at zero of every consideration, and what the odds are divided
        by for each level of aid: by nothing where troops are in place.
        """
        found = np.ones((4, len(self.which)))
        found[0], found[1:3] = record[0], odds_divisors(record[1:])
        found[1:, self.in_place] = 1.0
        return found

    def widen(self, place: int, levels: Levels) -> Levels:
        """Return the levels, (case,), of one call as those of the block, 0 in the other worlds."""
        widened = np.zeros(self._state.count, dtype=np.int8)
        widened[self.worlds[place]] = levels[self.which == place]
        return widened
