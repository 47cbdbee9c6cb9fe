"""Parties found after the fact are as if drawn first: uniform, independent, agreed where drawn."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.model.arrays import Mask, Vector
from sim.model.decisions.home_soil import strike_chances
from sim.model.theory.consent import equal_chances, split_consent

MANY = 200_000
_SHARES = st.floats(0, 1)


def _split(*chances: float) -> tuple[Mask, list[Vector], list[Vector]]:
    """Return a joint outcome of many worlds, the chances and the draws of the parties."""
    draws = np.random.default_rng(5).random((len(chances) + 1, MANY))
    each = [np.full(MANY, chance) for chance in chances]
    joint = draws[0] < np.prod(chances)
    return joint, each, split_consent(joint, each, list(draws[1:]))


@pytest.mark.parametrize("chances", [(0.5, 0.5), (0.9, 0.1), (0.3, 0.6, 0.8), (0.7,)])
def test_every_partys_draw_is_uniform_and_independent_of_the_others(
    chances: tuple[float, ...],
) -> None:
    _, _, split = _split(*chances)
    for draws in split:
        assert stats.kstest(draws, "uniform").pvalue > 1e-3
    willing = np.array([draws < chance for draws, chance in zip(split, chances, strict=True)])
    for first in range(len(chances)):
        for second in range(first):
            both = (willing[first] & willing[second]).mean()
            assert both == pytest.approx(chances[first] * chances[second], abs=0.005)


@pytest.mark.parametrize("chances", [(0.5, 0.5), (0.02, 0.9), (0.3, 0.6, 0.8), (1.0, 0.4), (0.7,)])
def test_all_are_willing_exactly_where_the_joint_outcome_was_drawn(
    chances: tuple[float, ...],
) -> None:
    joint, each, split = _split(*chances)
    willing = [draws < chance for draws, chance in zip(split, each, strict=True)]
    assert (np.all(willing, axis=0) == joint).all()
    assert joint.any()


@given(st.lists(st.tuples(_SHARES, st.floats(0, 1, exclude_max=True)), min_size=1, max_size=4))
def test_no_chance_however_extreme_breaks_it(parties: list[tuple[float, float]]) -> None:
    chances = [np.array([chance]) for chance, _ in parties]
    draws = [np.array([draw]) for _, draw in parties]
    product = float(np.prod(chances))
    for joint in [agreed for agreed in (True, False) if (product > 0) >= agreed > product - 1]:
        split = split_consent(np.array([joint]), chances, draws)
        assert all(0 <= draw[0] < 1 for draw in split)
        assert all(d < c for d, c in zip(split, chances, strict=True)) == joint


def test_equally_willing_parties_have_the_root_of_the_joint_chance() -> None:
    first, second, third = equal_chances(np.array([0.0, 0.008, 1.0]), 3)
    assert first == pytest.approx(np.array([0.0, 0.2, 1.0]))
    assert (first == second).all()
    assert (first == third).all()


@given(_SHARES, _SHARES, _SHARES, st.integers(0, 3))
def test_who_wants_a_strike_never_changes_how_often_there_is_one(
    chance: float, consent: float, own: float, suppliers: int
) -> None:
    parts = strike_chances(np.array([chance]), np.array([consent]), np.array([own]), suppliers)
    assert parts.able * parts.willing == pytest.approx(np.array([chance]), abs=1e-12)
    assert parts.own >= own
    assert parts.able == pytest.approx(parts.all_consent + (1 - parts.all_consent) * parts.own)
