"""The mutual-defence rule has one route: cached sums are fresh sums, and terms add up to them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from sim.model.arrays import total
from sim.model.decisions.phase_cache import PhaseCache
from sim.model.decisions.prospective_allies import ProspectiveCoalition
from sim.model.decisions.willingness import AllyCase, JointCall
from sim.model.model import AllianceModel
from sim.model.state import State
from sim.scenario.schema.scenario import Scenario
from tests.worlds import EAGER, real, tangle

MONTHS, WORLDS = 8, 40
SCENARIOS = {"tangle": tangle(**EAGER), "pact": real("pact")}


def coalitions(state: State) -> list[ProspectiveCoalition]:
    """Return the coalitions of both rivals, attacking and attacked, in every theatre."""
    return [
        ProspectiveCoalition(state, rivalry, rival, began)
        for rivalry in state.rivalries.values()
        for rival in rivalry.rivals
        for began in (True, False)
    ]


def joint_calls(scenario: Scenario) -> Iterator[tuple[State, JointCall, ProspectiveCoalition]]:
    """Yield the joint call of every coalition, built in the first month, in later months."""
    block = AllianceModel(scenario, 0, WORLDS)
    block.close()
    state = block.context.state
    foreseen: list[ProspectiveCoalition] = []
    for _ in range(MONTHS):
        block.step()
        foreseen = foreseen or coalitions(state)
        cache = PhaseCache(state)
        for coalition in foreseen:
            yield state, coalition.joint_call(state, cache), coalition


@pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=SCENARIOS)
def test_cached_sums_are_those_of_a_new_case_bit_for_bit(scenario: Scenario) -> None:
    compared = 0
    for state, joint_call, coalition in joint_calls(scenario):
        cases = [AllyCase(state, ally.call) for ally in coalition.allies]
        fresh = JointCall(state, cases, PhaseCache(state)).willingness
        assert [*joint_call.willingness] == [*fresh]
        for ally, willing in joint_call.willingness.items():
            assert willing.tobytes() == fresh[ally].tobytes(), (state.month, ally)
            compared += 1
    assert compared > 50


@pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=SCENARIOS)
def test_the_terms_of_an_ally_add_up_to_its_willingness(scenario: Scenario) -> None:
    passed = 0
    for _, joint_call, _ in joint_calls(scenario):
        for ally, willing in joint_call.willingness.items():
            terms = joint_call.terms(ally)
            assert np.allclose(total(terms.values()), willing, rtol=0, atol=1e-9)
            passed += int((terms["buck_passing"] < 0).any())
    assert passed > 0
