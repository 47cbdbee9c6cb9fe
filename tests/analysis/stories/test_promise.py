"""Why a promise was kept or broken: the shares add up, whatever the case."""

from __future__ import annotations

from math import exp

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.analysis.stories.promise import (
    INPUT_GROUPS,
    average_reference,
    find_promise,
    historical_reference,
    list_promises,
    split_chance,
)
from sim.analysis.stories.replay import Choice
from sim.errors import RequestError
from sim.model.decision_log import DrawKey
from sim.statistics.shapley import MAX_PLAYERS
from tests.analysis.stories.example_worlds import by_hand, choice, hot_lives, pact_lives
from tests.worlds import real

NAMES = [name for names in INPUT_GROUPS.values() for name in names]
cases = st.fixed_dictionaries({name: st.floats(-4, 4) for name in NAMES})


@given(cases, cases)
def test_the_shares_add_up_to_the_difference(
    here: dict[str, float], there: dict[str, float]
) -> None:
    found = split_chance(by_hand(), _answer(here), there, "any")
    assert abs(sum(found.shares.values()) - (found.chance - found.reference_chance)) < 1e-9
    assert found.chance == pytest.approx(1 / (1 + exp(-sum(here.values()))), abs=1e-9)
    assert found.reference_chance == pytest.approx(1 / (1 + exp(-sum(there.values()))), abs=1e-9)


@given(cases, cases)
def test_each_input_moves_the_chance_its_own_way(
    here: dict[str, float], there: dict[str, float]
) -> None:
    found = split_chance(by_hand(), _answer(here), there, "any")
    for group, names in INPUT_GROUPS.items():
        moved = sum(here[name] for name in names) - sum(there[name] for name in names)
        assert found.shares[group] * moved >= -1e-12


def test_what_is_as_in_the_reference_adds_nothing() -> None:
    here = dict.fromkeys(NAMES, 0.1)
    found = split_chance(by_hand(), _answer(here), here | {"nuclear": 0.9}, "any")
    assert found.shares["nuclear risk"] == pytest.approx(found.chance - found.reference_chance)
    assert sum(abs(share) > 1e-12 for share in found.shares.values()) == 1


def test_promises_of_the_engine_are_split_exactly() -> None:
    found = 0
    for lives in (pact_lives(), hot_lives()):
        for world in range(40):
            life = lives.world_record(world)
            for answer in list_promises(life):
                told = split_chance(life, answer, *historical_reference(answer))
                assert abs(sum(told.shares.values()) - (told.chance - told.reference_chance)) < 1e-9
                assert told.chance == pytest.approx(answer.chances[0], abs=1e-9)
                found += 1
    assert found > 20


def test_the_reference_the_inputs_and_luck_add_up_to_what_happened() -> None:
    for world in range(40):
        life = hot_lives().world_record(world)
        for answer in list_promises(life):
            told = split_chance(life, answer, *historical_reference(answer))
            assert told.happened == (1.0 if answer.level else 0.0)
            assert (
                abs(
                    told.reference_chance
                    + sum(told.shares.values())
                    + told.draw_effect
                    - told.happened
                )
                < 1e-9
            )
            assert (told.draw_effect > 0) == bool(answer.level)


def test_every_consideration_of_an_answer_is_in_one_group() -> None:
    answers = [each for each in hot_lives().decisions if each.key.what == "answer"]
    assert answers
    assert all(sorted(each.terms) == sorted(NAMES) for each in answers)
    assert len(set(NAMES)) == len(NAMES)
    assert len(INPUT_GROUPS) <= 10 <= MAX_PLAYERS


def test_a_consideration_in_no_group_is_not_lost_silently() -> None:
    with pytest.raises(ValueError, match="in no group of inputs: whim"):
        split_chance(by_hand(), _answer({"whim": 1.0}), {}, "any")


def test_the_average_case_is_of_the_same_two() -> None:
    scenario = real("pact")
    answer = next(
        each for world in range(40) for each in list_promises(pact_lives().world_record(world))
    )
    terms, called = average_reference(scenario.model_copy(update={"worlds": 40}), answer)
    assert sorted(terms) == sorted(NAMES)
    assert called.startswith("the average of ")
    assert called.endswith(" in 40 worlds")


def test_a_promise_is_found_by_the_ally_and_the_month() -> None:
    life = by_hand()
    assert [each.key.who for each in list_promises(life)] == ["usa", "russia"]
    assert find_promise(life, "usa") is find_promise(life, "usa@3") is list_promises(life)[0]


def test_a_promise_that_nobody_called_on_is_not_found() -> None:
    with pytest.raises(RequestError) as refused:
        find_promise(by_hand(), "japan")
    assert str(refused.value) == (
        "--why japan: no answer to a call matches in world 17\n"
        "    allowed: usa@3 (the United States to South Korea), russia@3 (Russia to the DPRK)"
    )


def _answer(terms: dict[str, float]) -> Choice:
    return choice(3, DrawKey("answer", "usa", "rok", "korea"), terms, 0.5, 0.4)
