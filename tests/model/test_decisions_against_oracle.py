"""Month by month and world by world, every actor decides as the oracle would in its place."""

from __future__ import annotations

import pytest

from sim.model.simulate import simulate
from sim.scenario.schema.scenario import Mechanisms
from tests.model.decision_checks import compare_decisions_with_oracle
from tests.worlds import EAGER, changed, real, tangle

OF_WAR = (
    *("deterrence", "emboldenment", "moral_hazard", "advice", "misjudgement", "mutual_defence"),
    *("chain_ganging", "joining", "memory"),
)


def test_every_decision_of_a_tangle_is_what_the_oracle_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    outcomes = compare_decisions_with_oracle(monkeypatch)
    simulate(tangle(**EAGER, months=12), 0, 6)
    for decision in (
        "decide_challenge",
        "decide_resistance",
        "decide_climb",
        "decide_answer",
        "decide_intervention",
    ):
        assert {outcome for name, outcome in outcomes if name == decision} > {0}, decision
    assert outcomes["decide_answer", 0] + outcomes["decide_answer", 3] > 10


@pytest.mark.parametrize(
    "switch",
    [
        "deterrence",
        "emboldenment",
        "moral_hazard",
        "advice",
        "misjudgement",
        "chain_ganging",
        "memory",
    ],
)
def test_and_so_with_a_mechanism_switched_off(switch: str, monkeypatch: pytest.MonkeyPatch) -> None:
    outcomes = compare_decisions_with_oracle(monkeypatch)
    simulate(changed(tangle(months=6), **{f"mechanisms__{switch}": False}), 10, 3)
    assert outcomes["decide_challenge", 1] > 0


@pytest.mark.slow
def test_and_so_in_many_worlds(monkeypatch: pytest.MonkeyPatch) -> None:
    outcomes = compare_decisions_with_oracle(monkeypatch)
    simulate(tangle(**EAGER), 1000, 15)
    assert {outcome for decision, outcome in outcomes if decision == "decide_answer"} == {
        0,
        1,
        2,
        3,
    }
    assert {outcome for decision, outcome in outcomes if decision == "decide_intervention"} >= {
        0,
        1,
        3,
    }


@pytest.mark.slow
def test_and_so_in_the_real_scenario_with_what_is_not_of_war_at_rest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    outcomes = compare_decisions_with_oracle(monkeypatch)
    at_rest = {
        f"mechanisms__{name}": False for name in Mechanisms.model_fields if name not in OF_WAR
    }
    simulate(changed(real("pact"), months=12, **at_rest), 0, 20)
    assert outcomes["decide_challenge", 1] > 10
    assert sum(count for (name, _), count in outcomes.items() if name == "decide_answer") > 10
