"""Compares the engine with the oracle in arbitrary worlds."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from sim.model.arrays import Vector
from sim.model.randomness.parameters import SampledGroup

Rows = list[tuple[float, ...]]

shares = st.floats(0, 1)
within = st.floats(0.001, 0.999)
strengths = st.floats(0, 1).map(lambda strength: strength if strength > 1e-9 else 0.0)
weights = st.floats(0, 5)
signed = st.floats(-1, 1)
odds = st.floats(-30, 30)
coefficients = st.floats(-3, 3)


def worlds(*columns: SearchStrategy[float]) -> SearchStrategy[Rows]:
    """One to four worlds, with a number for every argument in each."""
    return st.lists(st.tuples(*columns), min_size=1, max_size=4)


def agree(engine: Callable[..., Vector], expected: Callable[..., float], rows: Rows) -> None:
    """Assert that the engine, for all worlds at once, agrees with the oracle on each."""
    computed = engine(*np.array(rows, dtype=float).T)
    assert computed == pytest.approx([expected(*row) for row in rows], rel=1e-9, abs=1e-9)


def coefficients_of(**numbers: Vector | float) -> SampledGroup:
    """Return a group of coefficients as a world samples them."""
    return cast(SampledGroup, SimpleNamespace(**numbers))
