"""Splits the difference of a choice's chance by the causes it goes through."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from sim.analysis.choices.change import COURSE, Change, changing
from sim.analysis.choices.choice import Choice, ChoiceKind
from sim.analysis.choices.split_log_odds import (
    PairedSide,
    SideView,
    challenge_log_odds,
    climb_log_odds,
    resist_log_odds,
)
from sim.model.arrays import any_world
from sim.model.recording.choice_rates import RivalryChoices
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
    first = SideView(with_, 0, list(codes[0]))
    actor = first.codes[first.own.actor]
    side = [codes[1][choices.actor] for choices in without.sides].index(actor)
    paired = PairedSide(first, SideView(without, side, list(codes[1])))
    rivals = _RivalChances(paired), _RivalChances(paired.other)
    for own, other in (rivals, rivals[::-1]):
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

    def __init__(self, pair: PairedSide) -> None:
        self.code = pair.with_.codes[pair.with_.own.actor]
        self._pair, self._choices = pair, (pair.with_.choices, pair.without.choices)
        first, second = self._choices
        disputed = any_world(first.under_way | second.under_way)
        free = any_world(first.free | second.free)
        self._challenges = self._chance(challenge_log_odds, free)
        self._resists = self._chance(resist_log_odds, free or disputed)
        self._escalates = self._chance(climb_log_odds, disputed)

    def challenge(self, other: _RivalChances) -> Change:
        """Return the chance that it challenges; a coin decides where both would."""
        return self._unless_other(other).where(*self._both(lambda choices: choices.free))

    def resist(self, other: _RivalChances) -> Change:
        """Return the chance that it is challenged and resists."""
        resisted = other._unless_other(self) * self._resists
        return resisted.where(*self._both(lambda choices: choices.free))

    def climb(self) -> Change:
        """Return the chance that it escalates a dispute."""
        facing, both = self._both(lambda choices: choices.under_way)
        same_stage = self._choices[0].at_force == self._choices[1].at_force
        return self._escalates.where(facing, both * same_stage)

    def begin_war(self, other: _RivalChances) -> Change:
        """Return the chance that it turns a dispute at force into war."""
        views = self._pair.with_, self._pair.without
        begun = [1.0 * (view.choices.challenger == view.side) for view in views]
        unyielding = other._escalates.complement() * other._resists
        unyielding = unyielding + other._escalates * changing(begun[0], begun[1], COURSE)
        begins = self._escalates * unyielding
        return begins.where(*self._both(lambda choices: choices.under_way & choices.at_force))

    def _unless_other(self, other: _RivalChances) -> Change:
        return self._challenges * other._challenges.times(0.5).complement()

    def _both(self, read: Callable[[RivalryChoices], Mask]) -> tuple[tuple[Vector, Vector], Vector]:
        """Return where the world of each scenario is in some state, and where both are."""
        first, second = (read(choices).astype(np.float64) for choices in self._choices)
        return (first, second), first * second

    def _chance(self, log_odds: Callable[[PairedSide], Change], faced: bool) -> Change:
        """Return the chance of a choice; 0 where no world faces it."""
        if faced:
            return log_odds(self._pair).logistic()
        nobody = np.zeros(len(self._choices[0].free))
        return Change(nobody, nobody)
