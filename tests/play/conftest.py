"""One short game of the real scenario, simulated once: two quarters, one crisis."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import pytest

from sim.play.game import Game, Orders
from sim.play.simulation import Step, advance
from sim.scenario.schema.scenario import Scenario
from tests.worlds import real

WORLD = 17
DISPUTE = "initiative:challenge:rok:dprk:korea"
ANSWER = "m1:resist_challenge:dprk:rok:korea"


@dataclass(frozen=True)
class ShortGame:
    """World 17 of the pact for six months; South Korea opens a dispute at once.

    Attributes:
        opening, in_crisis, after_one, after_two: its steps, each simulated when it is first read.
    """

    scenario: Scenario

    @property
    def seats(self) -> tuple[str, ...]:
        return tuple(self.scenario.actors)

    @property
    def orders(self) -> dict[int, Orders]:
        """One sheet and one answer in the first quarter, and nothing in the second."""
        sheets = {"rok": {DISPUTE: 3, "standing:climb:rok": 1}}
        return {1: Orders(sheets, {ANSWER: 0}, ("rok", "dprk")), 2: Orders()}

    @cached_property
    def opening(self) -> Game:
        return advance(Step(self.scenario, WORLD, self.seats))

    @cached_property
    def in_crisis(self) -> Game:
        return advance(replace(self.step(self.opening, 1), orders=self.unanswered))

    @cached_property
    def after_one(self) -> Game:
        return advance(self.step(self.in_crisis, 1))

    @cached_property
    def after_two(self) -> Game:
        return advance(replace(self.step(self.after_one, 2), moves=self.after_one.moves))

    @property
    def unanswered(self) -> Orders:
        return replace(self.orders[1], answers={})

    def step(self, game: Game, quarter: int) -> Step:
        """Return the game at the bell of a quarter."""
        orders, standing = self.orders[quarter], self.orders[1].sheets
        return Step(self.scenario, WORLD, self.seats, game, (), orders, standing)


@pytest.fixture(scope="session")
def short() -> ShortGame:
    """The short game, each step of which is simulated when it is first read."""
    return ShortGame(real("pact").model_copy(update={"months": 6}))
