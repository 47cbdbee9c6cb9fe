"""Why a promise was honoured or not: the shares add up to the difference of chances of any aid."""

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
cases = st.fixed_dictionaries({name: st.floats(-1, 1) for name in NAMES})
"""Terms of an answer: together at most 12, since a chance closer to 1 no longer holds its log-odds
to nine places."""
steps = st.floats(0, 4)


@given(cases, cases, steps)
def test_the_shares_add_up_to_the_difference(
    actual: dict[str, float], reference: dict[str, float], step: float
) -> None:
    explanation = split_chance(by_hand(), _answer(actual, step), reference, "any")
    assert (
        abs(sum(explanation.shares.values()) - (explanation.chance - explanation.reference_chance))
        < 1e-9
    )
    assert explanation.chance == pytest.approx(_chance(actual, step), abs=1e-9)
    assert explanation.reference_chance == pytest.approx(_chance(reference, step), abs=1e-9)


@given(cases, cases, steps)
def test_each_input_moves_the_chance_its_own_way(
    actual: dict[str, float], reference: dict[str, float], step: float
) -> None:
    explanation = split_chance(by_hand(), _answer(actual, step), reference, "any")
    for group, names in INPUT_GROUPS.items():
        moved = sum(actual[name] for name in names) - sum(reference[name] for name in names)
        assert explanation.shares[group] * moved >= -1e-12


def test_the_step_to_any_aid_is_in_both_chances_and_in_no_share() -> None:
    actual, reference = dict.fromkeys(NAMES, 0.0), {"record": -1.0}
    explanation = split_chance(by_hand(), _answer(actual, 1.0), reference, "any")
    assert explanation.chance == pytest.approx(1 / (1 + exp(-1)))
    assert explanation.reference_chance == pytest.approx(0.5)
    assert explanation.shares["the promise itself"] == pytest.approx(1 / (1 + exp(-1)) - 0.5)


def test_the_record_is_that_of_a_promise_with_all_else_as_it_was_there() -> None:
    actual = dict.fromkeys(NAMES, 0.5) | {"record": -3.0, "promise": 1.5}
    reference, name = historical_reference(_answer(actual, 0.5))
    assert reference == {"record": -3.0, "promise": 1.5}
    explanation = split_chance(by_hand(), _answer(actual, 0.5), reference, name)
    assert explanation.reference_chance == pytest.approx(_chance(reference, 0.5))
    assert explanation.shares["the promise itself"] == pytest.approx(0, abs=1e-12)


def test_what_is_as_in_the_reference_adds_nothing() -> None:
    actual = dict.fromkeys(NAMES, 0.1)
    explanation = split_chance(by_hand(), _answer(actual), actual | {"nuclear": 0.9}, "any")
    assert explanation.shares["nuclear risk"] == pytest.approx(
        explanation.chance - explanation.reference_chance
    )
    assert sum(abs(share) > 1e-12 for share in explanation.shares.values()) == 1


def test_promises_of_the_engine_are_split_exactly() -> None:
    count = 0
    for lives in (pact_lives(), hot_lives()):
        for world in range(40):
            record = lives.world_record(world)
            for answer in list_promises(record):
                explanation = split_chance(record, answer, *historical_reference(answer))
                assert (
                    abs(
                        sum(explanation.shares.values())
                        - (explanation.chance - explanation.reference_chance)
                    )
                    < 1e-9
                )
                assert explanation.chance == pytest.approx(answer.chances[0], abs=1e-9)
                count += 1
    assert count > 20


def test_reference_shares_and_draw_add_up_to_the_outcome() -> None:
    for world in range(40):
        record = hot_lives().world_record(world)
        for answer in list_promises(record):
            explanation = split_chance(record, answer, *historical_reference(answer))
            assert explanation.happened == (1.0 if answer.level else 0.0)
            assert (
                abs(
                    explanation.reference_chance
                    + sum(explanation.shares.values())
                    + explanation.draw_effect
                    - explanation.happened
                )
                < 1e-9
            )
            assert (explanation.draw_effect > 0) == bool(answer.level)


def test_every_consideration_of_an_answer_is_in_one_group() -> None:
    answers = [answer_ for answer_ in hot_lives().decisions if answer_.key.what == "answer"]
    assert answers
    known = set(NAMES)  # "successor" is a term where supporters have changed in some world
    assert all(known - {"successor"} <= set(answer_.terms) <= known for answer_ in answers)
    assert len(set(NAMES)) == len(NAMES)
    assert len(INPUT_GROUPS) <= 10 <= MAX_PLAYERS


def test_a_consideration_in_no_group_is_not_lost_silently() -> None:
    with pytest.raises(ValueError, match="in no group of inputs: whim"):
        split_chance(by_hand(), _answer({"whim": 1.0}), {}, "any")


def test_the_average_case_is_of_the_same_two() -> None:
    scenario = real("pact")
    answer = next(
        answer_
        for world in range(40)
        for answer_ in list_promises(pact_lives().world_record(world))
    )
    terms, called = average_reference(scenario.model_copy(update={"worlds": 40}), answer)
    assert sorted(terms) == sorted(NAMES)
    assert called.startswith("the average of ")
    assert called.endswith(" in 40 worlds")


def test_a_promise_is_found_by_the_ally_and_the_month() -> None:
    record = by_hand()
    assert [answer_.key.who for answer_ in list_promises(record)] == ["usa", "russia"]
    assert find_promise(record, "usa") is find_promise(record, "usa@3") is list_promises(record)[0]


def test_a_promise_that_nobody_called_on_is_not_found() -> None:
    with pytest.raises(RequestError) as refused:
        find_promise(by_hand(), "japan")
    assert str(refused.value) == (
        "--why japan: no answer to a call matches in world 17\n"
        "    allowed: usa@3 (the United States to South Korea), russia@3 (Russia to the DPRK)"
    )


def _answer(terms: dict[str, float], step: float = 0.0) -> Choice:
    """Return an answer of some terms; any aid is likelier than open war by a step, in log-odds."""
    return choice(3, DrawKey("answer", "usa", "rok", "korea"), terms, _chance(terms, step), 0.4)


def _chance(terms: dict[str, float], step: float) -> float:
    return 1 / (1 + exp(-sum(terms.values()) - step))
