"""Records what escalating a dispute rests on, in the few worlds in which one is under way.

They are cases, one side in one world each, so that those of all sides are worked out together.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from sim.model.arrays import Mask, Terms, any_world
from sim.model.decisions.crisis import next_rung_terms
from sim.model.foresight.expectations import Expectations
from sim.model.places import Index
from sim.model.recording.contests import Contest


@dataclass(frozen=True)
class Escalation:
    """Escalating by one side of a rivalry where a dispute is under way, a row for each such world.

    Attributes:
        terms: of escalating by a rung, in log-odds, (row,) each.
        step: the contest that it expects if it escalates.
        war: the contest that it expects if it begins a war.
    """

    terms: Terms
    step: Contest
    war: Contest

    def at(
        self, rows: Index | slice, allies: tuple[int | None, int | None] = (None, None)
    ) -> Escalation:
        """Return some rows, in their order; of the first so many allies of each side, or of all."""
        terms = {name: term[rows] for name, term in self.terms.items()}
        return Escalation(terms, self.step.at(rows, allies), self.war.at(rows, allies))


def record_escalations(expectations: Expectations, under_way: Mask) -> list[Escalation | None]:
    """Return the escalation of every side, by its row; None where no world faces it.

    Args:
        expectations: what actors expect this month.
        under_way: where a dispute may escalate, (rivalry, world).
    """
    faced = np.repeat(under_way, 2, axis=0)
    if not any_world(faced):
        return [None] * len(faced)
    together, rivalries = _escalate_in_cases(expectations, faced), expectations.state.rivalries
    sides = [(rivalry, side) for rivalry in rivalries.values() for side in (0, 1)]
    allies = [len(expectations.allies(*each)) for each in sides]
    ends = np.cumsum([0, *np.count_nonzero(faced, axis=1)]).tolist()
    return [
        together.at(slice(first, end), (allies[row], allies[row ^ 1])) if first < end else None
        for row, (first, end) in enumerate(pairwise(ends))
    ]


def _escalate_in_cases(expectations: Expectations, faced: Mask) -> Escalation:
    """Return the escalation of all sides, (side row, world), one after another."""
    pair = expectations.in_cases(*faced.nonzero())
    terms = next_rung_terms(expectations, pair, 0)
    step = expectations.expect(pair, 0, 0)
    war = expectations.expect(pair, 0, 0, begins_for_sure=True)
    return Escalation(terms, Contest.of(step), Contest.of(war))
