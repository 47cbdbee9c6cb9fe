"""A choice is worked out only where its draw can matter, and no decision changes by it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.model.arrays import Mask
from sim.model.decision_log import DecisionLog
from sim.model.decisions import choice_bounds
from sim.model.decisions.choice_bounds import ChoiceBounds
from sim.model.decisions.crisis_decisions import CrisisChoice, CrisisDecisions
from sim.model.model import AllianceModel
from sim.model.recording.history import History
from sim.model.simulate import simulate
from sim.model.theory.bounds import Range
from sim.scenario.schema.scenario import Mechanisms, Scenario
from tests.model.compare_histories import same_history
from tests.model.random_scenarios import scenarios
from tests.worlds import EAGER, changed, real, tangle

SWITCHES = ("deterrence", "emboldenment", "moral_hazard", "advice", "memory", "misjudgement")
WEIGHTS = {
    "choice__rationality": st.floats(0, 30),
    "challenge__dispute_cost": st.floats(0, 5),
    "challenge__nuclear_dread": st.floats(-5, 5),
    "challenge__recent_dispute": st.floats(-3, 3),
    "challenge__nonaggression": st.floats(-3, 3),
    "challenge__embolden": st.floats(-5, 5),
    "challenge__advice": st.floats(-5, 5),
    "challenge__begins": st.floats(0, 1),
    "escalate__war_cost": st.floats(-5, 5),
    "escalate__nuclear": st.floats(-5, 5),
    "escalate__other_war": st.floats(-5, 5),
    "escalate__pact": st.floats(-5, 5),
    "honour__materiel_strength": st.floats(0, 1),
    "honour__troops_strength": st.floats(0, 1),
    "provocation__tension": st.floats(-2, 2),
    "balancing__calming": st.floats(-3, 3),
    "memory__misjudgement": st.floats(0, 8),
}
"""Weights of the rules of a crisis, and how far they may go in a test."""


class Watched(CrisisDecisions):
    """Decides as ever, and compares every chance of every side in every world with its bounds."""

    asked: int = 0
    """Chances compared by all."""

    def decide(self, choices: Sequence[CrisisChoice], where: Mask) -> Mask:
        """Return who decides for choices, once every chance is within its bounds."""
        sides, worlds = (index.ravel() for index in np.indices(where.shape[1:]))
        for choice in choices:
            chances = self.chances(choice, sides, worlds).reshape(where.shape[1:])
            bounds = choice.bounds(self.bounds)
            assert (chances >= bounds.least).all(), choice.what
            assert (chances <= bounds.most).all(), choice.what
            Watched.asked += chances.size
        return super().decide(choices, where)


def stay_within_bounds(scenario: Scenario, *, worlds: int, months: int) -> None:
    before = Watched.asked
    with patch("sim.model.context.CrisisDecisions", Watched):
        simulate(scenario, 0, worlds, months=months)
    assert Watched.asked > before


def without_thinning(scenario: Scenario, worlds: int) -> History:
    def switch_off(month: int, model: AllianceModel) -> None:
        model.context.crisis.thinning = False

    return simulate(scenario, 0, worlds, observe=switch_off)


# -- bounds -------------------------------------------------------------------------------------


@given(scenarios(), st.fixed_dictionaries(WEIGHTS))
@settings(max_examples=15)
def test_no_chance_leaves_its_bounds_whatever_the_scenario_and_the_weights(
    scenario: Scenario, weights: dict[str, float]
) -> None:
    extreme = changed(scenario, **{f"rules__{name}": value for name, value in weights.items()})
    stay_within_bounds(extreme, worlds=4, months=5)


@pytest.mark.parametrize("switch", SWITCHES)
def test_and_so_with_a_mechanism_switched_off(switch: str) -> None:
    scenario = changed(tangle(**EAGER), **{f"mechanisms__{switch}": False})
    stay_within_bounds(scenario, worlds=6, months=6)


def test_and_so_in_the_pact() -> None:
    stay_within_bounds(real("pact"), worlds=30, months=8)


RESTING_ON = {
    "exchange": ("technology", "payment"),
    "council": ("political_cover",),
    "provocation": ("calming_down",),
}
"""Mechanisms that are nothing without another, and are switched off with it."""


@pytest.mark.slow
@pytest.mark.parametrize("switch", Mechanisms.model_fields)
def test_and_so_in_the_pact_with_any_mechanism_switched_off(switch: str) -> None:
    off = {f"mechanisms__{name}": False for name in (switch, *RESTING_ON.get(switch, ()))}
    stay_within_bounds(changed(real("pact"), **off), worlds=40, months=6)


def test_bounds_that_are_mended_are_those_worked_out_anew() -> None:
    scenario = changed(real("pact"), rules__formation__pace=10.0)
    with patch.object(choice_bounds, "_FEW", 0.0):
        block = AllianceModel(scenario, 0, 60)
        for _ in range(12):
            block.step()
        mended = block.context.crisis.bounds
    anew = ChoiceBounds(block.context.expectations)
    block.close()
    assert block.context.expectations.moves.any()
    for choice in (ChoiceBounds.challenge, ChoiceBounds.climb, ChoiceBounds.resist):
        found, expected = choice(mended), choice(anew)
        np.testing.assert_allclose(found.least, expected.least, rtol=1e-12)
        np.testing.assert_allclose(found.most, expected.most, rtol=1e-12)


def test_a_bound_that_is_too_tight_is_noticed() -> None:
    with pytest.raises(AssertionError, match=r"challenge|climb|resist"), narrowed(0.5):
        stay_within_bounds(tangle(), worlds=6, months=3)


@contextmanager
def narrowed(factor: float) -> Iterator[None]:
    """Narrow the range of every choice from above."""
    original = Watched.decide

    def narrow(choice: CrisisChoice) -> CrisisChoice:
        def bounds(known: ChoiceBounds) -> Range:
            return Range(choice.bounds(known).least, choice.bounds(known).most * factor)

        return replace(choice, bounds=bounds)

    def decide(watched: Watched, choices: Sequence[CrisisChoice], where: Mask) -> Mask:
        return original(watched, [narrow(choice) for choice in choices], where)

    with patch.object(Watched, "decide", decide):
        yield


# -- decisions ----------------------------------------------------------------------------------


@given(scenarios())
@settings(max_examples=12)
def test_any_scenario_has_the_same_history_without_thinning(scenario: Scenario) -> None:
    assert same_history(simulate(scenario, 0, 8), without_thinning(scenario, 8))


def test_a_tangle_has_the_same_history_without_thinning() -> None:
    scenario = tangle(**EAGER)
    assert same_history(simulate(scenario, 0, 30), without_thinning(scenario, 30))


def test_thinning_works_out_fewer_chances() -> None:
    scenario, counts = tangle(), []
    for thinning in (True, False):
        block = AllianceModel(scenario, 0, 50)
        block.context.crisis.thinning = thinning
        for _ in range(4):
            block.step()
        block.close()
        counts.append(sum(block.context.crisis.worked_out.values()))
    assert 0 < counts[0] < 0.7 * counts[1]


# -- a decision log -----------------------------------------------------------------------------


@given(scenarios())
@settings(max_examples=12)
def test_any_scenario_has_the_same_history_if_every_decision_is_logged(
    scenario: Scenario,
) -> None:
    """With a log, decisions are taken one after another in every world, answers too."""
    assert same_history(simulate(scenario, 0, 6), simulate(scenario, 0, 6, log=DecisionLog()))


def test_a_tangle_has_the_same_history_if_every_decision_is_logged() -> None:
    scenario = tangle(**EAGER)
    assert same_history(simulate(scenario, 0, 20), simulate(scenario, 0, 20, log=DecisionLog()))
