"""Looking ahead: which allies would intervene if one rival attacked the other."""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Mask, Vector
from sim.model.decisions.baseline import Baseline, build_baseline
from sim.model.decisions.coalition import (
    AllyContribution,
    ExpectedContest,
    ExpectedSide,
    build_side,
)
from sim.model.decisions.phase_cache import PhaseCache
from sim.model.decisions.prospective_allies import (
    ChancesByBeginner,
    ProspectiveAlly,
    find_prospective_allies,
    foreseen_strength,
    mix_chances,
)
from sim.model.entities.rivalry import Rivalry
from sim.model.state import State
from sim.model.theory.anchor import AidChances


class Expectations:
    """What actors expect of one another in a phase; each expectation is computed once."""

    def __init__(self, state: State) -> None:
        self._state = state
        self.forget()

    def forget(self) -> None:
        """Discard all that is expected, as when the rules of behaviour are others than before."""
        self._allies: dict[tuple[str, int], tuple[ProspectiveAlly, ...]] = {}
        self._strengths: dict[tuple[str, int, bool], Vector] = {}
        self._baseline_contests: dict[tuple[str, int], ExpectedContest] = {}
        self._baselines: dict[tuple[str, int], Baseline] = {}
        self._reference_chances: dict[ProspectiveAlly, ChancesByBeginner] = {}
        self.refresh()

    def refresh(self) -> None:
        """Discard the expectations of the last phase; call this when a phase begins.

        An expectation held for longer would depend on when some world of the block first needed it.
        """
        self._cache = PhaseCache(self._state)
        self._contests: dict[tuple[str, int, int, bool], ExpectedContest] = {}
        self._chances: dict[tuple[ProspectiveAlly, int], ChancesByBeginner] = {}

    def allies(self, rivalry: Rivalry, partner: int) -> tuple[ProspectiveAlly, ...]:
        """Return the allies that a rival would call in a theatre."""
        key = (rivalry.code, partner)
        if key not in self._allies:
            self._allies[key] = find_prospective_allies(self._state, rivalry, partner)
        return self._allies[key]

    def baseline_contest(self, rivalry: Rivalry, attacking: int) -> ExpectedContest:
        """Return the contest under the alliances in force when base rates were measured.

        Allies answer by the same rule, under the treaties that stood then.
        """
        key = (rivalry.code, attacking)
        if key not in self._baseline_contests:
            attacker, defender = rivalry.rivals[attacking], rivalry.rivals[1 - attacking]
            begins = self._state.rules.challenge.begins
            self._baseline_contests[key] = ExpectedContest(
                self._baseline_side(rivalry, attacker, True, begins),
                self._baseline_side(rivalry, defender, False, 1 - begins),
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
        """Return the contest that an observer expects if side `attacking` challenges.

        Who challenges does not always begin the war that may follow, so allies bound only to a
        partner that was attacked may come to either side.
        """
        return self._expect(rivalry, attacking, observer, begins_for_sure=False)

    def expect_war(self, rivalry: Rivalry, attacking: int, observer: int) -> ExpectedContest:
        """Return the contest that an observer expects if side `attacking` begins a war."""
        return self._expect(rivalry, attacking, observer, begins_for_sure=True)

    def fights_elsewhere(self, actor: int, theatre: str) -> Mask:
        """Return where an actor is at open war in another theatre, (world,)."""
        return self._cache.fights_elsewhere(actor, theatre)

    def chances(self, ally: ProspectiveAlly, observer: int) -> ChancesByBeginner:
        """Return the chances of an ally's aid as an observer expects them this phase."""
        if (ally, observer) not in self._chances:
            self._chances[ally, observer] = ally.chances(self._cache, observer)
        return self._chances[ally, observer]

    def reference_chances(self, ally: ProspectiveAlly) -> ChancesByBeginner:
        """Return the chances of an ally's aid in the record of disputes."""
        if ally not in self._reference_chances:
            self._reference_chances[ally] = ally.reference_chances()
        return self._reference_chances[ally]

    def _expect(
        self, rivalry: Rivalry, attacking: int, observer: int, begins_for_sure: bool
    ) -> ExpectedContest:
        key = (rivalry.code, attacking, observer, begins_for_sure)
        if key not in self._contests:
            sure = np.ones(self._state.count)
            begins = sure if begins_for_sure else self._state.rules.challenge.begins
            self._contests[key] = self._expect_contest(rivalry, attacking, observer, begins)
        return self._contests[key]

    def _expect_contest(
        self, rivalry: Rivalry, attacking: int, observer: int, begins: Vector
    ) -> ExpectedContest:
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
            else self._expect_side(rivalry, attacker, True, observer, begins),
            baseline.defender
            if attacks and not switches.deterrence
            else self._expect_side(rivalry, defender, False, observer, 1 - begins),
        )

    def _expect_side(
        self, rivalry: Rivalry, partner: int, attacks: bool, observer: int, begins: Vector
    ) -> ExpectedSide:
        """Return the strength of a rival with its allies, as far as the observer trusts them."""
        contributions = [
            (ally.contribution, mix_chances(self.chances(ally, observer), begins))
            for ally in self.allies(rivalry, partner)
        ]
        return self._build_side(rivalry, partner, attacks, contributions)

    def _baseline_side(
        self, rivalry: Rivalry, partner: int, attacks: bool, begins: Vector
    ) -> ExpectedSide:
        contributions = [
            (ally.contribution, mix_chances(self.reference_chances(ally), begins))
            for ally in self.allies(rivalry, partner)
        ]
        return self._build_side(rivalry, partner, attacks, contributions)

    def _build_side(
        self,
        rivalry: Rivalry,
        partner: int,
        attacks: bool,
        contributions: list[tuple[AllyContribution, AidChances]],
    ) -> ExpectedSide:
        key = (rivalry.code, partner, attacks)
        if key not in self._strengths:
            self._strengths[key] = foreseen_strength(self._state, rivalry, partner, attacks)
        return build_side(self._state, partner, self._strengths[key], contributions)
