"""Random streams: every draw has a key, so that a decision not taken changes no other draw.

The key is the decision, the month, who decides, towards whom and about what, in one world of one
seed. The draw depends on its key and on nothing else: not on the order of decisions, the block of
worlds or the number of actors. A world with a treaty can therefore be compared with the same world
without it (common random numbers).

The generator is numpy's counter-based Philox (Salmon and others 2011): the seed and the names give
the key of the generator, the month and the world its counter.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b
from struct import Struct
from typing import Any

import numpy as np
from numpy.random import Generator, Philox
from numpy.typing import NDArray

from sim.model.arrays import Mask, Vector, where_true
from sim.model.places import Index
from sim.model.randomness.scattered import LANES, scattered_uniform
from sim.statistics.special import special

Occasion = tuple[str, int, str, str, str]
"""What is drawn: decision, month, who decides, towards whom and about what."""

PhiloxKey = tuple[int, int]
"""The two numbers, of 64 bits, that are the generator's key."""

_TWO_WORDS = Struct("<QQ")
_JOINT_CALL, _JOINT_NUMBER, _BLOCK_CALL, _BLOCK_NUMBER, _ALONE = 340.0, 0.27, 4.4, 0.0105, 4.6
"""Microseconds that draws for few worlds take, joint or for the whole block: a call and a number;
and one number alone. Only the choice of the cheapest way depends on them, never a draw."""


class RandomStreams:
    """The random streams of a block of worlds: `count` worlds from world number `first` on."""

    def __init__(self, seed: int, first: int, count: int) -> None:
        self.first, self.count = first, count
        self._seed = seed
        self._bit_generator = Philox(key=np.zeros(2, dtype=np.uint64))
        self._generator = Generator(self._bit_generator)
        self._place: dict[str, Any] = {"counter": [0, 0, 0, 0]}
        self._philox_state: Any = {  # numpy reads lists faster than arrays
            **self._bit_generator.state,
            "state": self._place,
            "buffer": [0] * LANES,  # as before any draw: no lane is left over
        }

    @property
    def afterwards(self) -> RandomStreams:
        """The streams of the worlds after a past that they share; these, where they share none."""
        return self

    def uniform(
        self, decision: str, month: int, who: str, towards: str = "", about: str = ""
    ) -> Vector:
        """Return one number in [0, 1) per world, (world,), for one draw key."""
        counter, skipped = divmod(self.first, LANES)
        self._seek(philox_key(self._seed, decision, who, towards, about), month, counter)
        return self._generator.random(self.count + skipped)[skipped:]

    def uniform_each(self, occasions: Sequence[Occasion]) -> Vector:
        """Return the numbers of `uniform` for several occasions, (occasion, world)."""
        if type(self) is not RandomStreams:
            draws = [self.uniform(*occasion) for occasion in occasions]
            return np.array(draws).reshape(len(draws), self.count)
        counter, skipped = divmod(self.first, LANES)
        drawn = np.empty((len(occasions), self.count + skipped))
        for row, (decision, month, *names) in zip(drawn, occasions, strict=True):
            self._seek(philox_key(self._seed, decision, *names), month, counter)
            self._generator.random(out=row)
        return drawn[:, skipped:]

    def uniform_once(
        self, decision: str, number: int, _: int, who: str, towards: str = "", about: str = ""
    ) -> Vector:
        """Return the draw, (world,), of what is settled once, and may be asked for again.

        Args:
            decision: the decision.
            number: which of several occasions, such as a war by its number; part of the draw key.
            _: the month in which it is asked for, which is not part of the key; it matters only
                where worlds share a past.
            who: who decides.
            towards: towards whom.
            about: about what.
        """
        return self.uniform(decision, number, who, towards, about)

    def few(self, occasions: Sequence[Occasion], which: Index, worlds: Index) -> Vector:
        """Return the draws of some occasions in some worlds, (case,).

        They are the numbers of `uniform`, worked out together where that is cheaper.

        Args:
            occasions: the arguments of `uniform` for each occasion.
            which: place of the occasion of each case, (case,).
            worlds: place of the world of each case in the block, (case,).
        """
        if not self._few_are_cheaper(occasions, len(which)):
            return self.uniform_each(occasions)[which, worlds]
        if _time_alone(len(which)) < _time_joint(len(which)):
            return self._draw_alone(occasions, which, worlds)
        return self._draw_jointly(occasions, which, worlds)

    def _draw_alone(self, occasions: Sequence[Occasion], which: Index, worlds: Index) -> Vector:
        """Return the draws of `few`, one after another."""
        drawn, numbers = np.empty(len(which)), (worlds + self.first).tolist()
        for case, (occasion, number) in enumerate(zip(which.tolist(), numbers, strict=True)):
            decision, month, *names = occasions[occasion]
            counter, lane = divmod(number, LANES)
            self._seek(philox_key(self._seed, decision, *names), month, counter)
            drawn[case] = self._generator.random(lane + 1)[lane]
        return drawn

    def _draw_jointly(self, occasions: Sequence[Occasion], which: Index, worlds: Index) -> Vector:
        """Return the draws of `few`, all at once."""
        seed = self._seed
        keys = [philox_key(seed, decision, *names) for decision, _, *names in occasions]
        months = np.array([month for _, month, *_ in occasions], dtype=np.uint64)
        numbers = (worlds + self.first).astype(np.uint64)
        by_occasion = np.array(keys, dtype=np.uint64).T
        return scattered_uniform(by_occasion[:, which], months[which], numbers)

    def few_once(
        self, occasions: Sequence[Occasion], month: int, which: Index, worlds: Index
    ) -> Vector:
        """Return the draws in some worlds, (case,), of what is settled once.

        Args:
            occasions: each with the number of the occasion in the place of the month.
            month: the month in which they are asked for.
            which: place of the occasion of each case, (case,).
            worlds: place of the world of each case in the block, (case,).
        """
        if type(self) is RandomStreams:
            return self.few(occasions, which, worlds)
        drawn = [self.uniform_once(what, number, month, *who) for what, number, *who in occasions]
        return np.array(drawn)[which, worlds]

    def below(
        self, ceilings: Vector, occasions: Sequence[Occasion], rows: Index, where: Mask
    ) -> tuple[Index, Index, Vector]:
        """Return the cases in which a draw lies below a ceiling, and the draws, (case,) each.

        Args:
            ceilings: the ceilings, (row, world).
            occasions: the arguments of `uniform` for each occasion.
            rows: row of each occasion, ascending, (occasion,).
            where: the draws that are asked for, (row, world).

        Returns:
            The row and the world of each case, in ascending order, and the draw.
        """
        asked = where[rows]
        if self._few_are_cheaper(occasions, int(np.count_nonzero(asked))):
            which, worlds = where_true(asked)
            draws = self.few(occasions, which, worlds)
            low = draws < ceilings[rows[which], worlds]
            return rows[which[low]], worlds[low], draws[low]
        drawn = self.uniform_each(occasions)
        which, worlds = where_true(asked & (drawn < ceilings[rows]))
        return rows[which], worlds, drawn[which, worlds]

    def _few_are_cheaper(self, occasions: Sequence[Occasion], cases: int) -> bool:
        """Whether draws of so many cases are cheaper than those of the whole block."""
        block = len(occasions) * (_BLOCK_CALL + _BLOCK_NUMBER * self.count)
        few = min(_time_alone(cases), _time_joint(cases))
        return type(self) is RandomStreams and few < block

    def normal(self, decision: str, month: int, who: str, about: str = "") -> Vector:
        """Return one standard normal number per world, (world,), for one draw key."""
        return as_normal(self.uniform(decision, month, who, about=about))

    def _seek(self, key: PhiloxKey, month: int, counter: int) -> None:
        self._place["key"] = key
        self._place["counter"][:2] = counter, month
        self._bit_generator.state = self._philox_state


class SelectedStreams(RandomStreams):
    """The streams of some worlds of a block, in any order."""

    def __init__(self, streams: RandomStreams, positions: NDArray[np.intp]) -> None:
        """Select the worlds at `positions` in the block of the `streams`."""
        self.count = len(positions)
        self._streams, self._positions = streams, positions

    @property
    def afterwards(self) -> RandomStreams:
        """The streams of these worlds after a past that they share."""
        return SelectedStreams(self._streams.afterwards, self._positions)

    def uniform(
        self, decision: str, month: int, who: str, towards: str = "", about: str = ""
    ) -> Vector:
        """Return one number in [0, 1) per world, (world,), for one draw key."""
        return self._streams.uniform(decision, month, who, towards, about)[self._positions]

    def few(self, occasions: Sequence[Occasion], which: Index, worlds: Index) -> Vector:
        """Return the draws of some occasions in some worlds, (case,), as above."""
        return self._streams.few(occasions, which, self._positions[worlds])

    def uniform_once(
        self, decision: str, number: int, month: int, who: str, towards: str = "", about: str = ""
    ) -> Vector:
        """Return the draw, (world,), of what is settled once, as above."""
        drawn = self._streams.uniform_once(decision, number, month, who, towards, about)
        return drawn[self._positions]


def _time_alone(cases: int) -> float:
    """Return the microseconds that so many draws take one after another."""
    return _ALONE * cases


def _time_joint(cases: int) -> float:
    """Return the microseconds that so many draws take all at once."""
    return _JOINT_CALL + _JOINT_NUMBER * cases


def as_normal(draws: Vector) -> Vector:
    """Return the standard normal numbers of draws in [0, 1), (case,)."""
    ndtri = special("ndtri")
    return np.asarray(ndtri(np.maximum(draws, np.finfo(float).tiny)), dtype=np.float64)


@lru_cache(maxsize=65536)
def philox_key(seed: int, *names: str) -> PhiloxKey:
    """Return the two numbers that are the generator's key for a seed and the names of a draw."""
    text = "\x1f".join((str(seed), *names)).encode()
    return _TWO_WORDS.unpack(blake2b(text, digest_size=16).digest())
