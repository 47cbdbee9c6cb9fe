"""The answers of allies to the calls of a round, decided for all calls at once.

Within a round nobody's answer moves another's, so one case is one call in one world, and the
mutual-defence rule is evaluated once for all cases. It is the rule of `AllyCase`, by which answers
are decided one call after another for a decision log.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.model.arrays import Levels, Mask, Vector, any_world, total
from sim.model.decision_log import DrawKey
from sim.model.decisions.calls import Call, build_relationship
from sim.model.decisions.record import foreseen_anchor, standing_anchor
from sim.model.decisions.sampling import draw_cases_by_number
from sim.model.decisions.war_strength import opposing_nuclear
from sim.model.entities.rivalry import Rivalry
from sim.model.entities.war import OPEN_WAR
from sim.model.places import CasePlaces, Index
from sim.model.plugged.asking import honour_willingness
from sim.model.plugged.honour import ask_of_calls
from sim.model.plugged.promises import promise_now
from sim.model.state import State
from sim.model.theory.anchor import Anchor, ordered_chances
from sim.model.theory.honour import (
    Circumstances,
    circumstance_considerations,
    other_war_considerations,
    promise_considerations,
    relationship_considerations,
    willingness,
)
from sim.model.theory.quantal_response import level_reached


@dataclass(frozen=True)
class AllyCall:
    """A call of a partner to an ally, and where it is made.

    Attributes:
        rivalry: code of the theatre.
        side: side of the partner.
        partner, ally: rows of the actors.
        where: where the call is made, (world,).
    """

    rivalry: str
    side: int
    partner: int
    ally: int
    where: Mask


@dataclass(frozen=True)
class AllyAnswer:
    """One ally's answer to a call, (world,), and the answer had it promised nothing."""

    call: AllyCall
    level: Levels
    counterfactual_level: Levels


class _Who(NamedTuple):
    """Rows of the ally, its partner, their opponent and the theatre, (case,) each."""

    ally: Index
    partner: Index
    opponent: Index
    theatre: Index


@dataclass(frozen=True)
class _Facts:
    """What one call rests on in the worlds in which it is made, (case,) each.

    Attributes:
        nuclear: where a nuclear power is on the other side.
        draws: the draws of the answer.
        record: log-odds and divisors of the record of what the ally owes, (4, case).
        standing: the same of actors that promised nothing, (4, case).
    """

    nuclear: Vector
    draws: Vector
    record: Vector
    standing: Vector


class Answers:
    """Decides the answers of a block."""

    def __init__(self, state: State) -> None:
        self._state, self._theatres = state, list(state.rivalries)

    def decide(self, calls: Sequence[AllyCall]) -> list[AllyAnswer]:
        """Return the answers to the calls of a round."""
        if not calls:
            return []
        worlds = [call.where.nonzero()[0] for call in calls]
        levels = self._decide(calls, worlds)
        ends = np.cumsum([len(each) for each in worlds])[:-1]
        parts = zip(calls, worlds, *(np.split(each, ends) for each in levels), strict=True)
        return [
            AllyAnswer(call, self._widen(level, where), self._widen(counterfactual, where))
            for call, where, level, counterfactual in parts
        ]

    def _decide(self, calls: Sequence[AllyCall], worlds: list[Index]) -> tuple[Levels, Levels]:
        """Return the levels of aid, and those had nothing been promised, (case,) each."""
        state, at = self._state, CasePlaces(np.concatenate(worlds))
        facts = [self._find_facts(*each) for each in zip(calls, worlds, strict=True)]
        sizes = [len(each) for each in worlds]
        ally, partner, opponent, theatre = (
            np.repeat(who, sizes) for who in np.array([self._who(call) for call in calls]).T
        )
        draws = np.concatenate([each.draws for each in facts])
        record, *divisors = np.concatenate([each.record for each in facts], axis=1)
        standing, *unbound = np.concatenate([each.standing for each in facts], axis=1)
        who = _Who(ally, partner, opponent, theatre)
        if "honour" in state.theories:
            willing, without = self._by_theory(calls, worlds, who, at)
        else:
            nuclear = np.concatenate([each.nuclear for each in facts])
            willing, without = self._by_rule(who, nuclear, record, standing, at)
        level = level_reached(draws, ordered_chances(willing, divisors))
        return level, level_reached(draws, ordered_chances(without, unbound))

    def _by_rule(
        self, who: _Who, nuclear: Vector, record: Vector, standing: Vector, at: CasePlaces
    ) -> tuple[Vector, Vector]:
        """Return the willingness by the mutual-defence rule, and had nothing been promised."""
        state, honour = self._state, self._state.rules.honour.at(at)
        ally, partner, opponent, theatre = who
        relationship = relationship_considerations(
            honour, build_relationship(state, ally, partner, at)
        )
        circumstances = Circumstances(
            own_quarrels=state.own_quarrels[ally, opponent],
            joint_disputes=state.joint_disputes[ally, partner],
            nuclear=nuclear,
            stationed=state.stationed[ally, partner],
        )
        busy = self._fights_elsewhere(ally, theatre, at)
        considered = (
            total(relationship.values()),
            total(circumstance_considerations(honour, circumstances).values()),
            total(other_war_considerations(honour, busy).values()),
        )
        without = willingness(standing, *considered) - promise_considerations(relationship)
        return willingness(record, *considered), without

    def _by_theory(
        self, calls: Sequence[AllyCall], worlds: list[Index], who: _Who, at: CasePlaces
    ) -> tuple[Vector, Vector]:
        """Return the same by the scenario's theory of honouring."""
        state = self._state
        asked = ask_of_calls(
            [self._call_in_block(call) for call in calls],
            worlds,
            at,
            [promise_now(state, self._call_in_block(call)) for call in calls],
            lambda: self._fights_elsewhere(who.ally, who.theatre, at),
        )
        return honour_willingness(state, asked), honour_willingness(state, asked.unbound())

    def _call_in_block(self, call: AllyCall) -> Call:
        """Return a call with its facts in every world."""
        rivalry = self._state.rivalries[call.rivalry]
        began, opponent = rivalry.war.attacks(call.side), rivalry.rivals[1 - call.side]
        struck = began & rivalry.war.home_soil & (call.partner in rivalry.rivals)
        nuclear = opposing_nuclear(self._state, rivalry, call.side)
        return Call(call.ally, call.partner, opponent, call.rivalry, began, struck, nuclear)

    def _who(self, call: AllyCall) -> tuple[int, int, int, int]:
        opponent = self._state.rivalries[call.rivalry].rivals[1 - call.side]
        return call.ally, call.partner, opponent, self._theatres.index(call.rivalry)

    def _find_facts(self, call: AllyCall, worlds: Index) -> _Facts:
        state, rivalry = self._state, self._state.rivalries[call.rivalry]
        key = DrawKey("answer", state.codes[call.ally], state.codes[call.partner], call.rivalry)
        opposing = rivalry.war.level[1 - call.side][:, worlds] == OPEN_WAR
        due = ~_began_unpunished(rivalry, call, worlds)
        record, standing = self._read_records(call, due, worlds)
        return _Facts(
            nuclear=(state.nuclear[:, worlds] * opposing).max(axis=0),
            draws=draw_cases_by_number(state, key, rivalry.war.number, worlds),
            record=record,
            standing=standing,
        )

    def _read_records(self, call: AllyCall, due: Mask, worlds: Index) -> tuple[Vector, Vector]:
        """Return the record of what an ally owes, and of one that promised nothing, (4, case)."""
        state, in_place = self._state, bool(self._state.stationed[call.ally, call.partner])
        opponent = state.rivalries[call.rivalry].rivals[1 - call.side]
        facts = state.no_world, state.no_world, state.nothing
        asked = Call(call.ally, call.partner, opponent, call.rivalry, *facts)
        record = _read(foreseen_anchor(state, asked, began=False), worlds, in_place)
        if not due.all():
            not_due = _read(foreseen_anchor(state, asked, began=True), worlds, in_place)
            record = np.where(due, record, not_due)
        return record, _read(standing_anchor(state, asked), worlds, in_place)

    def _fights_elsewhere(self, actor: Index, theatre: Index, at: CasePlaces) -> Mask:
        """Return where actors are at open war in another theatre, (case,)."""
        elsewhere = np.zeros(len(actor), dtype=bool)
        for row, rivalry in enumerate(self._state.rivalries.values()):
            if any_world(rivalry.war.on):
                first, second = (at.read(level, actor) == OPEN_WAR for level in rivalry.war.level)
                elsewhere |= (first | second) & (theatre != row)
        return elsewhere

    def _widen(self, levels: Levels, worlds: Index) -> Levels:
        """Return levels of some worlds as those of the block, 0 in the other worlds."""
        widened = np.zeros(self._state.count, dtype=np.int8)
        widened[worlds] = levels
        return widened


def _began_unpunished(rivalry: Rivalry, call: AllyCall, worlds: Index) -> Mask:
    """Return where the partner's side began the war and its home soil is not attacked, (case,)."""
    war = rivalry.war
    began: Mask = (war.on & (war.attacker == call.side))[worlds]
    return began & ~war.home_soil[worlds] if call.partner in rivalry.rivals else began


def _read(anchor: Anchor, worlds: Index, in_place: bool) -> NDArray[np.float64]:
    """Return log-odds at zero and the divisors of the odds of a record in worlds, (4, case)."""
    read = np.ones((4, len(worlds)))
    read[0] = anchor.at_zero[worlds]
    if not in_place:
        any_aid, troops, _ = anchor.odds_divisors
        read[1], read[2] = any_aid[worlds], troops[worlds]
    return read
