"""What weighed how much when allies were first called: where the rule's chances come from."""

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


def contribution_rows(cases: Sequence[WarCase]) -> Iterator[TableRow]:
    """Yield the mean of each consideration, in log-odds, over all allies bound in one way.

    Only calls of the first month are counted, by the principal that an ally's answer is about.
    Whoever nothing bound is not called, and has no row.
    """
    terms: defaultdict[str, list[dict[str, float]]] = defaultdict(list)
    for case in cases:
        for kind, decision in _first_call_decisions(case):
            terms[kind].append({name: float(it.mean()) for name, it in decision.terms.items()})
    for kind in (kind for kind in COMMITMENTS if terms[kind]):
        for name in terms[kind][0]:
            mean = float(np.mean([each[name] for each in terms[kind]]))
            if mean:
                yield {"bound": kind, "allies": len(terms[kind]), "weighs": name, "log_odds": mean}


def _first_call_decisions(case: WarCase) -> Iterator[tuple[str, Decision]]:
    asked = {(each.ally, each.partner): each for each in case.answers}
    for decision in _simulate_first_month(case):
        occasion = decision.key
        answer = asked.get((occasion.who, occasion.towards))
        if occasion.what == "answer" and answer:
            yield commitment_of(case, answer), decision


def _simulate_first_month(case: WarCase) -> list[Decision]:
    log = DecisionLog()
    simulate(case.scenario, 0, _WORLDS, months=1, log=log)
    return log.decisions
