"""One world of a block, read from the state by name in plain numbers."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, wraps
from typing import Concatenate, ParamSpec, TypeAlias, TypeVar, cast

from sim.model.entities.war import War
from sim.model.state import State
from tests import oracle
from tests.oracle import OPEN_WAR

_P = ParamSpec("_P")
_T = TypeVar("_T")
_Of: TypeAlias = Callable[Concatenate["World", _P], _T]


def once(function: _Of[_P, _T]) -> _Of[_P, _T]:
    """Return the function, which works a number of a world out once, since nothing changes it."""

    @wraps(function)
    def remembered(world: World, /, *arguments: _P.args, **named: _P.kwargs) -> _T:
        key = (function.__name__, *arguments, *named.items())
        if key not in world.known:
            world.known[key] = function(world, *arguments, **named)
        return cast(_T, world.known[key])

    return remembered


class World:
    """World `at` of a block at one moment of its history, in plain numbers.

    Attributes:
        known: what has been worked out of it; see `once`.
    """

    def __init__(self, state: State, at: int) -> None:
        self._state, self.at = state, at
        self.known: dict[object, object] = {}
        self.codes, self.scenario, self.streams = state.codes, state.scenario, state.streams
        self.honour, self.challenge = self.rules("honour"), self.rules("challenge")
        self.escalate, self.choice = self.rules("escalate"), self.rules("choice")

    @property
    def month(self) -> int:
        """The current month."""
        return self._state.month

    @once
    def rules(self, group: str) -> dict[str, float]:
        """Return the coefficients of a group as this world sampled them."""
        vectors = vars(getattr(self._state.rules, group))
        return {name: float(vector[self.at]) for name, vector in vectors.items()}

    @cached_property
    def answers(self) -> dict[str, dict[str, float]]:
        """Return the record of allies' answers as this world sampled it, by class."""
        return {
            owes: {name: float(vector[self.at]) for name, vector in vars(group).items()}
            for owes, group in self._state.rules.answers.items()
        }

    def of(self, quantity: str, *codes: str) -> float:
        """Return a quantity of an actor, or of one actor towards another."""
        rows = [self.codes.index(code) for code in codes]
        number = getattr(self._state, quantity)[tuple(rows)]
        return float(number[self.at] if getattr(number, "ndim", 0) else number)

    def rivals(self, rivalry: str) -> tuple[str, str]:
        """Return the two rivals."""
        first, second = self.scenario.rivalries[rivalry].between
        return first, second

    def against(self, who: str, rivalry: str) -> str:
        """Return the rival of one of the two."""
        first, second = self.rivals(rivalry)
        return second if who == first else first

    def about(self, rivalry: str, quantity: str, who: str = "") -> float:
        """Return a number of a rivalry, or of one of its rivals."""
        numbers = getattr(self._state.rivalries[rivalry], quantity)
        row = numbers[self.rivals(rivalry).index(who)] if who else numbers
        return float(row[self.at])

    def level(self, rivalry: str, side: int, who: str) -> int:
        """Return an actor's level of aid on a side of a war."""
        return int(self.war(rivalry).level[side, self.codes.index(who), self.at])

    def fights(self, rivalry: str, who: str) -> bool:
        """Whether an actor is at open war there."""
        return OPEN_WAR in (self.level(rivalry, 0, who), self.level(rivalry, 1, who))

    def began(self, rivalry: str, side: int) -> bool:
        """Whether a side began the current war."""
        war = self.war(rivalry)
        return bool(war.on[self.at]) and int(war.attacker[self.at]) == side

    def war(self, rivalry: str) -> War:
        """Return the war of a rivalry."""
        return self._state.rivalries[rivalry].war

    def binding(self, code: str) -> float:
        """Return how far a treaty binds."""
        treaty, only = self._state.treaties[code], self.honour["signed_only"]
        force, end = float(treaty.in_force_month[self.at]), float(treaty.lapse_month[self.at])
        concluded, signed = treaty.spec.concluded, float(treaty.signed[self.at])
        return oracle.binding(self.month, signed, force, end, only, concluded)

    def belief(self, observer: str, actor: str) -> tuple[float, float, float, float]:
        """Return prior mean and weight, answers honoured and reneged, as the oracle takes them."""
        rules, memory = self.rules("memory"), self._state.memory
        at = self._rows(observer, actor)
        seen = float(memory.honoured[at]), float(memory.reneged[at])
        return rules["prior_mean"], rules["prior_weight"], *seen

    def error(self, observer: str, actor: str) -> float:
        """Return an observer's lasting error about an actor, as far as answers left it."""
        if observer == actor or not self.scenario.mechanisms.misjudgement:
            return 0.0
        _, weight, honoured, reneged = self.belief(observer, actor)
        drawn = self.streams.normal("misjudges", 0, observer, actor)[self.at]
        left = weight / (weight + honoured + reneged)
        return float(self.rules("memory")["misjudgement"] * drawn * left)

    def fond(self, who: str, towards: str) -> float:
        """Return the affinity of an actor for another."""
        return float(self._state.memory.affinity[self._rows(who, towards)])

    def grateful(self, who: str, towards: str) -> float:
        """Return the effect of the change in affinity on the other's worth."""
        rows = self.codes.index(who), self.codes.index(towards)
        return float(self._state.memory.gratitude(*rows)[self.at])

    def _rows(self, who: str, towards: str) -> tuple[int, int, int]:
        return self.codes.index(who), self.codes.index(towards), self.at
