"""A theory is asked what a rule is asked: restated as a theory, each rule decides alike."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.errors import TheoryError
from sim.model.recording.history import History
from sim.model.simulate import simulate
from sim.scenario.schema.scenario import Scenario
from sim.scenario.schema.theories import TheorySpec
from sim.scenario.theories.find import find_theory
from sim.scenario.theories.permission import allowing_code
from tests.model.compare_histories import same
from tests.worlds import EAGER, changed, tangle

TEXT = Path(__file__).with_name("restated.py").read_text("utf-8")
WORLDS = 40
NO_WEIGHTS = {
    **{
        f"rules__honour__{name}": 0.0
        for name in (
            "own_quarrel",
            "joint_dispute",
            "worth",
            "reputation",
            "payment",
            "nuclear",
            "busy",
            "stationed",
            "successor",
        )
    },
    "rules__balancing__credibility": 0.0,
}
NO_PAST = {
    "rules__challenge__recent_dispute": 0.0,
    "rules__challenge__nonaggression": 0.0,
    "rules__challenge__nuclear_dread": 0.0,
    "rules__challenge__dispute_cost": 0.1,
}
SETTLING = {
    "rules__war__weary": 2.0,
    "rules__war__deadlock": 1.0,
    "rules__war__imbalance": 1.5,
}
DRAWN = {
    f"rules__alignment__{name}": weight
    for name, weight in {
        "affinity": 1.0,
        "common_adversary": 1.0,
        "rivalry": 1.0,
        "war": 1.0,
        "aid": 1.0,
        "consultation": 0.5,
        "standing_aside": 0.25,
    }.items()
}


@pytest.fixture(autouse=True)
def _allowed() -> Iterator[None]:
    with allowing_code():
        yield


def under(scenario: Scenario, place: str, name: str) -> Scenario:
    """Return the scenario with a restated rule as its theory of a place."""
    use = f"restated.py:{name}"
    numbers = find_theory(place, TheorySpec(use=use, text=TEXT)).theory.numbers
    theory = {n: number.model_dump() for n, number in numbers.items()}
    return changed(scenario, **{f"theories__{place}": {"use": use, "text": TEXT, **theory}})


def alike(first: History, second: History) -> bool:
    """Whether two histories have the same events and, but for rounding, the same measures."""
    measures = all(
        np.allclose(first.worlds[name], second.worlds[name], atol=1e-12, equal_nan=True)
        for name in first.worlds
        if first.worlds[name].dtype.kind != "O"
    )
    return measures and same(first.events, second.events)


@pytest.mark.parametrize(
    ("place", "name", "rules"),
    [
        ("honour", "Honour", NO_WEIGHTS),
        ("challenge", "Challenge", NO_PAST),
        ("challenge", "Bounded", NO_PAST),
        ("joining", "Join", EAGER | {"rules__join__contagion": 2.0}),
        ("settlement", "Settle", SETTLING),
        ("alignment", "Align", DRAWN),
    ],
)
def test_a_rule_restated_as_a_theory_decides_everything_as_the_rule(
    place: str, name: str, rules: dict[str, Any]
) -> None:
    scenario = changed(tangle(), months=12, **rules)
    by_rule = simulate(scenario, 0, WORLDS)
    assert alike(by_rule, simulate(under(scenario, place, name), 0, WORLDS))


def test_a_theory_of_honouring_moves_what_allies_do() -> None:
    """The comparison above could tell: with weights, the rule is not the record alone."""
    scenario = changed(
        tangle(), months=12, rules__honour__worth=5.0, rules__honour__own_quarrel=3.0
    )
    by_rule = simulate(scenario, 0, WORLDS)
    assert not alike(by_rule, simulate(under(scenario, "honour", "Honour"), 0, WORLDS))


def test_a_theory_looks_at_each_world_by_itself_whatever_the_block() -> None:
    scenario = under(
        under(changed(tangle(), months=12), "honour", "Honour"), "challenge", "Bounded"
    )
    whole = simulate(scenario, 0, 14)
    parts = [simulate(scenario, first, 7) for first in (0, 7)]
    for name in ("disputes", "war_any"):
        apart = np.concatenate([part.worlds[name] for part in parts])
        assert np.array_equal(whole.worlds[name], apart)


def test_reasons_are_logged_by_the_theory_and_decide_as_without_a_log() -> None:
    from sim.model.decision_log import DecisionLog  # noqa: PLC0415

    scenario, log = under(changed(tangle(), months=12), "honour", "Honour"), DecisionLog()
    told = simulate(scenario, 0, 30, log=log)
    silent = simulate(scenario, 0, 30)
    assert same(told.events, silent.events)
    answers = [decision for decision in log.decisions if decision.key.what == "answer"]
    assert answers
    assert all(set(decision.terms) == {"record"} for decision in answers)


def test_a_bound_that_does_not_hold_is_reported_with_its_line() -> None:
    with pytest.raises(TheoryError) as caught:
        simulate(under(changed(tangle(), months=12), "challenge", "TooLow"), 0, WORLDS)
    line = 1 + TEXT.splitlines().index("        return case.record - 3.0")
    assert str(caught.value) == (
        f"restated.py:{line - 1}: TooLow.at_most: the log-odds of a choice exceed what `at_most` "
        "says they can be"
    )
