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

    def at(self, rows: Index) -> Escalation:
        """Return some rows, in their order."""
        terms = {name: term[rows] for name, term in self.terms.items()}
        return Escalation(terms, self.step.at(rows), self.war.at(rows))


def record_escalations(expectations: Expectations, under_way: Mask) -> list[Escalation | None]:
    """Return the escalation of every side, by its row; None where no world faces it.

    Args:
        expectations: what actors expect this month.
        under_way: where a dispute may escalate, (rivalry, world).
    """
    faced = np.repeat(under_way, 2, axis=0)
    if not any_world(faced):
        return [None] * len(faced)
    together, ends = _Cases(expectations, faced), np.cumsum([0, *np.count_nonzero(faced, axis=1)])
    return [
        together.of_side(side, slice(first, end)) if first < end else None
        for side, (first, end) in enumerate(pairwise(ends.tolist()))
    ]


class _Cases:
    """Escalating by all sides, one after another, where each faces it."""

    def __init__(self, expectations: Expectations, faced: Mask) -> None:
        """Work it out where it is `faced`, (side row, world)."""
        pair = expectations.in_cases(*faced.nonzero())
        self._terms = next_rung_terms(expectations, pair, 0)
        self._step = expectations.expect(pair, 0, 0)
        self._war = expectations.expect(pair, 0, 0, begins_for_sure=True)
        self._foreseen = expectations.foreseen

    def of_side(self, side: int, cases: slice) -> Escalation:
        """Return the cases of one side."""
        allies = self._foreseen.of_side(side), self._foreseen.of_side(side ^ 1)
        return Escalation(
            {name: term[cases] for name, term in self._terms.items()},
            Contest.of_cases(self._step, cases, allies),
            Contest.of_cases(self._war, cases, allies),
        )
