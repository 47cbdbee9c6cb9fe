"""Differences of choices: their size, their interval, and whom they go through."""

from __future__ import annotations

from math import isnan
from typing import Any

import numpy as np
import pytest

from sim.analysis.choices import month_batches
from sim.analysis.choices.choice import Choice
from sim.analysis.choices.compare import ChoiceEffect, compare_choices, find_effect
from sim.analysis.choices.measure import measure_choices
from sim.analysis.choices.pairs import BlockOfPairs, PairSums, join_pairs
from sim.errors import RequestError
from sim.scenario.schema.scenario import Scenario
from sim.statistics.paired import paired_mean_difference
from tests.worlds import START, changed, quarrel, real, rivalry, still, tangle, treaty

WITHOUT = {"treaties__pact__concluded": False}


def sums(with_: Scenario, without: Scenario, worlds: int, months: int | None = None) -> PairSums:
    months = months or with_.months
    return BlockOfPairs(without.model_dump_json(), months)(with_, 0, worlds)


@pytest.fixture(scope="module")
def effects() -> list[ChoiceEffect]:
    return compare_choices(quarrel(), changed(quarrel(), **WITHOUT), 1000, workers=1)


def test_the_difference_is_that_of_both_scenarios_measured_alone(
    effects: list[ChoiceEffect],
) -> None:
    alone = [
        measure_choices(s, 1000, workers=1) for s in (quarrel(), changed(quarrel(), **WITHOUT))
    ]
    assert {effect.choice for effect in effects} == set(alone[0].values)
    for effect in effects:
        with_, without = (table.values[effect.choice] for table in alone)
        assert effect.difference == pytest.approx(paired_mean_difference(with_, without))
        assert effect.relative.value == pytest.approx(with_.mean() / without.mean() - 1)


def test_a_promise_deters_the_rival_and_steels_the_member(effects: list[ChoiceEffect]) -> None:
    deterred = find_effect(effects, "challenge", "feud", "rival")
    assert deterred.is_clear
    assert deterred.relative.high < 0
    assert find_effect(effects, "help_war", "feud", "patron", "member").difference.low > 0
    assert not find_effect(effects, "help", "feud", "backer", "rival").is_clear


def test_the_change_goes_through_the_ally_that_promised(effects: list[ChoiceEffect]) -> None:
    for kind, actor in (("challenge", "rival"), ("challenge", "member"), ("climb", "rival")):
        through = find_effect(effects, kind, "feud", actor).through
        assert set(through) <= {"patron", "backer"}
        largest = max(through.values(), key=lambda share: abs(share.difference.value))
        assert largest.cause == "patron"


@pytest.mark.parametrize("name", ["quarrel", "tangle", "unconditional", "pact"])
def test_the_parts_add_up_to_the_whole_in_every_pair(name: str) -> None:
    with_, without = {
        "quarrel": lambda: (quarrel(), changed(quarrel(), **WITHOUT)),
        "tangle": lambda: (tangle(), changed(tangle(), **WITHOUT)),
        "unconditional": lambda: (
            tangle(treaties__pact__conditional=False, treaties__pact__signed=START),
            changed(tangle(treaties__pact__signed=START), **WITHOUT),
        ),
        "pact": lambda: (still("pact"), still("no_pact")),
    }[name]()
    pairs = sums(with_, without, 60, 18)
    for choice, parts in pairs.parts.items():
        first, second = pairs.values(choice)
        assert sum(parts.values()) == pytest.approx(first - second, abs=1e-11)
        assumed = [part for cause, part in parts.items() if cause.name == "assumptions"]
        assert np.abs(assumed).max(initial=0) < 1e-9, "nothing but treaties differs"


def test_the_same_scenario_twice_differs_in_nothing() -> None:
    for effect in compare_choices(tangle(), tangle(), 20, workers=1):
        assert effect.difference == (0, 0, 0)
        assert not effect.is_clear
        assert all(share.difference.value == 0 for share in effect.shares)


def test_swapping_the_scenarios_changes_the_sign_of_every_part() -> None:
    with_, without = tangle(), changed(tangle(), **WITHOUT)
    there, back = sums(with_, without, 40), sums(without, with_, 40)
    for choice, parts in there.parts.items():
        assert set(parts) == set(back.parts[choice])
        for cause, part in parts.items():
            assert back.parts[choice][cause] == pytest.approx(-part, abs=1e-12)


def test_the_order_of_the_rivals_does_not_matter() -> None:
    swapped = rivalry("member", "rival")
    pairs = [
        compare_choices(scenario, changed(scenario, **WITHOUT), 200, months=1, workers=1)
        for scenario in (quarrel(), quarrel(rivalries__feud=swapped))
    ]
    for effect in pairs[0]:
        other = find_effect(pairs[1], *effect.choice)
        assert other.difference.value == pytest.approx(effect.difference.value, abs=1e-12)
        assert {s.cause: pytest.approx(s.difference.value, abs=1e-12) for s in effect.shares} == {
            s.cause: s.difference.value for s in other.shares
        }


def test_scenarios_may_name_the_rivals_in_another_order() -> None:
    swapped = changed(quarrel(rivalries__feud=rivalry("member", "rival")), **WITHOUT)
    straight = changed(quarrel(), **WITHOUT)
    pairs = [
        compare_choices(quarrel(), other, 200, months=1, workers=1) for other in (swapped, straight)
    ]
    for first, second in zip(*pairs, strict=True):
        assert first.difference == pytest.approx(second.difference, abs=1e-12)


@pytest.mark.parametrize(("size", "workers"), [(1, 1), (5, 2)])
def test_neither_blocks_nor_processes_change_a_difference(size: int, workers: int) -> None:
    with_, without = tangle(), changed(tangle(), **WITHOUT)
    whole = compare_choices(with_, without, 10, months=9, workers=1)
    parts = compare_choices(with_, without, 10, months=9, workers=workers, block_size=size)
    for one, other in zip(whole, parts, strict=True):
        assert one.choice == other.choice
        assert one.difference == pytest.approx(other.difference, rel=1e-9, abs=1e-14)
        shares = {share.cause: share.difference.value for share in other.shares}
        for share in one.shares:
            assert share.difference.value == pytest.approx(shares.get(share.cause, 0), abs=1e-12)


def test_an_assumption_that_differs_is_named_as_such() -> None:
    dear = changed(quarrel(), rivalries__feud__stake__rival=0.2)
    effects = compare_choices(dear, quarrel(), 300, months=6, workers=1)
    shares = {
        share.cause: share for share in find_effect(effects, "challenge", "feud", "rival").shares
    }
    assert abs(shares["assumptions"].share) > 0.5


def test_an_ally_that_one_scenario_lacks_is_not_expected_there() -> None:
    more = quarrel(treaties__bond=treaty("friend", "member"))
    effects = compare_choices(more, quarrel(), 100, months=3, workers=1)
    help_ = find_effect(effects, "help", "feud", "friend", "member")
    assert help_.without.value == 0
    assert help_.with_.value > 0
    assert isnan(help_.relative.value)
    assert "friend" in find_effect(effects, "challenge", "feud", "rival").through


def test_a_rivalry_that_one_scenario_lacks_differs_by_assumption() -> None:
    more = quarrel(rivalries__spite=rivalry("rival", "backer"))
    effects = compare_choices(more, quarrel(), 50, months=3, workers=1)
    spite = find_effect(effects, "challenge", "spite", "rival")
    assert spite.without.value == 0
    assert [share.cause for share in spite.shares] == ["assumptions"]


def test_blocks_in_which_other_causes_appear_are_joined() -> None:
    with_, without = tangle(), changed(tangle(), **WITHOUT)
    function = BlockOfPairs(without.model_dump_json(), 12)
    whole = function(with_, 0, 12)
    joined = join_pairs([function(with_, first, 4) for first in range(0, 12, 4)])
    for choice in whole.choices:
        for mine, theirs in zip(whole.values(choice), joined.values(choice), strict=True):
            assert mine == pytest.approx(theirs, rel=1e-12)
        if choice.kind.is_rate:
            assert _totals(whole, choice) == pytest.approx(_totals(joined, choice), abs=1e-11)


def _totals(pairs: PairSums, choice: Choice) -> Any:
    return sum(pairs.parts_of(choice).values())


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"seed": 8}, "the seeds differ: 7 and 8\n    give both one seed"),
        ({"actors__outsider": {"name": "x"}}, "the actors differ"),
    ],
)
def test_only_pairs_are_compared(changes: dict[str, Any], message: str) -> None:
    other = tangle() if "actors__outsider" in changes else changed(quarrel(), **changes)
    with pytest.raises(RequestError, match=message):
        compare_choices(quarrel(), other, 10)


def test_months_in_which_allies_differ_add_up_as_each_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hasty = {"rules__formation__pace": 10.0}
    with_, without = (changed(real(name), **hasty) for name in ("pact", "no_pact"))
    joined = sums(with_, without, 30, 12)
    monkeypatch.setattr(month_batches, "_ROWS", 1)
    alone = sums(with_, without, 30, 12)
    assert joined.choices == alone.choices
    for choice in joined.choices:
        for two in zip(joined.values(choice), alone.values(choice), strict=True):
            assert np.abs(np.subtract(*two)).max() < 1e-11
        parts = joined.parts_of(choice), alone.parts_of(choice)
        for cause in parts[0] | parts[1]:
            both = [each.get(cause, np.zeros(30)) for each in parts]
            assert np.abs(np.subtract(*both)).max() < 1e-11
