"""What a debrief is asked for: a class's scenario file, forks, bets and the counterpart."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sim.scenario.schema.past import MoveSpec

ORDINARY_WORLDS: Final = 10_000
"""Worlds beside the class: a share of 1% has an interval of 0.2 percentage points."""
FORK_WORLDS: Final = 1_000
"""Pairs of worlds of each fork."""
MAX_BESIDE: Final = 3
"""Games of other rooms beside one; with more, lines cannot be distinguished."""
MAX_TURNS: Final = 2
"""Forks of one debrief; a class has time for no more."""


@dataclass(frozen=True)
class Bet:
    """What a class guessed of an outcome before the game.

    Attributes:
        measure: the name of a measure.
        guesses: of yes or no, in how many of a hundred worlds, 0 to 100; of an amount, its value in
            a typical world. One guess each, without names.
    """

    measure: str
    guesses: tuple[float, ...]


@dataclass(frozen=True)
class DebriefRequest:
    """A debrief of one game.

    Attributes:
        file: the scenario file of the game.
        worlds: ordinary worlds beside it.
        fork_worlds: pairs of worlds of each fork.
        turns: moves that replace those of the game, or are added to them, one for each fork, at
            most `MAX_TURNS`; without any, the two rarest moves of two delegations are turned.
        bets: what was guessed.
        without: the scenario with which the game is compared, to see what the treaty did; None for
            the same scenario without the treaties that it opens with.
        beside: games that other rooms played on the same scenario, at most `MAX_BESIDE`.
    """

    file: Path
    worlds: int = ORDINARY_WORLDS
    fork_worlds: int = FORK_WORLDS
    turns: tuple[MoveSpec, ...] = ()
    bets: tuple[Bet, ...] = ()
    without: Path | None = None
    beside: tuple[Path, ...] = ()
