"""The mutual-defence rule has one route: cached sums are fresh sums, and terms add up to them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

import numpy as np
import pytest

from sim.model.arrays import total
from sim.model.decisions.phase_cache import PhaseCache
from sim.model.decisions.willingness import AllyCase
from sim.model.foresight.prospective_allies import prospective_allies
from sim.model.model import AllianceModel
from sim.model.state import State
from sim.scenario.schema.scenario import Scenario
from tests.worlds import EAGER, real, tangle

MONTHS, WORLDS = 8, 40
SCENARIOS = {"tangle": tangle(**EAGER), "pact": real("pact")}


def cases(scenario: Scenario) -> Iterator[tuple[State, PhaseCache, AllyCase]]:
    """Yield every foreseen case, built in the first month, in later months."""
    block = AllianceModel(scenario, 0, WORLDS)
    block.close()
    state = block.context.state
    foreseen: list[AllyCase] = []
    for _ in range(MONTHS):
        block.step()
        foreseen = foreseen or _foreseen(state)
        cache = PhaseCache(state)
        for case in foreseen:
            yield state, cache, case


def _foreseen(state: State) -> list[AllyCase]:
    return [
        AllyCase(state, ally.foresee_call(state, began=began))
        for ally in prospective_allies(state, permutations(range(len(state.codes)), 2))
        for began in (True, False)
    ]


@pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=SCENARIOS)
def test_cached_sums_are_those_of_a_new_case_bit_for_bit(scenario: Scenario) -> None:
    compared = 0
    for state, cache, case in cases(scenario):
        fresh = AllyCase(state, case.call)
        willing = fresh.willingness(PhaseCache(state))
        assert case.willingness(cache).tobytes() == willing.tobytes(), state.month
        for held, new in zip(case.aid_chances(willing), fresh.aid_chances(willing), strict=True):
            assert held.tobytes() == new.tobytes(), state.month
        compared += 1
    assert compared > 50


@pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=SCENARIOS)
def test_the_terms_of_an_ally_add_up_to_its_willingness(scenario: Scenario) -> None:
    promised = 0
    for _, cache, case in cases(scenario):
        terms = case.terms(cache)
        assert np.allclose(total(terms.values()), case.willingness(cache), rtol=0, atol=1e-9)
        promised += int((terms["promise"] > 0).any())
    assert promised > 0


@pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=SCENARIOS)
def test_more_aid_is_never_likelier_than_less(scenario: Scenario) -> None:
    for _, cache, case in cases(scenario):
        chances = case.aid_chances(case.willingness(cache))
        assert (chances[0] >= chances[1]).all()
        assert (chances[1] >= chances[2]).all()
