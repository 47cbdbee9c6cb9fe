"""Samples over the uncertain numbers of a scenario, from the distributions of the worlds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.errors import RequestError
from sim.experiment.limits import MAX_POINTS
from sim.model.arrays import Vector
from sim.model.randomness.parameters import sample_parameter
from sim.model.randomness.streams import RandomStreams
from sim.scenario.files.messages import find_nearest_name
from sim.scenario.load import LoadedScenario
from sim.scenario.schema.quantity import Quantity

_SAMPLING_METHODS = {
    "lhs": "a Latin hypercube (McKay and others 1979, Technometrics 21:239)",
    "sobol": "a scrambled Sobol sequence (Sobol 1967; Owen 1998)",
}


@dataclass(frozen=True)
class Sample:
    """How uncertain numbers are sampled together.

    Attributes:
        spec: the written form, such as `lhs:100`; empty where nothing is sampled.
        keys: the keys of the sampled numbers.
        quantiles: for each point and key, the quantile of the number.
    """

    spec: str
    keys: tuple[str, ...]
    quantiles: NDArray[np.float64]

    @property
    def point_count(self) -> int:
        """The number of points: one where nothing is sampled."""
        return len(self.quantiles)

    def levels(self, loaded: LoadedScenario) -> dict[str, Vector]:
        """Return the numbers of each key, point by point, within the ranges of a scenario."""
        numbers = dict(loaded.scenario.iter_quantities())
        return {
            key: _values_at_quantiles(numbers[key], quantiles)
            for key, quantiles in zip(self.keys, self.quantiles.T, strict=True)
        }


NO_SAMPLE = Sample("", (), np.empty((1, 0)))


def draw_sample(
    spec: str, over: Sequence[str], bases: Sequence[LoadedScenario], varied_keys: Sequence[str]
) -> Sample:
    """Return a sample such as `lhs:100` over uncertain numbers that are not factors.

    It depends on the seed of the scenario, so that it can be reproduced.

    Raises:
        RequestError: it is not of that form, too large, or there is nothing to sample.
    """
    if not spec:
        if over:
            raise RequestError("--over: restricts a sample, and there is no --sample")
        return NO_SAMPLE
    method, size = _parse_spec(spec)
    keys = tuple(_select_keys(over, bases, set(varied_keys)))
    return Sample(spec, keys, _draw_quantiles(method, size, len(keys), bases[0].scenario.seed))


def _parse_spec(spec: str) -> tuple[str, int]:
    method, _, count = spec.partition(":")
    if method not in _SAMPLING_METHODS or not count.isdecimal() or int(count) < 1:
        raise RequestError(
            f"--sample {spec}: is not a sample\n"
            "    allowed: lhs:N for a Latin hypercube, sobol:N for a Sobol sequence; N points"
        )
    size = int(count)
    if size > MAX_POINTS:
        raise RequestError(f"--sample {spec}: {size:,} points\n    allowed: up to {MAX_POINTS:,}")
    if method == "sobol" and size & (size - 1):
        below = 1 << (size.bit_length() - 1)
        raise RequestError(
            f"--sample {spec}: a Sobol sequence is balanced at powers of two\n"
            f"    such as sobol:{below} or sobol:{2 * below}"
        )
    return method, size


def _select_keys(
    over: Sequence[str], bases: Sequence[LoadedScenario], varied_keys: set[str]
) -> list[str]:
    """Return the keys that are uncertain in every scenario and belong to a name in `over`."""
    uncertain = [
        {key for key, number in base.scenario.iter_quantities() if not number.is_fixed}
        for base in bases
    ]
    common = [
        key
        for key, _ in bases[0].scenario.iter_quantities()
        if key not in varied_keys and all(key in keys for keys in uncertain)
    ]
    for name in over:
        if not any(_belongs_to(key, name) for key in common):
            known = {key[:end] for key in common for end in _prefix_lengths(key)}
            nearest = find_nearest_name(name, sorted(known))
            hint = f"\n    did you mean {nearest!r}?" if nearest else ""
            raise RequestError(f"--over {name}: contains no uncertain number{hint}")
    selected = [key for key in common if not over or any(_belongs_to(key, name) for name in over)]
    if not selected:
        raise RequestError("--sample: no number of the scenario is uncertain")
    return selected


def _belongs_to(key: str, name: str) -> bool:
    return key == name or key.startswith(f"{name}.")


def _prefix_lengths(key: str) -> list[int]:
    return [index for index, letter in enumerate(key) if letter == "."] + [len(key)]


def _draw_quantiles(
    method: str, point_count: int, dimensions: int, seed: int
) -> NDArray[np.float64]:
    from scipy.stats import qmc  # noqa: PLC0415  slow to load

    sampler = qmc.LatinHypercube if method == "lhs" else qmc.Sobol
    quantiles: NDArray[np.float64] = sampler(dimensions, seed=seed % 2**63).random(point_count)
    return quantiles


def _values_at_quantiles(quantity: Quantity, quantiles: Vector) -> Vector:
    """Return the numbers at quantiles of a quantity, clipped to its range against rounding."""
    values = sample_parameter(quantity, "", _FixedStreams(quantiles))
    return np.clip(values, quantity.low, quantity.high)


class _FixedStreams(RandomStreams):
    """Streams whose draws are given."""

    def __init__(self, quantiles: Vector) -> None:
        super().__init__(0, 0, len(quantiles))
        self._quantiles = quantiles

    def uniform(self, *_: object, **__: object) -> Vector:
        """Return the given quantiles."""
        return self._quantiles
