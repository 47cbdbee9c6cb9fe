"""Mean considerations of allies at the outbreak: where the rule's chances come from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from sim.model.decision_log import Decision, DecisionLog
from sim.model.simulate import simulate
from sim.validation.check import TableRow
from sim.validation.studies.casebook.cases import WarCase
from sim.validation.studies.casebook.features import COMMITMENTS, commitment_of

_WORLDS = 100
_NEGLIGIBLE = 1e-9
_DECISIONS = {"answer", "join"}
"""Decisions on aid: of those who promised something, and of those who promised nothing."""


def contribution_rows(cases: Sequence[WarCase]) -> Iterator[TableRow]:
    """Yield the mean of each consideration, in log-odds, over all allies with one commitment.

    Each is a departure from the mean of its record, but for the first, the level of those who
    promised nothing, and the promise, which is what a promise adds to it. Only the first month
    counts, and the principal that an ally's answer is about.
    """
    terms: defaultdict[str, list[dict[str, float]]] = defaultdict(list)
    for case in cases:
        for kind, decision in _first_call_decisions(case):
            terms[kind].append({name: float(term.mean()) for name, term in decision.terms.items()})
    for kind in (kind for kind in COMMITMENTS if terms[kind]):
        for name in dict.fromkeys(name for decision in terms[kind] for name in decision):
            mean = float(np.mean([decision.get(name, 0.0) for decision in terms[kind]]))
            if abs(mean) > _NEGLIGIBLE:
                yield {"bound": kind, "allies": len(terms[kind]), "weighs": name, "log_odds": mean}


def _first_call_decisions(case: WarCase) -> Iterator[tuple[str, Decision]]:
    answers = {(answer.ally, answer.partner): answer for answer in case.answers}
    for decision in _simulate_first_month(case):
        key = decision.key
        answer = answers.get((key.who, key.towards))
        if key.what in _DECISIONS and answer:
            yield commitment_of(case, answer), decision


def _simulate_first_month(case: WarCase) -> list[Decision]:
    log = DecisionLog()
    simulate(case.scenario, 0, _WORLDS, months=1, log=log)
    return log.decisions
