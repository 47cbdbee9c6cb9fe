"""Looking ahead: who would come to whose aid if one rival attacked the other."""

from __future__ import annotations

from sim.model.arrays import Vector
from sim.model.decisions.baseline import Usual, usual
from sim.model.decisions.calls import answer_chances
from sim.model.decisions.coalition import Help, Outlook, Side, help_of, with_help
from sim.model.decisions.phase_cache import Moment
from sim.model.decisions.prospective_allies import Circle
from sim.model.entities.rivalry import Rivalry
from sim.model.state import State


class Foresight:
    """What actors expect of one another in a phase; each expectation is worked out once."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._helps: dict[tuple[int, int], Help] = {}
        self._circles: dict[tuple[str, int, bool], Circle] = {}
        self._record: dict[tuple[str, int], Outlook] = {}
        self._usual: dict[tuple[str, int], Usual] = {}
        self.look_again()

    def look_again(self) -> None:
        """Let expectations follow what has changed; called as a phase begins.

        Were an expectation kept for longer, it would depend on when some world first asked for it.
        """
        self._moment = Moment(self._state)
        self._willing: dict[tuple[str, int, bool], list[Vector]] = {}
        self._outlooks: dict[tuple[str, int, int], Outlook] = {}

    def record(self, rivalry: Rivalry, attacking: int) -> Outlook:
        """Return the fight under the alliances that stood when base rates were measured.

        Defence allies came as often as in the record, for a partner attacked; not for an attacker.
        """
        key = (rivalry.code, attacking)
        if key not in self._record:
            attacker, defender = rivalry.rivals[attacking], rivalry.rivals[1 - attacking]
            self._record[key] = Outlook(
                self._recorded(rivalry, attacker, True), self._recorded(rivalry, defender, False)
            )
        return self._record[key]

    def usual(self, rivalry: Rivalry, side: int) -> Usual:
        """Return what the choices of a side looked like under those alliances."""
        key = (rivalry.code, side)
        if key not in self._usual:
            fights = self.record(rivalry, side), self.record(rivalry, 1 - side)
            self._usual[key] = usual(self._state, rivalry, side, *fights)
        return self._usual[key]

    def expect(self, rivalry: Rivalry, attacking: int, observer: int) -> Outlook:
        """Return what `observer`, an actor, expects if side `attacking` attacks the other."""
        key = (rivalry.code, attacking, observer)
        if key not in self._outlooks:
            self._outlooks[key] = self._outlook(rivalry, attacking, observer)
        return self._outlooks[key]

    def _outlook(self, rivalry: Rivalry, attacking: int, observer: int) -> Outlook:
        """Look ahead.

        With deterrence switched off, an attacker does not reckon with the target's own allies but
        with as many as came in the record; with emboldenment off, likewise for its own.
        """
        attacker, defender = rivalry.rivals[attacking], rivalry.rivals[1 - attacking]
        switches, record = self._state.mechanisms, self.record(rivalry, attacking)
        attacks = observer == attacker
        return Outlook(
            record.attacker
            if attacks and not switches.emboldenment
            else self._expected(rivalry, attacker, True, observer),
            record.defender
            if attacks and not switches.deterrence
            else self._expected(rivalry, defender, False, observer),
        )

    def _expected(self, rivalry: Rivalry, partner: int, began: bool, observer: int) -> Side:
        """Return what a rival amounts to with its allies, as far as the observer trusts them."""
        circle = self._circle(rivalry, partner, began)
        willing = self._readiness(rivalry, partner, began)
        helped = []
        for ally, odds in zip(circle.allies, willing, strict=True):
            trusted = odds + self._moment.trust(observer, ally.call.ally)
            helped.append((ally.help, answer_chances(self._state, ally.call, trusted)))
        return with_help(self._state, partner, circle.base, helped)

    def _readiness(self, rivalry: Rivalry, partner: int, began: bool) -> list[Vector]:
        """Return how willing a rival's allies are; observers differ in trust only."""
        key = (rivalry.code, partner, began)
        if key not in self._willing:
            circle = self._circle(rivalry, partner, began)
            self._willing[key] = circle.willing(self._state, self._moment)
        return self._willing[key]

    def _circle(self, rivalry: Rivalry, partner: int, began: bool) -> Circle:
        key = (rivalry.code, partner, began)
        if key not in self._circles:
            self._circles[key] = Circle(self._state, rivalry, partner, began, self._help)
        return self._circles[key]

    def _help(self, state: State, ally: int, partner: int) -> Help:
        """Return what an ally adds to a partner's side; it is the same in every theatre."""
        if (ally, partner) not in self._helps:
            self._helps[ally, partner] = help_of(state, ally, partner)
        return self._helps[ally, partner]

    def _recorded(self, rivalry: Rivalry, partner: int, began: bool) -> Side:
        circle = self._circle(rivalry, partner, began)
        return with_help(self._state, partner, circle.base, circle.in_record(self._state))
