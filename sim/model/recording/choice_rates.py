"""Records the chances of the choices in a crisis, month by month, before any of them is drawn.

The sum of a chance over months is the expected number of a choice. Its mean over worlds is that of
the number drawn, with far less noise (Rao 1945; Blackwell 1947). A block simulated for its results
has no recorder. Recording draws nothing and changes no decision.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sim.model.arrays import Levels, Mask, Terms, Vector, any_world, total
from sim.model.decisions.crisis import challenge_terms, resist_terms
from sim.model.entities.rivalry import Rivalry
from sim.model.foresight.ally_influence import split_advice, split_moral_hazard
from sim.model.foresight.expectations import Expectations
from sim.model.recording.contests import Contest
from sim.model.recording.escalations import Escalation, record_escalations
from sim.model.state import SampledRules, State
from sim.model.theory.quantal_response import logistic


@dataclass(frozen=True)
class SideChoices:
    """The choices of one side of a rivalry in one month; terms are in log-odds, (world,) each.

    Attributes:
        actor: row of the actor.
        allies: rows of its allies, in the order in which each contest holds them.
        challenge, resist: terms of challenging, and of resisting; None where no world faces the
            choice.
        foreseen_resistance: the other side's terms of resisting, as this side estimates them.
        attacking: the contest that it expects if it challenges.
        attacked: the contest that it expects if the other side challenges.
        escalation: escalating, in the worlds in which a dispute is under way; None where it is in
            none.
        moral_hazard, advice: the part of each ally in these terms, by its row.
        help_if_attacked: the chances that each ally sends any aid and that it goes to open war if
            the other side attacks, as the other side expects them, (2, ally, world).
    """

    actor: int
    allies: tuple[int, ...]
    challenge: Terms | None
    resist: Terms | None
    foreseen_resistance: Terms | None
    attacking: Contest
    attacked: Contest
    escalation: Escalation | None
    moral_hazard: dict[int, Vector]
    advice: dict[int, Vector]
    help_if_attacked: Vector


@dataclass(frozen=True)
class RivalryChoices:
    """The choices on a rivalry in one month, in every world of a block.

    Later months change no vector of it, so that several months may be held together.

    Attributes:
        rivalry: the rivalry, for its constant numbers: its state changes after this.
        rules: the coefficients of the choices.
        free: where the two may challenge each other, (world,).
        under_way: where a dispute may escalate, (world,).
        at_force: where force is used short of war, (world,).
        challenger: the side that challenged last, (world,).
        sides: the choices of each side.
    """

    rivalry: Rivalry
    rules: SampledRules
    free: Mask
    under_way: Mask
    at_force: Mask
    challenger: Levels
    sides: tuple[SideChoices, SideChoices]

    @cached_property
    def challenge(self) -> Vector:
        """Chance that each side would challenge, if free, before a coin decides, (side, world)."""
        return self._chances([side.challenge for side in self.sides])

    @cached_property
    def resist(self) -> Vector:
        """Chance that each side resists a step of the other, (side, world)."""
        return self._chances([side.resist for side in self.sides])

    @cached_property
    def climb(self) -> Vector:
        """Chance that each side escalates, (side, world); 0 where no dispute is under way."""
        chances = np.zeros((2, len(self.free)))
        for chance, side in zip(chances, self.sides, strict=True):
            if side.escalation is not None:
                chance[self.under_way] = _chance(side.escalation.terms)
        return chances

    def _chances(self, choices: Sequence[Terms | None]) -> Vector:
        nobody = np.zeros(len(self.free))
        return np.array([nobody if terms is None else _chance(terms) for terms in choices])


def _chance(terms: Terms) -> Vector:
    return logistic(total(terms.values()))


class ChoiceRecorder:
    """Holds the choices of the current month.

    Attributes:
        rivalries: the choices on each rivalry, by its code.
    """

    def __init__(self) -> None:
        self.rivalries: dict[str, RivalryChoices] = {}

    def record(
        self,
        state: State,
        expectations: Expectations,
        free: Mapping[str, Mask],
    ) -> None:
        """Record the choices of this month, on the state on which they will be decided.

        Args:
            state: the state.
            expectations: what they expect this month.
            free: by rivalry, where the two may challenge each other, (world,).
        """
        under_way = state.disputes.in_dispute(state.month)
        escalations = record_escalations(expectations, under_way)
        self.rivalries = {
            rivalry.code: _RivalryView(state, expectations, rivalry).read(
                free[rivalry.code], under_way[row], escalations[2 * row : 2 * row + 2]
            )
            for row, rivalry in enumerate(state.rivalries.values())
        }


@dataclass(frozen=True)
class _RivalryView:
    """What the choices on a rivalry are read from."""

    state: State
    expectations: Expectations
    rivalry: Rivalry

    def read(
        self, free: Mask, under_way: Mask, escalations: Sequence[Escalation | None]
    ) -> RivalryChoices:
        rivalry, faced = self.rivalry, (any_world(free), any_world(under_way))
        first, second = (
            self._side(side, escalation, *faced) for side, escalation in enumerate(escalations)
        )
        return RivalryChoices(
            rivalry=rivalry,
            rules=self.state.rules,
            free=free,
            under_way=under_way,
            at_force=rivalry.at_force,
            challenger=rivalry.challenger.copy(),
            sides=(first, second),
        )

    def _side(
        self, side: int, escalation: Escalation | None, free: bool, under_way: bool
    ) -> SideChoices:
        rivalry, expectations = self.rivalry, self.expectations
        pair, expect = expectations.everywhere(rivalry), expectations.expect
        about = expectations, pair, side
        resistance = resist_terms(expectations, pair, 1 - side, side) if free else None
        return SideChoices(
            actor=rivalry.rivals[side],
            allies=tuple(ally.ally for ally in expectations.allies(rivalry, side)),
            challenge=challenge_terms(*about, resistance) if free else None,
            resist=resist_terms(*about, side) if free or under_way else None,
            foreseen_resistance=resistance,
            attacking=Contest.of(expect(pair, side, side)),
            attacked=Contest.of(expect(pair, 1 - side, side)),
            escalation=escalation,
            moral_hazard=split_moral_hazard(expectations, rivalry, side) if free else {},
            advice=split_advice(expectations, rivalry, side) if free or under_way else {},
            help_if_attacked=self._help_if_attacked(side),
        )

    def _help_if_attacked(self, side: int) -> Vector:
        """Return the chances of any aid and of open war, as the other side expects them."""
        pair = self.expectations.everywhere(self.rivalry)
        any_aid, _, war = self.expectations.expect(pair, 1 - side, 1 - side).defender.chances
        return np.stack([any_aid[1], war[1]])
