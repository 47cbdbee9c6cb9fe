"""The stress matrix: who came to whom with what, opening by opening, with 95% intervals."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.analysis.stress.crisis_worlds import (
    AT_WAR,
    ATTACKED_WON,
    ATTACKER_WON,
    NO_WAR,
    SETTLED,
    CrisisWorlds,
)
from sim.analysis.stress.openings import CrisisOpening
from sim.errors import RequestError
from sim.scenario.files.messages import find_nearest_name
from sim.scenario.schema.scenario import Scenario
from sim.statistics.intervals import Interval, student_interval, wilson_interval
from sim.statistics.paired import FourWay, count_four_way, paired_mean_difference
from sim.statistics.paired import paired_share_difference as _tango_interval

LEVELS = ("none", "materiel", "troops", "war")
"""The levels of aid."""
ANY = "any"
"""Aid of any level."""
SIDES = ("attacked", "attacker")
"""The two sides of a crisis."""
ENDINGS = {
    "no_war": NO_WAR,
    "at_war": AT_WAR,
    "settled": SETTLED,
    "attacker_won": ATTACKER_WON,
    "attacked_won": ATTACKED_WON,
}
"""How a crisis stands at the end, by name."""


class Cell(NamedTuple):
    """One number of the matrix.

    Attributes:
        opening: the opening, as `korea:dprk@war`.
        outcome: `aid`, `third_party`, `third_parties`, `alone`, `elsewhere`, `war`, `aid_due`,
            `aid_refused`, `abandoned`, `entrapped`, `ending` or `ground`.
        actor: the actor it is about; empty for the crisis as a whole.
        side: of aid: the side it came to, `attacked` or `attacker`.
        level: of aid: one of `LEVELS`, or `any`; of an ending: one of `ENDINGS`.
    """

    opening: str
    outcome: str
    actor: str = ""
    side: str = ""
    level: str = ""


Values = NDArray[Any]
"""A fact or a number for every world, (world,)."""

_ACTOR_OUTCOMES = ("aid_due", "aid_refused", "abandoned", "entrapped")
_CRISIS_OUTCOMES: dict[str, Callable[[CrisisWorlds], Values]] = {
    "third_party": lambda worlds: worlds.third_parties.sum(axis=0) > 0,
    "third_parties": lambda worlds: worlds.third_parties.sum(axis=0),
    "alone": lambda worlds: (worlds.level[0] == 0).all(axis=0),
    "elsewhere": lambda worlds: worlds.elsewhere,
    "war": lambda worlds: worlds.ending != NO_WAR,
    "ground": lambda worlds: worlds.ground,
}


@dataclass(frozen=True, eq=False)
class StressMatrix:
    """What came of every opening in the worlds of one scenario.

    Attributes:
        scenario: the scenario.
        openings: the openings.
        worlds: worlds of each opening.
        months: months simulated.
        outcomes: what came of each opening, in the order of the openings.
    """

    scenario: Scenario = field(repr=False)
    openings: tuple[CrisisOpening, ...]
    worlds: int
    months: int
    outcomes: tuple[CrisisWorlds, ...] = field(repr=False)

    @property
    def actors(self) -> list[str]:
        """The codes of the actors, in the order of the arrays."""
        return list(self.scenario.actors)

    def opening(self, name: str) -> CrisisOpening:
        """Return the opening of a name such as `korea:dprk@war`.

        Raises:
            RequestError: it was not simulated.
        """
        return self.openings[_find(name, list(map(str, self.openings)), "was not simulated")]

    def outcome(self, opening: CrisisOpening | str) -> CrisisWorlds:
        """Return what came of an opening.

        Raises:
            RequestError: the opening was not simulated.
        """
        names = list(map(str, self.openings))
        return self.outcomes[_find(str(opening), names, "was not simulated")]

    def cells(self) -> Iterator[Cell]:
        """Yield every cell: first who came, then what became of it."""
        for opening in self.openings:
            yield from self._cells_of(opening)

    def values(self, cell: Cell) -> Values:
        """Return a cell world by world, (world,): a fact, or a number.

        Raises:
            RequestError: there is no such cell.
        """
        worlds = self.outcome(cell.opening)
        if cell.outcome == "aid":
            level = worlds.level[SIDES.index(cell.side), self._row(cell.actor)]
            return level > 0 if cell.level == ANY else level == LEVELS.index(cell.level)
        if cell.outcome in _ACTOR_OUTCOMES:
            values: Values = getattr(worlds, cell.outcome)[self._row(cell.actor)]
            return values
        if cell.outcome == "ending":
            return worlds.ending == ENDINGS[cell.level]
        return _CRISIS_OUTCOMES[cell.outcome](worlds)

    def interval(self, cell: Cell) -> Interval:
        """Return the share of worlds, or the mean, with its 95% interval."""
        values = self.values(cell)
        if values.dtype == bool:
            return wilson_interval(int(np.count_nonzero(values)), len(values))
        return student_interval(values.astype(np.float64))

    def aid(
        self, opening: CrisisOpening | str, ally: str, side: str = "attacked", level: str = ANY
    ) -> Interval:
        """Return the share of worlds in which an ally came to a side with aid of a level."""
        return self.interval(Cell(str(opening), "aid", ally, side, level))

    def _row(self, actor: str) -> int:
        return _find(actor, self.actors, "is not an actor of this scenario")

    def _cells_of(self, opening: CrisisOpening) -> Iterator[Cell]:
        name, rivals = str(opening), (opening.attacked, opening.attacker)
        others = [actor for actor in self.actors if actor not in rivals]
        for side in SIDES:
            for actor in others:
                for level in (ANY, *LEVELS):
                    yield Cell(name, "aid", actor, side, level)
        for outcome in ("aid_due", "aid_refused", "entrapped"):
            yield from (Cell(name, outcome, actor) for actor in others)
        yield from (Cell(name, "abandoned", actor) for actor in self.actors)
        yield from (Cell(name, outcome) for outcome in _CRISIS_OUTCOMES)
        yield from (Cell(name, "ending", level=ending) for ending in ENDINGS)


@dataclass(frozen=True, eq=False)
class StressComparison:
    """Two matrices of the same openings in paired worlds.

    Attributes:
        with_: the first matrix.
        without: the second, which is subtracted.
    """

    with_: StressMatrix
    without: StressMatrix

    def cells(self) -> Iterator[Cell]:
        """Yield the cells that both matrices have."""
        known = set(self.without.cells())
        yield from (cell for cell in self.with_.cells() if cell in known)

    def difference(self, cell: Cell) -> Interval:
        """Return the first matrix minus the second, pair by pair, with its 95% interval."""
        with_, without = self.with_.values(cell), self.without.values(cell)
        if with_.dtype == bool:
            return _paired_shares(count_four_way(with_, without))
        return paired_mean_difference(with_, without)


def compare_stress(with_: StressMatrix, without: StressMatrix) -> StressComparison:
    """Return the comparison of two matrices, `with_` minus `without`.

    Raises:
        RequestError: their worlds are not paired.
    """
    for what in ("worlds", "months"):
        if getattr(with_, what) != getattr(without, what):
            raise RequestError(f"the matrices are not of the same number of {what}")
    if with_.scenario.seed != without.scenario.seed:
        raise RequestError(
            f"the worlds are not paired: the seeds are {with_.scenario.seed} and "
            f"{without.scenario.seed}\n    name one for both with --seed"
        )
    return StressComparison(with_, without)


@lru_cache(maxsize=4096)
def _paired_shares(counts: FourWay) -> Interval:
    return _tango_interval(counts)


def _find(name: str, known: list[str], message: str) -> int:
    if name in known:
        return known.index(name)
    nearest = find_nearest_name(name, known)
    hint = f"; did you mean {nearest!r}?" if nearest else ""
    raise RequestError(f"{name}: {message}\n    allowed: {', '.join(known)}{hint}")
