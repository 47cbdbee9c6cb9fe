"""Looking ahead: which allies would intervene if one rival attacked the other."""

from __future__ import annotations

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
from sim.model.decisions.willingness import JointCall
from sim.model.entities.rivalry import Rivalry
from sim.model.state import State


class Expectations:
    """What actors expect of one another in a phase; each expectation is computed once."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._contributions: dict[tuple[int, int], AllyContribution] = {}
        self._coalitions: dict[tuple[str, int, bool], ProspectiveCoalition] = {}
        self._baseline_contests: dict[tuple[str, int], ExpectedContest] = {}
        self._baselines: dict[tuple[str, int], Baseline] = {}
        self.refresh()

    def refresh(self) -> None:
        """Discard the expectations of the last phase; call this when a phase begins.

        An expectation held for longer would depend on when some world of the block first needed it.
        """
        self._cache = PhaseCache(self._state)
        self._joint_calls: dict[tuple[str, int, bool], JointCall] = {}
        self._contests: dict[tuple[str, int, int], ExpectedContest] = {}

    def baseline_contest(self, rivalry: Rivalry, attacking: int) -> ExpectedContest:
        """Return the contest under the alliances in force when base rates were measured.

        Defence allies aid an attacked partner as often as in the historical record, an attacking
        partner never.
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
        """Return the baseline of a side's choices under those alliances."""
        key = (rivalry.code, side)
        if key not in self._baselines:
            self._baselines[key] = build_baseline(
                self._state,
                rivalry,
                side,
                attacking=self.baseline_contest(rivalry, side),
                attacked=self.baseline_contest(rivalry, 1 - side),
            )
        return self._baselines[key]

    def expect(self, rivalry: Rivalry, attacking: int, observer: int) -> ExpectedContest:
        """Return the contest that `observer`, an actor, expects if side `attacking` attacks."""
        key = (rivalry.code, attacking, observer)
        if key not in self._contests:
            self._contests[key] = self._expect_contest(rivalry, attacking, observer)
        return self._contests[key]

    def _expect_contest(self, rivalry: Rivalry, attacking: int, observer: int) -> ExpectedContest:
        """Return the contest as the observer expects it.

        With deterrence switched off, an attacker expects the baseline aid for its target instead of
        the aid of the target's present allies; with emboldenment off, likewise for its own side.
        """
        attacker, defender = rivalry.rivals[attacking], rivalry.rivals[1 - attacking]
        switches, baseline = self._state.mechanisms, self.baseline_contest(rivalry, attacking)
        attacks = observer == attacker
        return ExpectedContest(
            baseline.attacker
            if attacks and not switches.emboldenment
            else self._expect_side(rivalry, attacker, True, observer),
            baseline.defender
            if attacks and not switches.deterrence
            else self._expect_side(rivalry, defender, False, observer),
        )

    def _expect_side(
        self, rivalry: Rivalry, partner: int, began: bool, observer: int
    ) -> ExpectedSide:
        """Return the strength of a rival with its allies, as far as the observer trusts them."""
        coalition = self._coalition(rivalry, partner, began)
        joint_call = self._joint_call(rivalry, partner, began)
        contributions = []
        for ally in coalition.allies:
            willing = joint_call.willingness[ally.call.ally]
            trusted = willing + self._cache.trust(observer, ally.call.ally)
            chances = answer_chances(self._state, ally.call, trusted)
            contributions.append((ally.contribution, chances))
        return build_side(self._state, partner, coalition.own_strength, contributions)

    def _joint_call(self, rivalry: Rivalry, partner: int, began: bool) -> JointCall:
        """Return the call that a rival would make; observers differ in trust only."""
        key = (rivalry.code, partner, began)
        if key not in self._joint_calls:
            coalition = self._coalition(rivalry, partner, began)
            self._joint_calls[key] = coalition.joint_call(self._state, self._cache)
        return self._joint_calls[key]

    def _coalition(self, rivalry: Rivalry, partner: int, began: bool) -> ProspectiveCoalition:
        key = (rivalry.code, partner, began)
        if key not in self._coalitions:
            self._coalitions[key] = ProspectiveCoalition(
                self._state, rivalry, partner, began, self._contribution
            )
        return self._coalitions[key]

    def _contribution(self, state: State, ally: int, partner: int) -> AllyContribution:
        """Return an ally's contribution to a partner's side, the same in every theatre."""
        if (ally, partner) not in self._contributions:
            self._contributions[ally, partner] = ally_contribution(state, ally, partner)
        return self._contributions[ally, partner]

    def _baseline_side(self, rivalry: Rivalry, partner: int, began: bool) -> ExpectedSide:
        coalition = self._coalition(rivalry, partner, began)
        return build_side(
            self._state,
            partner,
            coalition.own_strength,
            coalition.reference_contributions(self._state),
        )
