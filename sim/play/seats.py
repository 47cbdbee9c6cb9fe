"""The seats of a class: one delegation for each actor of the scenario, with goals of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sim.scenario.schema.scenario import Scenario


@dataclass(frozen=True)
class Goal:
    """What a delegation wants; there is no score.

    Attributes:
        text: the goal, in a sentence.
        gauge: the id of the gauge that it can be read from; empty if there is none.
    """

    text: str
    gauge: str = ""


@dataclass(frozen=True)
class Seat:
    """One delegation.

    Attributes:
        code: the code of the actor.
        name: its name.
        goals: what it wants, two or three.
    """

    code: str
    name: str
    goals: tuple[Goal, ...] = ()


def deal_seats(scenario: Scenario, codes: Sequence[str] = ()) -> tuple[Seat, ...]:
    """Return the seats of a scenario, in the order of its actors.

    Args:
        scenario: the scenario.
        codes: the actors that are played; empty for all.

    Raises:
        RequestError: there is no such actor.
    """
    raise NotImplementedError
