"""One world played again from its first month, with decisions taken by hand.

A pure function of scenario, world and moves: who plays a game keeps nothing but the moves. Where a
seat is asked for a decision that it has not taken, the phase goes on with what was drawn, and there
the simulation ends: all questions of a phase are put at once. With the answers it is played again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from sim.model.decision_log import DecisionLog, DrawKey
from sim.model.decisions.played import Played, Question, moves_by_key
from sim.model.recording.history import History, rows
from sim.model.simulate import Observe, simulate
from sim.scenario.schema.past import MoveSpec
from sim.scenario.schema.scenario import Scenario

CRISIS_KINDS = frozenset({"resist challenge", "resist climb", "answer", "vote"})
"""Decisions that come up because another actor did something, and cannot be planned."""


class Replay(NamedTuple):
    """What a world was up to some month.

    Attributes:
        history: the history so far; of a month that was broken off it has the events only.
        questions: what the seats are asked in the last phase; empty if all months are complete.
        months: how many months are complete.
    """

    history: History
    questions: tuple[Question, ...]
    months: int


def replay(
    scenario: Scenario,
    world: int,
    months: int,
    moves: Iterable[MoveSpec],
    *,
    seats: Collection[str] = frozenset(),
    kinds: Collection[str] = CRISIS_KINDS,
    left: Collection[tuple[int, DrawKey]] = frozenset(),
    log: DecisionLog | None = None,
    observe: Observe | None = None,
) -> Replay:
    """Return a world up to the end of a month, or up to where a seat is asked to decide.

    Args:
        scenario: the scenario; the moves of its own past come first.
        world: the number of the world.
        months: how many months to simulate.
        moves: decisions taken by hand.
        seats: codes of the actors that are asked where they have no move; nobody by default.
        kinds: names of the decisions about which they are asked.
        left: decisions that a seat leaves to the model, by month and key: `question[:2]`.
        log: where every decision is logged with its reasons.
        observe: called as by `simulate`, also after a month that was broken off.
    """
    before = scenario.past.moves if scenario.past else ()
    played = Played(moves_by_key((*before, *moves)), frozenset(seats), frozenset(kinds), left)
    history = simulate(scenario, world, 1, months=months, log=log, observe=observe, played=played)
    return Replay(history, tuple(played.asked), rows(history.months))
