"""How often something may be done: so often at once, and again as time passes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

_REMEMBERED = 4096
"""Number of visitors whose use is remembered; the one seen longest ago is forgotten."""


@dataclass
class Rate:
    """A limit for each of many visitors.

    Attributes:
        most: how often something may be done at once.
        seconds: the time after which as many are allowed again.
        clock: the time in seconds.
    """

    most: int
    seconds: float
    clock: Callable[[], float] = monotonic
    _left: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)

    def allows(self, who: str = "") -> bool:
        """Return whether one visitor, or all together, may do it once more now, and count it."""
        left = self._count_left(who)
        self._left[who] = (left - 1 if left >= 1 else left, self.clock())
        self._left.move_to_end(who)
        while len(self._left) > _REMEMBERED:
            self._left.popitem(last=False)
        return left >= 1

    def is_spent(self, who: str = "") -> bool:
        """Return whether nothing is left, without counting anything."""
        return self._count_left(who) < 1

    def _count_left(self, who: str) -> float:
        left, when = self._left.get(who, (float(self.most), self.clock()))
        return min(self.most, left + (self.clock() - when) * self.most / self.seconds)
