"""Looking ahead: who would come to whose aid if one rival attacked the other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.model.calls import Call, allies_of, answer_chances, pledges, unhurried
from sim.model.rivalry import Rivalry
from sim.model.state import State
from sim.model.theory.contest import win_chance
from sim.model.vectors import Vector


@dataclass(frozen=True)
class Side:
    """What one side is expected to amount to.

    Attributes:
        strength: with the help expected, in shares of the world's capability, (world,).
        allies: expected number of allies at open war, (world,).
        nuclear: chance that a nuclear power stands on the side, (world,).
    """

    strength: Vector
    allies: Vector
    nuclear: Vector


@dataclass(frozen=True)
class Outlook:
    """A fight in which one rival attacks the other, as somebody expects it."""

    attacker: Side
    defender: Side

    @property
    def winning(self) -> Vector:
        """Chance, (world,), that the attacker prevails."""
        return win_chance(self.attacker.strength, self.defender.strength)


class Foresight:
    """What actors expect of one another in a phase; each expectation is worked out once."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._record: dict[tuple[str, int], Outlook] = {}
        self._sides: dict[tuple[str, int, bool, int], Side] = {}
        self._readiness: dict[tuple[str, int, bool], Readiness] = {}

    def look_again(self) -> None:
        """Let expectations follow what has changed; called as a phase begins.

        Were an expectation kept for longer, it would depend on when some world first asked for it.
        """
        self._sides.clear()
        self._readiness.clear()

    def record(self, rivalry: Rivalry, attacking: int) -> Outlook:
        """Return the fight under the alliances that stood when base rates were measured.

        Defence allies came as often as in the record, for a partner attacked; not for an attacker.
        """
        key = (rivalry.code, attacking)
        if key not in self._record:
            attacker, defender = rivalry.rivals[attacking], rivalry.rivals[1 - attacking]
            self._record[key] = Outlook(
                _in_record(self._state, rivalry, attacker, defender, began=True),
                _in_record(self._state, rivalry, defender, attacker, began=False),
            )
        return self._record[key]

    def expect(self, rivalry: Rivalry, attacking: int, observer: int) -> Outlook:
        """Return what `observer`, an actor, expects if side `attacking` attacks the other.

        With deterrence switched off, an attacker does not reckon with the target's own allies but
        with as many as came in the record; with emboldenment off, likewise for its own.
        """
        attacker, defender = rivalry.rivals[attacking], rivalry.rivals[1 - attacking]
        switches, record = self._state.mechanisms, self.record(rivalry, attacking)
        attacks = observer == attacker
        return Outlook(
            record.attacker
            if attacks and not switches.emboldenment
            else self._expected(rivalry, (attacker, defender), True, observer),
            record.defender
            if attacks and not switches.deterrence
            else self._expected(rivalry, (defender, attacker), False, observer),
        )

    def _expected(
        self, rivalry: Rivalry, pair: tuple[int, int], began: bool, observer: int
    ) -> Side:
        key = (rivalry.code, pair[0], began, observer)
        if key not in self._sides:
            ready = self._ready(rivalry, pair, began)
            self._sides[key] = _as_seen(self._state, pair, began, ready, observer)
        return self._sides[key]

    def _ready(self, rivalry: Rivalry, pair: tuple[int, int], began: bool) -> Readiness:
        """Return how ready a rival's allies are; observers differ in trust only."""
        key = (rivalry.code, pair[0], began)
        if key not in self._readiness:
            self._readiness[key] = _readiness(self._state, rivalry, pair, began)
        return self._readiness[key]


Chances = tuple[Vector, Vector, Vector]
"""Of at least materiel, at least troops, and open war; each (world,)."""

Readiness = list[tuple[Call, Vector]]
"""The calls a rival would make, and the willingness of the ally called, (world,)."""


def _readiness(state: State, rivalry: Rivalry, pair: tuple[int, int], began: bool) -> Readiness:
    partner, opponent = pair
    base = _alone(state, partner, opponent, began)
    against = _alone(state, opponent, partner, not began)
    mask = np.full(state.count, began)
    calls = [
        Call(ally, partner, opponent, rivalry.code, mask, state.nowhere, base, against,
             state.nuclear[opponent])
        for ally in allies_of(state, partner, rivalry.code)
    ]  # fmt: skip
    willing = unhurried(state, calls)
    return [(call, willing[call.ally]) for call in calls]


def _as_seen(
    state: State, pair: tuple[int, int], began: bool, ready: Readiness, observer: int
) -> Side:
    """Return what a rival amounts to with its allies, as far as the observer trusts them."""
    chances = {
        call.ally: answer_chances(state, call, willing + state.memory.trust(observer, call.ally))
        for call, willing in ready
    }
    return _with_help(state, pair[0], _alone(state, *pair, began), chances)


def _in_record(state: State, rivalry: Rivalry, partner: int, opponent: int, *, began: bool) -> Side:
    base = _alone(state, partner, opponent, began)
    came = state.rules.challenge.reference_help
    mask = np.full(state.count, began)
    chances = {
        ally: (came, came, came)
        for ally in allies_of(state, partner, rivalry.code)
        for treaty in pledges(state, ally, partner, rivalry.code)
        if treaty.in_record(state.scenario) and treaty.due(mask, state.nowhere).all()
    }
    return _with_help(state, partner, base, chances)


def _alone(state: State, partner: int, opponent: int, began: bool) -> Vector:
    """Return a rival's own strength: the attacker's as it arrives, the defender's at home."""
    strength: Vector = state.capability[partner]
    return strength * state.reach[partner, opponent] if began else strength


def _with_help(state: State, partner: int, base: Vector, chances: dict[int, Chances]) -> Side:
    honour = state.rules.honour
    strength, allies, without_nuclear = base, np.zeros(state.count), 1 - state.nuclear[partner]
    for ally, (materiel, troops, war) in chances.items():
        power, arriving = state.capability[ally], state.reach[ally, partner]
        strength = strength + power * (
            (materiel - troops) * honour.materiel_strength
            + (troops - war) * honour.troops_strength * arriving
            + war * arriving
        )
        allies = allies + war
        without_nuclear = without_nuclear * (1 - war * state.nuclear[ally])
    return Side(strength, allies, 1 - without_nuclear)
