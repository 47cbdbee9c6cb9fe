"""Two histories of a world: the first difference is the one that was planted."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.analysis.difference import Difference, _merged, difference, partings
from sim.analysis.relive import Choice, Life, Lives, relive_block
from sim.model.chance import Luck
from sim.model.reasons import Occasion
from sim.model.vectors import Vector
from sim.model.worlds import Worlds
from tests.analysis.lives import hot, hot_lives
from tests.worlds import changed, quarrel, real, shock

CASES = 1000
BLOCK = 200
Planted = dict[tuple[int, Occasion], list[tuple[int, float]]]
"""By month and occasion: in which worlds of the block the die is loaded, and what it shows."""


class LoadedDice:
    """Luck that shows what it is told on some occasions in some worlds."""

    def __init__(self, luck: Luck, planted: Planted) -> None:
        self.first, self.count = luck.first, luck.count
        self._luck, self._planted = luck, planted

    def uniform(
        self, decision: str, month: int, who: str, towards: str = "", about: str = ""
    ) -> Vector:
        """Return what the die shows, (world,)."""
        drawn = self._luck.uniform(decision, month, who, towards, about)
        for world, shown in self._planted.get((month, Occasion(decision, who, towards, about)), []):
            drawn[world] = shown
        return drawn

    def normal(self, *names: Any, **more: Any) -> Vector:
        """Return what is not loaded."""
        return self._luck.normal(*names, **more)


def planted_cases(
    scenario: Any, first: int, count: int, seed: int
) -> list[tuple[Choice, Difference]]:
    """Return for each world a decision that was turned, and what was found to differ."""
    plain = relive_block(scenario, first, count)
    dice = np.random.default_rng(seed)
    turned = [_turned(plain.of(first + at), dice) for at in range(count)]
    planted: Planted = {}
    for at, choice in enumerate(turned):
        planted.setdefault((choice.month, choice.occasion), []).append((at, _shown(choice)))

    def load(worlds: Worlds) -> None:
        state = worlds.stage.state
        state.luck = LoadedDice(state.luck, planted)  # type: ignore[assignment]

    loaded = relive_block(scenario, first, count, load)
    return [
        (choice, difference(plain.of(first + at), loaded.of(first + at)))
        for at, choice in enumerate(turned)
    ]


def _turned(life: Life, dice: np.random.Generator) -> Choice:
    """Return any decision that another draw would have turned, with a die of its own."""
    able = [
        choice
        for choice in life.choices
        if choice.occasion.what not in ("vote", "shock")  # the one shares a die, the other has none
        and 1e-6 < choice.chances[0] < 1 - 1e-6
    ]
    return able[int(dice.integers(len(able)))]


def _shown(choice: Choice) -> float:
    """Return what a die must show for a decision to come out the other way."""
    never, surely = 1 - 1e-9, 0.0
    if choice.occasion.what == "provocation":  # counts grow with the draw
        never, surely = surely, never
    return never if choice.level else surely


@pytest.mark.slow
def test_the_first_difference_is_the_planted_one_in_a_thousand_cases() -> None:
    for block in range(CASES // BLOCK):
        for choice, found in planted_cases(hot(), block * BLOCK, BLOCK, seed=block):
            _is_first(choice, found)


def test_the_first_difference_is_the_planted_one_among_eight_states() -> None:
    kinds = set()
    for choice, found in planted_cases(real("pact"), 0, 60, seed=5):
        _is_first(choice, found)
        kinds.add(choice.occasion.what)
    assert len(kinds) > 5


def test_a_planted_shock_is_the_first_difference() -> None:
    calm = quarrel(months=10)
    for month in (2, 5, 9):
        struck = changed(calm, shocks__raid=shock("dispute", month, "rival", rung="threat"))
        one, other = relive_block(calm, 0, 30), relive_block(struck, 0, 30)
        for world in range(30):
            first = difference(one.of(world), other.of(world)).first
            assert first
            assert (first.month, first.occasion.what) == (month, "shock")
            assert (first.one, first.occasion.about) == (None, "raid")


def test_a_history_does_not_differ_from_itself() -> None:
    life = hot_lives().of(0)
    found = difference(life, life)
    assert found.first is None
    assert found.chain == []
    assert found.reach.untouched == list(life.scenario.actors)


def test_what_differs_follows_from_the_first_difference() -> None:
    for choice, found in planted_cases(hot(), 0, 50, seed=11):
        assert all(month.month >= choice.month for month in found.chain)


def test_events_apart_and_events_alike_are_all_events() -> None:
    one, other = _pair(real("pact"), real("no_pact"))
    for world in range(10):
        chain = difference(one.of(world), other.of(world)).chain
        for month in chain:
            for life, alone in ((one.of(world), month.one), (other.of(world), month.other)):
                events = [event for event in life.events if event.month == month.month]
                assert len(events) == len(alone) + month.alike


def test_the_luck_of_a_decision_that_parts_is_the_same() -> None:
    one, other = _pair(real("pact"), real("no_pact"))
    parted = 0
    for world in range(20):
        for each in partings(one.of(world), other.of(world)):
            if each.one and each.other:
                assert each.one.drawn == each.other.drawn
                parted += each.differs
    assert parted


def test_an_actor_that_stands_apart_is_never_reached() -> None:
    alone = {"actors__hermit": _hermit(), "months": 8}
    calm = quarrel(**alone)
    struck = changed(calm, shocks__raid=shock("dispute", 2, "rival", rung="war"))
    one, other = relive_block(calm, 0, 10), relive_block(struck, 0, 10)
    for world in range(10):
        reach = difference(one.of(world), other.of(world)).reach
        assert "rival" in reach.reached
        assert "hermit" not in reach.reached
        every = [*reach.reached, *reach.nudged, *reach.untouched]
        assert sorted(every) == sorted(calm.actors)


_occasions = st.lists(st.sampled_from([Occasion("do", name) for name in "abcdef"]), unique=True)


@given(_occasions, _occasions)
def test_occasions_of_both_stand_once_and_those_of_one_in_its_order(
    one: list[Occasion], other: list[Occasion]
) -> None:
    merged = list(_merged(one, other))
    assert sorted(merged) == sorted({*one, *other})
    assert [occasion for occasion in merged if occasion in one] == one


def test_what_stands_in_one_list_only_keeps_its_place() -> None:
    a, b, c = (Occasion("do", name) for name in "abc")
    assert list(_merged([a, c], [a, b, c])) == [a, b, c]
    assert list(_merged([a, b, c], [a, c])) == [a, b, c]
    assert list(_merged([], [a])) == [a]


def _is_first(choice: Choice, found: Difference) -> None:
    assert found.first, choice
    assert (found.first.month, found.first.occasion) == (choice.month, choice.occasion)
    assert found.first.one
    assert replace(found.first.one, drawn=choice.drawn) == choice


def _pair(one: Any, other: Any) -> tuple[Lives, Lives]:
    return relive_block(one, 0, 20), relive_block(other, 0, 20)


def _hermit() -> dict[str, Any]:
    from tests.worlds import actor  # noqa: PLC0415

    return actor(0.0, (0, 0), vote=0.0)
