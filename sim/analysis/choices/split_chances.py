"""Splits the difference of a choice's chance by the causes it goes through."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from sim.analysis.choices.change import COURSE, Change, changing
from sim.analysis.choices.choice import Choice, ChoiceKind, war_chance
from sim.analysis.choices.split_log_odds import (
    PairedSide,
    challenge_log_odds,
    climb_log_odds,
    resist_log_odds,
    view_escalation,
    view_side,
)
from sim.model.arrays import any_world
from sim.model.places import Index
from sim.model.recording.choice_rates import RivalryChoices, SideChoices
from sim.statistics.arrays import Mask, Vector


def split_rivalry(
    rivalry: str,
    with_: RivalryChoices,
    without: RivalryChoices,
    codes: tuple[Sequence[str], Sequence[str]],
) -> Iterator[tuple[Choice, Change]]:
    """Yield every choice on a rivalry with its chance in both scenarios this month, split.

    Args:
        rivalry: its code.
        with_: the choices on it in the first scenario.
        without: the choices on it in the second.
        codes: of the actors of each scenario, by row.
    """
    actor = codes[0][with_.sides[0].actor]
    turned = [codes[1][choices.actor] for choices in without.sides].index(actor)
    first, second = (
        _RivalChances(
            PairedSide(
                view_side(with_, side, list(codes[0])),
                view_side(without, side ^ turned, list(codes[1])),
            )
        )
        for side in (0, 1)
    )
    for own, other in ((first, second), (second, first)):
        names = rivalry, own.code, other.code
        yield Choice(ChoiceKind.CHALLENGE, *names), own.challenge(other)
        yield Choice(ChoiceKind.RESIST, *names), own.resist(other)
        yield Choice(ChoiceKind.CLIMB, *names), own.climb()
        yield Choice(ChoiceKind.WAR, *names), own.begin_war(other)


class _RivalChances:
    """The chances of one side's choices in both scenarios, split.

    Attributes:
        code: of the actor.
    """

    def __init__(self, pair: PairedSide[SideChoices]) -> None:
        self.code = pair.with_.codes[pair.with_.own.actor]
        self._pair, self._choices = pair, (pair.with_.choices, pair.without.choices)
        first, second = self._choices
        free = any_world(first.free | second.free)
        self._challenges = self._chance(challenge_log_odds, free)
        self._resists = self._chance(
            resist_log_odds, free or any_world(first.under_way | second.under_way)
        )
        same_stage = first.at_force == second.at_force
        self._disputes: Index = np.flatnonzero(first.under_way & second.under_way & same_stage)
        self._escalates = self._escalation_chance()

    def challenge(self, other: _RivalChances) -> Change:
        """Return the chance that it challenges; a coin decides where both would."""
        return self._unless_other(other).where(*self._both(lambda choices: choices.free))

    def resist(self, other: _RivalChances) -> Change:
        """Return the chance that it is challenged and resists."""
        resisted = other._unless_other(self) * self._resists
        return resisted.where(*self._both(lambda choices: choices.free))

    def climb(self) -> Change:
        """Return the chance that it escalates a dispute."""
        with_, without = self._pair.both(lambda view: view.choices.climb[view.side])
        return self._escalates.among(self._disputes, with_, without)

    def begin_war(self, other: _RivalChances) -> Change:
        """Return the chance that it turns a dispute at force into war."""
        at_force = self._choices[0].at_force[self._disputes]
        rows = self._disputes[at_force]
        escalates, opposed = (each._escalates.take(at_force) for each in (self, other))
        begun = self._pair.both(lambda view: 1.0 * (view.choices.challenger == view.side)[rows])
        unyielding = opposed.complement() * other._resists.take(rows)
        unyielding = unyielding + opposed * changing(*begun, COURSE)
        with_, without = self._pair.both(lambda view: war_chance(view.choices, view.side))
        return (escalates * unyielding).among(rows, with_, without)

    def _escalation_chance(self) -> Change:
        """Return the chance that it escalates where both are at the same stage of a dispute."""
        if not len(self._disputes):
            return Change(np.zeros(0), np.zeros(0))
        with_, without = (
            view_escalation(view, self._disputes) for view in (self._pair.with_, self._pair.without)
        )
        return climb_log_odds(PairedSide(with_, without)).logistic()

    def _unless_other(self, other: _RivalChances) -> Change:
        return self._challenges * other._challenges.times(0.5).complement()

    def _both(self, read: Callable[[RivalryChoices], Mask]) -> tuple[tuple[Vector, Vector], Vector]:
        """Return where the world of each scenario is in some state, and where both are."""
        first, second = (read(choices).astype(np.float64) for choices in self._choices)
        return (first, second), first * second

    def _chance(self, log_odds: Callable[[PairedSide[SideChoices]], Change], faced: bool) -> Change:
        """Return the chance of a choice; 0 where no world faces it."""
        if faced:
            return log_odds(self._pair).logistic()
        return Change(self._pair.none, self._pair.none)
