"""How the parts that simulate again report how far they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from sim.experiment.blocks import OnProgress

TrackWorlds = Callable[[int, str], AbstractContextManager[OnProgress]]
"""Called with a number of worlds and what is done with them; yields what reports progress."""


@contextmanager
def track_nothing(_: int, __: str) -> Iterator[OnProgress]:
    """Report no progress."""
    yield lambda _: None
