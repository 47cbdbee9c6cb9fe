"""Numbers that are sampled together, and what follows from them, are as one by one."""

from __future__ import annotations

from unittest.mock import Mock

import numpy as np

from sim.model.randomness.parameters import SampledGroup, sample_parameter, sample_parameters
from sim.model.randomness.streams import RandomStreams
from sim.scenario.schema.quantity import Quantity
from tests.worlds import real

STREAMS = RandomStreams(5, 3, 9)
RULES = real("pact").rules


def test_a_number_that_is_sampled_with_others_is_the_number_sampled_alone() -> None:
    groups = {"exchange": RULES.exchange, "council": RULES.council, "honour": RULES.honour}
    quantities = {
        f"rules.{code}.{name}": number
        for code, group in groups.items()
        for name, number in group
        if isinstance(number, Quantity)
    }
    together = sample_parameters(quantities, STREAMS)
    assert list(together) == list(quantities)
    for key, quantity in quantities.items():
        alone = sample_parameter(quantity, key, STREAMS)
        assert together[key].tobytes() == alone.tobytes()


def test_what_follows_from_numbers_is_worked_out_once_and_is_none_of_them() -> None:
    rules = SampledGroup(RULES.exchange, "rules.exchange", STREAMS)
    names, work_out = list(vars(rules)), Mock(return_value=2 * rules.draw)
    first, second = (rules.once("double", work_out) for _ in range(2))
    work_out.assert_called_once_with()
    assert first is second
    assert first.tolist() == (2 * rules.draw).tolist()
    assert list(vars(rules)) == names


def test_a_half_life_halves_what_is_left() -> None:
    rules = SampledGroup(RULES.exchange, "rules.exchange", STREAMS)
    left = rules.left_after_month("debt_half_life") ** rules.debt_half_life
    assert np.allclose(left, 0.5)
