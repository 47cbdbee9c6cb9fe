"""Looking ahead: who would come to whose aid if one rival attacked the other."""

from __future__ import annotations

from sim.model.arrays import Vector
from sim.model.decisions.baseline import Baseline, build_baseline
from sim.model.decisions.calls import answer_chances
from sim.model.decisions.coalition import (
    AllyContribution,
    ExpectedContest,
    ExpectedSide,
    ally_contribution,
    build_side,
)
from sim.model.decisions.phase_cache import PhaseCache
from sim.model.decisions.prospective_allies import ProspectiveCoalition
from sim.model.entities.rivalry import Rivalry
from sim.model.state import State


class Expectations:
    """What actors expect of one another in a phase; each expectation is worked out once."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._contributions: dict[tuple[int, int], AllyContribution] = {}
        self._coalitions: dict[tuple[str, int, bool], ProspectiveCoalition] = {}
        self._baseline_contests: dict[tuple[str, int], ExpectedContest] = {}
        self._baselines: dict[tuple[str, int], Baseline] = {}
        self.refresh()

    def refresh(self) -> None:
        """Let expectations follow what has changed; called as a phase begins.

        Were an expectation kept for longer, it would depend on when some world first asked for it.
        """
        self._cache = PhaseCache(self._state)
        self._willingness: dict[tuple[str, int, bool], list[Vector]] = {}
        self._contests: dict[tuple[str, int, int], ExpectedContest] = {}

    def baseline_contest(self, rivalry: Rivalry, attacking: int) -> ExpectedContest:
        """Return the fight under the alliances that stood when base rates were measured.

        Defence allies came as often as in the record, for a partner attacked; not for an attacker.
        """
        key = (rivalry.code, attacking)
        if key not in self._baseline_contests:
            attacker, defender = rivalry.rivals[attacking], rivalry.rivals[1 - attacking]
            self._baseline_contests[key] = ExpectedContest(
                self._baseline_side(rivalry, attacker, True),
                self._baseline_side(rivalry, defender, False),
            )
        return self._baseline_contests[key]

    def baseline(self, rivalry: Rivalry, side: int) -> Baseline:
        """Return what the choices of a side looked like under those alliances."""
        key = (rivalry.code, side)
        if key not in self._baselines:
            fights = self.baseline_contest(rivalry, side), self.baseline_contest(rivalry, 1 - side)
            self._baselines[key] = build_baseline(self._state, rivalry, side, *fights)
        return self._baselines[key]

    def expect(self, rivalry: Rivalry, attacking: int, observer: int) -> ExpectedContest:
        """Return what `observer`, an actor, expects if side `attacking` attacks the other."""
        key = (rivalry.code, attacking, observer)
        if key not in self._contests:
            self._contests[key] = self._expect_contest(rivalry, attacking, observer)
        return self._contests[key]

    def _expect_contest(self, rivalry: Rivalry, attacking: int, observer: int) -> ExpectedContest:
        """Look ahead.

        With deterrence switched off, an attacker does not reckon with the target's own allies but
        with as many as came in the record; with emboldenment off, likewise for its own.
        """
        attacker, defender = rivalry.rivals[attacking], rivalry.rivals[1 - attacking]
        switches, record = self._state.mechanisms, self.baseline_contest(rivalry, attacking)
        attacks = observer == attacker
        return ExpectedContest(
            record.attacker
            if attacks and not switches.emboldenment
            else self._expect_side(rivalry, attacker, True, observer),
            record.defender
            if attacks and not switches.deterrence
            else self._expect_side(rivalry, defender, False, observer),
        )

    def _expect_side(
        self, rivalry: Rivalry, partner: int, began: bool, observer: int
    ) -> ExpectedSide:
        """Return what a rival amounts to with its allies, as far as the observer trusts them."""
        circle = self._coalition(rivalry, partner, began)
        willing = self._ally_willingness(rivalry, partner, began)
        helped = []
        for ally, odds in zip(circle.allies, willing, strict=True):
            trusted = odds + self._cache.trust(observer, ally.call.ally)
            helped.append((ally.contribution, answer_chances(self._state, ally.call, trusted)))
        return build_side(self._state, partner, circle.own_strength, helped)

    def _ally_willingness(self, rivalry: Rivalry, partner: int, began: bool) -> list[Vector]:
        """Return how willing a rival's allies are; observers differ in trust only."""
        key = (rivalry.code, partner, began)
        if key not in self._willingness:
            circle = self._coalition(rivalry, partner, began)
            self._willingness[key] = circle.willingness(self._state, self._cache)
        return self._willingness[key]

    def _coalition(self, rivalry: Rivalry, partner: int, began: bool) -> ProspectiveCoalition:
        key = (rivalry.code, partner, began)
        if key not in self._coalitions:
            self._coalitions[key] = ProspectiveCoalition(
                self._state, rivalry, partner, began, self._contribution
            )
        return self._coalitions[key]

    def _contribution(self, state: State, ally: int, partner: int) -> AllyContribution:
        """Return what an ally adds to a partner's side; it is the same in every theatre."""
        if (ally, partner) not in self._contributions:
            self._contributions[ally, partner] = ally_contribution(state, ally, partner)
        return self._contributions[ally, partner]

    def _baseline_side(self, rivalry: Rivalry, partner: int, began: bool) -> ExpectedSide:
        circle = self._coalition(rivalry, partner, began)
        return build_side(
            self._state, partner, circle.own_strength, circle.reference_contributions(self._state)
        )
