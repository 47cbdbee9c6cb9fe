"""Two histories of a world: the first difference is the one that was planted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from sim.analysis.stories.divergence import (
    HistoryDivergence,
    _merge_in_order,
    compare_decisions,
    compare_histories,
)
from sim.analysis.stories.replay import Choice, WorldRecord, resimulate_block
from sim.model.arrays import Vector, as_table
from sim.model.decision_log import DrawKey
from sim.model.model import AllianceModel
from sim.model.places import Index
from sim.model.randomness.streams import Occasion, RandomStreams
from tests.analysis.stories.example_worlds import hot, hot_lives
from tests.worlds import changed, quarrel, real, shock

CASES = 400
BLOCK = 40
QUIET: dict[str, Any] = {
    "deadline": None,
    "database": None,
    "derandomize": True,
    "phases": [Phase.generate],  # a failure names its case; to shrink it would take minutes
    "suppress_health_check": [HealthCheck.too_slow],
}
Planted = dict[tuple[int, DrawKey], list[tuple[int, float]]]
"""By occasion: the worlds of the block with a planted draw, and that draw."""


class LoadedDice:
    """Random streams with planted draws for some keys in some worlds."""

    def __init__(self, streams: RandomStreams, planted: Planted) -> None:
        self.first, self.count = streams.first, streams.count
        self._streams, self._planted = streams, planted

    def uniform(
        self, decision: str, month: int, who: str, towards: str = "", about: str = ""
    ) -> Vector:
        """Return the draws, (world,)."""
        drawn = self._streams.uniform(decision, month, who, towards, about)
        occasion = _occasion(month, DrawKey(decision, who, towards, about))
        for world, shown in self._planted.get(occasion, []):
            drawn[world] = shown
        return drawn

    def uniform_each(self, occasions: Sequence[Occasion]) -> Vector:
        """Return the draws of several occasions, (occasion, world)."""
        return as_table([self.uniform(*occasion) for occasion in occasions], self.count)

    def few(self, occasions: Sequence[Occasion], which: Index, worlds: Index) -> Vector:
        """Return the draws of some occasions in some worlds, (case,)."""
        return self.uniform_each(occasions)[which, worlds]

    def uniform_once(self, decision: str, number: int, _: int, *names: str, **more: str) -> Vector:
        """Return the draws of what is settled once, (world,)."""
        return self.uniform(decision, number, *names, **more)

    def normal(self, *names: Any, **more: Any) -> Vector:
        """Return what is not loaded."""
        return self._streams.normal(*names, **more)


def planted_cases(
    scenario: Any, first: int, count: int, seed: int
) -> list[tuple[Choice, HistoryDivergence]]:
    """Return for each world a decision that was turned, and what was found to differ."""
    plain = resimulate_block(scenario, first, count)
    generator = np.random.default_rng(seed)
    turned = [_turned(plain.world_record(first + at), generator) for at in range(count)]
    planted: Planted = {}
    for at, choice in enumerate(turned):
        occasion = _occasion(choice.month, choice.key)
        planted.setdefault(occasion, []).append((at, _shown(choice)))

    def load(month: int, model: AllianceModel) -> None:
        if month == 0:
            state = model.context.state
            state.streams = LoadedDice(state.streams, planted)  # type: ignore[assignment]

    loaded = resimulate_block(scenario, first, count, load)
    return [
        (choice, compare_histories(plain.world_record(first + at), loaded.world_record(first + at)))
        for at, choice in enumerate(turned)
    ]


def _turned(record: WorldRecord, generator: np.random.Generator) -> Choice:
    """Return a decision of any kind that another draw would have changed, with a key of its own."""
    answers = {choice.key: choice for choice in reversed(record.choices)}  # the first of each key
    able = [
        choice
        for choice in record.choices
        if choice.key.what not in ("vote", "shock")  # the first shares a draw, the second has none
        and (choice.key.what != "answer" or choice is answers[choice.key])
        and 1e-6 < choice.chances[0] < 1 - 1e-6
    ]
    kinds = sorted({choice.key.what for choice in able})
    kind = kinds[int(generator.integers(len(kinds)))]  # or nearly all would be challenges
    alike = [choice for choice in able if choice.key.what == kind]
    return alike[int(generator.integers(len(alike)))]


def _occasion(month: int, key: DrawKey) -> tuple[int, DrawKey]:
    """Return what draws are planted by; an answer has one for a war, whichever the month."""
    return 0 if key.what == "answer" else month, key


def _shown(choice: Choice) -> float:
    """Return the draw that gives a decision the other outcome."""
    never, surely = 1 - 1e-9, 0.0
    if choice.key.what == "provocation":  # counts grow with the draw
        never, surely = surely, never
    return never if choice.level else surely


@st.composite
def changes(draw: st.DrawFn) -> dict[str, Any]:
    """Return changes of a tangle: seed, months, weights, and some mechanisms off."""
    switches = st.sampled_from(["memory", "chain_ganging", "joining", "balancing", "restraint"])
    off = draw(st.sets(switches, max_size=2))
    return {f"mechanisms__{switch}": False for switch in sorted(off)} | {
        "rules__honour__reputation": draw(st.floats(0, 2)),
        "rules__honour__nuclear": draw(st.floats(0, 2)),
        "months": draw(st.integers(4, 14)),
        "seed": draw(st.integers(0, 2**63 - 1)),
    }


@pytest.mark.slow
def test_the_first_difference_is_the_planted_one_in_all_of_four_hundred_generated_cases() -> None:
    """A case is a world of a generated scenario in which one decision, any one, is turned."""
    cases: Counter[str] = Counter()

    @settings(max_examples=CASES // BLOCK + 1, **QUIET)
    @given(changes(), st.integers(0, 10_000), st.integers(0, 2**32 - 1))
    def check(settings: dict[str, Any], first: int, seed: int) -> None:
        for choice, divergence in planted_cases(changed(hot(), **settings), first, BLOCK, seed):
            _is_first(choice, divergence)
            cases[choice.key.what.partition(" ")[0]] += 1

    check()
    assert cases.total() >= CASES
    assert len(cases) >= 10, "decisions of many kinds were turned"


@pytest.mark.slow
def test_a_planted_shock_is_the_first_difference_in_generated_cases() -> None:
    """A shock on the first day of a month comes before whatever else is decided in it."""
    cases = 0

    @settings(max_examples=20, **QUIET)
    @given(changes(), st.integers(1, 14), st.sampled_from(["threat", "display", "force", "war"]))
    def check(settings: dict[str, Any], month: int, rung: str) -> None:
        nonlocal cases
        scenario = changed(hot(), **settings)
        month = min(month, scenario.months)
        struck = changed(scenario, shocks__planted=shock("dispute", month, "rival", rung=rung))
        calm, hit = resimulate_block(scenario, 0, BLOCK), resimulate_block(struck, 0, BLOCK)
        for world in range(BLOCK):
            first = compare_histories(
                calm.world_record(world), hit.world_record(world)
            ).first_divergence
            assert first
            key = first.key
            assert (first.month, key.what, key.about) == (month, "shock", "planted")
            cases += 1

    check()
    assert cases >= 20 * BLOCK


def test_the_first_difference_is_the_planted_one_among_eight_states() -> None:
    kinds = set()
    for choice, divergence in planted_cases(real("pact"), 0, 25, seed=5):
        _is_first(choice, divergence)
        kinds.add(choice.key.what)
    assert len(kinds) > 5


def test_a_planted_shock_is_the_first_difference() -> None:
    calm = quarrel(months=10)
    for month in (2, 5, 9):
        struck = changed(calm, shocks__raid=shock("dispute", month, "rival", rung="threat"))
        first_block, second_block = resimulate_block(calm, 0, 30), resimulate_block(struck, 0, 30)
        for world in range(30):
            first = compare_histories(
                first_block.world_record(world), second_block.world_record(world)
            ).first_divergence
            assert first
            assert (first.month, first.key.what) == (month, "shock")
            assert (first.choice_a, first.key.about) == (None, "raid")


def test_a_history_does_not_differ_from_itself() -> None:
    record = hot_lives().world_record(0)
    divergence = compare_histories(record, record)
    assert divergence.first_divergence is None
    assert divergence.divergent_months == []
    assert divergence.reach.untouched == list(record.scenario.actors)


def test_what_differs_follows_from_the_first_difference() -> None:
    for choice, divergence in planted_cases(hot(), 0, 50, seed=11):
        assert all(month.month >= choice.month for month in divergence.divergent_months)


def test_events_apart_and_events_alike_are_all_events() -> None:
    for with_pact, without in _pacts()[:10]:
        for month in compare_histories(with_pact, without).divergent_months:
            for record, alone in ((with_pact, month.events_a), (without, month.events_b)):
                events = [event for event in record.events if event.month == month.month]
                assert len(events) == len(alone) + month.shared_count


def test_the_draw_of_a_diverging_decision_is_the_same() -> None:
    parted = 0
    for with_pact, without in _pacts():
        for decision in compare_decisions(with_pact, without):
            if decision.choice_a and decision.choice_b:
                assert decision.choice_a.draw == decision.choice_b.draw
                parted += decision.differs
    assert parted


def test_an_actor_that_stands_apart_is_never_reached() -> None:
    alone = {"actors__hermit": _hermit(), "months": 8}
    calm = quarrel(**alone)
    struck = changed(calm, shocks__raid=shock("dispute", 2, "rival", rung="war"))
    first_block, second_block = resimulate_block(calm, 0, 10), resimulate_block(struck, 0, 10)
    for world in range(10):
        reach = compare_histories(
            first_block.world_record(world), second_block.world_record(world)
        ).reach
        assert "rival" in reach.reached
        assert "hermit" not in reach.reached
        every = [*reach.reached, *reach.nudged, *reach.untouched]
        assert sorted(every) == sorted(calm.actors)


def test_all_members_of_a_bloc_that_exercises_in_one_history_only_are_reached() -> None:
    held, blocs = 0, real("pact").blocs
    for with_pact, without in _pacts():
        divergence = compare_histories(with_pact, without)
        for event in (
            event
            for month in divergence.divergent_months
            for event in (*month.events_a, *month.events_b)
        ):
            if event.event == "exercise":
                held += 1
                assert set(blocs[event.subject].members) <= set(divergence.reach.reached)
    assert held


_occasions = st.lists(st.sampled_from([DrawKey("do", name) for name in "abcdef"]), unique=True)


@given(_occasions, _occasions)
def test_keys_of_both_lists_appear_once_in_the_order_of_each(
    first_keys: list[DrawKey], second_keys: list[DrawKey]
) -> None:
    merged = list(_merge_in_order(first_keys, second_keys))
    assert sorted(merged) == sorted({*first_keys, *second_keys})
    assert [key for key in merged if key in first_keys] == first_keys


def test_a_key_of_one_list_only_keeps_its_place() -> None:
    a, b, c = (DrawKey("do", name) for name in "abc")
    assert list(_merge_in_order([a, c], [a, b, c])) == [a, b, c]
    assert list(_merge_in_order([a, b, c], [a, c])) == [a, b, c]
    assert list(_merge_in_order([], [a])) == [a]


def _is_first(choice: Choice, divergence: HistoryDivergence) -> None:
    assert divergence.first_divergence, choice
    assert (divergence.first_divergence.month, divergence.first_divergence.key) == (
        choice.month,
        choice.key,
    )
    assert divergence.first_divergence.choice_a
    assert replace(divergence.first_divergence.choice_a, draw=choice.draw) == choice


@cache
def _pacts() -> list[tuple[WorldRecord, WorldRecord]]:
    """Return twenty worlds, each with the pact and without."""
    with_pact, without = (resimulate_block(real(name), 0, 20) for name in ("pact", "no_pact"))
    return [(with_pact.world_record(world), without.world_record(world)) for world in range(20)]


def _hermit() -> dict[str, Any]:
    from tests.worlds import actor  # noqa: PLC0415

    return actor(0.0, (0, 0), vote=0.0)
