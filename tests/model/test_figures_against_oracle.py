"""What is assumed, measured or believed, on any numbers, is what the oracle says."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.model.arrays import Vector
from sim.model.entities.memory import Memory
from sim.model.geography import great_circle_km, share_arriving
from sim.model.randomness.parameters import sample_parameter
from sim.model.randomness.streams import RandomStreams
from sim.scenario.schema.actors import LocationSpec
from sim.scenario.schema.quantity import Grade, Quantity, Shape
from tests import oracle
from tests.model.oracle_agreement import Rows, coefficients_of, within, worlds

# -- what is assumed ----------------------------------------------------------------------------


@given(
    st.tuples(st.floats(0.01, 100), st.floats(0.01, 100), st.floats(0.01, 100)).map(sorted),
    st.integers(0, 2**40),
)
def test_figures_are_drawn_from_the_shape_of_their_range(ends: list[float], world: int) -> None:
    low, value, high = ends
    streams = RandomStreams(7, world, 4)
    draws = streams.uniform("assumption", 0, "a.number")
    figures = {shape: _sampled(low, value, high, shape, streams) for shape in Shape}
    for at, quantile in enumerate(draws):
        expected = oracle.uniform(low, high, quantile), oracle.loguniform(low, high, quantile)
        assert figures[Shape.UNIFORM][at] == pytest.approx(expected[0])
        assert figures[Shape.LOGUNIFORM][at] == pytest.approx(expected[1])
        if high - low > 1e-3:
            below = oracle.below(low, value, high, figures[Shape.TRIANGULAR][at])
            assert below == pytest.approx(quantile, abs=1e-6)


def _sampled(low: float, value: float, high: float, shape: Shape, streams: RandomStreams) -> Vector:
    quantity = Quantity(
        low=low,
        value=value,
        high=high,
        shape=shape,
        unit="any",
        source=("judgement",),
        grade=Grade.JUDGEMENT,
    )
    return sample_parameter(quantity, "a.number", streams)


# -- the globe and memory -----------------------------------------------------------------------

points = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@given(points, points)
def test_distance_over_the_globe(
    origin: tuple[float, float], destination: tuple[float, float]
) -> None:
    distance = great_circle_km(_place(origin), _place(destination))
    assert distance == pytest.approx(oracle.great_circle(origin, destination), abs=1e-3)


@given(points)
def test_the_far_side_of_the_globe_is_half_its_girth_away(origin: tuple[float, float]) -> None:
    latitude, longitude = origin
    far = _place((-latitude, longitude - 180 if longitude > 0 else longitude + 180))
    assert great_circle_km(_place(origin), far) == pytest.approx(np.pi * oracle.EARTH, abs=1)


@given(st.floats(0, 20_000), st.floats(100, 20_000))
def test_strength_over_a_distance(km: float, half: float) -> None:
    assert share_arriving(km, np.array([half]))[0] == pytest.approx(oracle.reach(km, half))


@given(worlds(within, st.floats(0.1, 10), st.floats(0, 20), st.floats(0, 20)))
def test_belief_and_trust(rows: Rows) -> None:
    mean, weight, kept, broken = np.array(rows, dtype=float).T
    rules = coefficients_of(prior_mean=mean, prior_weight=weight, half_life=np.ones(len(rows)))
    memory = Memory(np.zeros((2, 2, len(rows))), rules)
    memory.honoured[0, 1], memory.reneged[0, 1] = kept, broken
    assert memory.belief(0, 1) == pytest.approx([oracle.belief(*row) for row in rows])
    trusted = [oracle.trust(*row) for row in rows]
    assert memory.trust(0, 1) == pytest.approx(trusted, rel=1e-6, abs=1e-6)


def _place(at: tuple[float, float]) -> LocationSpec:
    return LocationSpec(name="", latitude=at[0], longitude=at[1], source=("atlas",))
