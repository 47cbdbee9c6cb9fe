"""New supporters of an autocrat: what they change, and what changes nothing."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.model.model import AllianceModel
from sim.model.phases.governments import find_successors
from sim.model.simulate import simulate
from sim.scenario.schema.scenario import Scenario
from tests.model.compare_histories import counted, same_history
from tests.worlds import changed, quarrel, shock


def war_of_the_rival(**changes: Any) -> Scenario:
    """Return the quarrel with the rival attacked in month 2, so that the backer's aid is due."""
    attack = {"shocks__attack": shock("dispute", 2, "member"), "months": 4}
    return quarrel(**attack | {"mechanisms__joining": False} | changes)


def succession(month: int = 1, who: str = "backer", **more: Any) -> dict[str, Any]:
    """Return a succession on the first day of a month."""
    return {**shock("succession", month, who, on="", rung="force"), **more}


def test_under_new_supporters_an_autocrat_honours_less() -> None:
    usual = simulate(war_of_the_rival(), 0, 600)
    after = simulate(war_of_the_rival(shocks__heir=succession()), 0, 600)
    honoured = usual.worlds["honoured_league"].mean(), after.worlds["honoured_league"].mean()
    assert usual.worlds["invoked_league"].mean() > 0.5
    assert honoured[1] < 0.7 * honoured[0]


def test_a_call_on_another_ally_is_answered_as_before() -> None:
    attacked = {"shocks__attack": shock("dispute", 1, "rival"), "months": 1}
    usual = simulate(war_of_the_rival(**attacked), 0, 300)
    after = simulate(war_of_the_rival(**attacked, shocks__heir=succession()), 0, 300)
    assert usual.worlds["invoked_pact"].mean() > 0.5
    assert np.array_equal(usual.worlds["honoured_pact"], after.worlds["honoured_pact"])


def test_a_promise_made_since_is_honoured_as_any() -> None:
    state = _after_two_months(shocks__heir=succession(1)).context.state
    backer, rival = state.codes.index("backer"), state.codes.index("rival")
    assert state.governments.successor is not None
    assert (state.governments.successor[backer, rival] == 1).all()
    state.treaties["league"].signed[:], state.governments.successors_known = 2, -1
    find_successors(state)
    assert (state.governments.successor[backer, rival] == 0).all()


def test_a_successor_with_the_old_supporters_changes_nothing() -> None:
    scenario = war_of_the_rival()
    old = changed(scenario, shocks__heir=succession(new_supporters=False))
    assert same_history(simulate(scenario, 0, 40), simulate(old, 0, 40))


def test_a_succession_is_recorded_once() -> None:
    history = simulate(war_of_the_rival(shocks__heir=succession()), 0, 10)
    assert (counted(history, "new_supporters", actor="backer") == 1).all()
    assert history.worlds["new_supporters_backer"].all()
    assert history.worlds["new_supporters"].all()


def test_in_a_democracy_the_model_changes_nothing() -> None:
    model = _after_two_months()
    governments = model.context.state.governments
    everywhere = ~model.context.state.no_world
    patron = model.context.state.codes.index("patron")
    assert not governments.bring_new_supporters(patron, everywhere, 2).any()
    assert not governments.any_change


@pytest.mark.parametrize(("rate", "expected"), [(0.0, 0.0), (0.05, 0.0975)])
def test_supporters_change_at_the_rate_given(rate: float, expected: float) -> None:
    on = {"mechanisms__governments_change": True, "rules__supporters__change": rate}
    history = simulate(quarrel(months=24, **on), 0, 1500)
    assert history.worlds["new_supporters_backer"].mean() == pytest.approx(expected, abs=0.025)
    assert "new_supporters_patron" not in history.worlds


def _after_two_months(**changes: Any) -> AllianceModel:
    model = AllianceModel(quarrel(**changes), 0, 3)
    model.step()
    model.step()
    return model
