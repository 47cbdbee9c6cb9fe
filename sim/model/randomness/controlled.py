"""Controlled random streams: parameters and draws of a world are chosen independently.

By default world *k* has the parameters and the draws of number *k*. To separate parameter variance
from sampling variance, the same parameters are simulated with other draws. To isolate the effect of
one parameter, it is set to chosen quantiles while all else is held constant.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from sim.model.arrays import Vector
from sim.model.places import Index
from sim.model.randomness.forked import open_streams
from sim.model.randomness.streams import Occasion, RandomStreams, SelectedStreams
from sim.scenario.schema.past import PastSpec

WorldNumbers = NDArray[np.int64]
DrawName = tuple[str, int, str, str, str]
"""Decision, month, who decides, towards whom and about what."""

_NO_QUANTILES: Mapping[str, Vector] = {}


class ControlledStreams(RandomStreams):
    """The streams of worlds that take parameters and draws from worlds of different numbers.

    Attributes:
        quantiles: quantile of a parameter in each world, 0 to 1, (world,), by its key in the
            scenario; parameters of other keys, and those of worlds at NaN, are drawn.
    """

    def __init__(
        self,
        seed: int,
        parameter_worlds: WorldNumbers,
        draw_worlds: WorldNumbers,
        quantiles: Mapping[str, Vector] = _NO_QUANTILES,
        past: PastSpec | None = None,
    ) -> None:
        """Give each world the parameters of one world and the draws of another.

        Args:
            seed: the scenario's seed.
            parameter_worlds: number of the world whose parameters each world has, (world,).
            draw_worlds: number of the world whose draws each world has, (world,).
            quantiles: as above.
            past: the past that these worlds share, if the scenario has one.
        """
        super().__init__(seed, 0, len(draw_worlds))
        self.quantiles = quantiles
        self._parameter_streams, self._draw_streams = (
            _select_worlds(seed, parameter_worlds, past),
            _select_worlds(seed, draw_worlds, past),
        )

    @property
    def afterwards(self) -> RandomStreams:
        """The streams from which parameters are sampled after a past that the worlds share."""
        return self._parameter_streams.afterwards

    def uniform(
        self, decision: str, month: int, who: str, towards: str = "", about: str = ""
    ) -> Vector:
        """Return one number in [0, 1] per world, (world,), for one draw key."""
        if decision != "assumption":
            return self._draw_streams.uniform(decision, month, who, towards, about)
        drawn = self._parameter_streams.uniform(decision, month, who, towards, about)
        chosen = self.quantiles.get(who, drawn)
        return np.where(np.isnan(chosen), drawn, chosen)

    def few(self, occasions: Sequence[Occasion], which: Index, worlds: Index) -> Vector:
        """Return the draws of some occasions, none of them a parameter, in some worlds, (case,)."""
        return self._draw_streams.few(occasions, which, worlds)

    def uniform_once(
        self, decision: str, number: int, month: int, who: str, towards: str = "", about: str = ""
    ) -> Vector:
        """Return the draw, (world,), of what is settled once and may be asked for again."""
        return self._draw_streams.uniform_once(decision, number, month, who, towards, about)


class TurnedStreams(ControlledStreams):
    """The streams of one world many times over, in each but the first with one draw turned.

    What a turned draw does not reach is the same as in the world itself, to the last bit.
    """

    def __init__(
        self,
        seed: int,
        world: int,
        turned: Sequence[tuple[DrawName, float]],
        past: PastSpec | None = None,
    ) -> None:
        """Turn the draw of each name to a number in [0, 1), in one copy of the world each.

        Args:
            seed: the scenario's seed.
            world: the number of the world.
            turned: the arguments of the draw, as of `uniform`, and what is drawn instead.
            past: the past of the scenario, if it has one.
        """
        copies = np.full(len(turned) + 1, world, dtype=np.int64)
        super().__init__(seed, copies, copies, past=past)
        self._turned: dict[DrawName, list[tuple[int, float]]] = {}
        for copy, (name, draw) in enumerate(turned, start=1):
            self._turned.setdefault(name, []).append((copy, draw))

    def uniform(
        self, decision: str, month: int, who: str, towards: str = "", about: str = ""
    ) -> Vector:
        """Return one number in [0, 1) per copy, (world,), for one draw key."""
        draws = super().uniform(decision, month, who, towards, about)
        return self._turn(draws, (decision, month, who, towards, about))

    def few(self, occasions: Sequence[Occasion], which: Index, worlds: Index) -> Vector:
        """Return the draws of some occasions in some copies, (case,)."""
        return self.uniform_each(occasions)[which, worlds]

    def uniform_once(
        self, decision: str, number: int, month: int, who: str, towards: str = "", about: str = ""
    ) -> Vector:
        """Return the draw, (world,), of what is settled once, turned by its number."""
        draws = super().uniform_once(decision, number, month, who, towards, about)
        return self._turn(draws, (decision, number, who, towards, about))

    def _turn(self, draws: Vector, name: DrawName) -> Vector:
        """Turn the draw of a name in the copies in which it is turned."""
        for copy, draw in self._turned.get(name, ()):
            draws[copy] = draw
        return draws


def _select_worlds(seed: int, worlds: WorldNumbers, past: PastSpec | None) -> RandomStreams:
    """Return the streams of worlds of any numbers, in any order."""
    first, last = int(worlds.min()), int(worlds.max())
    return SelectedStreams(open_streams(seed, past, first, last - first + 1), worlds - first)
