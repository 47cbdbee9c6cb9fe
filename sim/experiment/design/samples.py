"""Samples over the uncertain numbers of a scenario, each spread as the worlds spread over it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.errors import RequestError
from sim.experiment.limits import MOST_POINTS
from sim.model.arrays import Vector
from sim.model.randomness.parameters import assume
from sim.model.randomness.streams import Luck
from sim.scenario.files.messages import nearest_name
from sim.scenario.load import Loaded
from sim.scenario.schema.quantity import Quantity

METHODS = {
    "lhs": "a Latin hypercube (McKay and others 1979, Technometrics 21:239)",
    "sobol": "a scrambled Sobol sequence (Sobol 1967; Owen 1998)",
}


@dataclass(frozen=True)
class Sample:
    """How uncertain numbers are sampled together.

    Attributes:
        text: how it was written, such as `lhs:100`; empty where nothing is sampled.
        keys: the numbers that are sampled.
        places: for each point and number, which share of worlds has a lower one.
    """

    text: str
    keys: tuple[str, ...]
    places: NDArray[np.float64]

    @property
    def size(self) -> int:
        """How many points it has: one where nothing is sampled."""
        return len(self.places)

    def levels(self, loaded: Loaded) -> dict[str, Vector]:
        """Return the numbers of each key, point by point, within a scenario's own ranges."""
        numbers = dict(loaded.scenario.quantities())
        return {
            key: _numbers(numbers[key], at)
            for key, at in zip(self.keys, self.places.T, strict=True)
        }


NOTHING = Sample("", (), np.empty((1, 0)))


def sample(text: str, over: Sequence[str], bases: Sequence[Loaded], taken: Sequence[str]) -> Sample:
    """Return a sample such as `lhs:100` over uncertain numbers that are not varied otherwise.

    The seed of the scenario decides it, so that it is the same again.

    Raises:
        RequestError: it is not of that form or too large, or there is nothing to sample.
    """
    if not text:
        if over:
            raise RequestError("--over: says what a sample is taken over, and there is no --sample")
        return NOTHING
    method, size = _read(text)
    keys = tuple(_keys(over, bases, set(taken)))
    return Sample(text, keys, _places(method, size, len(keys), bases[0].scenario.seed))


def _read(text: str) -> tuple[str, int]:
    method, _, count = text.partition(":")
    if method not in METHODS or not count.isdecimal() or int(count) < 1:
        raise RequestError(
            f"--sample {text}: is not a way to sample\n"
            "    allowed: lhs:N for a Latin hypercube, sobol:N for a Sobol sequence; N points"
        )
    size = int(count)
    if size > MOST_POINTS:
        raise RequestError(f"--sample {text}: {size:,} points\n    allowed: up to {MOST_POINTS:,}")
    if method == "sobol" and size & (size - 1):
        below = 1 << (size.bit_length() - 1)
        raise RequestError(
            f"--sample {text}: a Sobol sequence is balanced at powers of two\n"
            f"    such as sobol:{below} or sobol:{2 * below}"
        )
    return method, size


def _keys(over: Sequence[str], bases: Sequence[Loaded], taken: set[str]) -> list[str]:
    """Return the keys that are uncertain in every scenario and belong to what is named."""
    uncertain = [
        {key for key, number in base.scenario.quantities() if not number.certain} for base in bases
    ]
    common = [
        key
        for key, _ in bases[0].scenario.quantities()
        if key not in taken and all(key in keys for keys in uncertain)
    ]
    for name in over:
        if not any(_within(key, name) for key in common):
            known = {key[:end] for key in common for end in _ends(key)}
            nearest = nearest_name(name, sorted(known))
            hint = f"\n    did you mean {nearest!r}?" if nearest else ""
            raise RequestError(f"--over {name}: holds no uncertain number{hint}")
    found = [key for key in common if not over or any(_within(key, name) for name in over)]
    if not found:
        raise RequestError("--sample: no number of the scenario is uncertain")
    return found


def _within(key: str, name: str) -> bool:
    return key == name or key.startswith(f"{name}.")


def _ends(key: str) -> list[int]:
    return [at for at, letter in enumerate(key) if letter == "."] + [len(key)]


def _places(method: str, size: int, numbers: int, seed: int) -> NDArray[np.float64]:
    from scipy.stats import qmc  # noqa: PLC0415  it takes a while to load

    kind = qmc.LatinHypercube if method == "lhs" else qmc.Sobol
    places: NDArray[np.float64] = kind(numbers, seed=seed % 2**63).random(size)
    return places


def _numbers(quantity: Quantity, places: Vector) -> Vector:
    """Return the numbers at places of a quantity's range, which rounding may not leave."""
    spread = assume(quantity, "", _Placed(places))
    return np.clip(spread, quantity.low, quantity.high)


class _Placed(Luck):
    """Luck that is not drawn but given."""

    def __init__(self, places: Vector) -> None:
        super().__init__(0, 0, len(places))
        self._places = places

    def uniform(self, *_: object, **__: object) -> Vector:
        """Return the places given."""
        return self._places
