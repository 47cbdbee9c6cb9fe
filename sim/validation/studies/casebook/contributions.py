"""What weighed how much when allies were first called: where the rule's chances come from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from sim.model.decision_log import Decision, Reasons
from sim.model.model import Worlds
from sim.validation.check import Row
from sim.validation.studies.casebook.cases import Case
from sim.validation.studies.casebook.features import KINDS, kind_of

WORLDS = 100


def weighed_rows(cases: Sequence[Case]) -> Iterator[Row]:
    """Yield the mean of each consideration, in log-odds, over all allies bound in one way.

    Only calls of the first month are counted, by the principal that an ally's answer is about.
    Whoever nothing bound is not called, and has no row.
    """
    terms: defaultdict[str, list[dict[str, float]]] = defaultdict(list)
    for case in cases:
        for kind, decision in _first_calls(case):
            terms[kind].append({name: float(it.mean()) for name, it in decision.terms.items()})
    for kind in (kind for kind in KINDS if terms[kind]):
        for name in terms[kind][0]:
            mean = float(np.mean([each[name] for each in terms[kind]]))
            if mean:
                yield {"bound": kind, "allies": len(terms[kind]), "weighs": name, "log_odds": mean}


def _first_calls(case: Case) -> Iterator[tuple[str, Decision]]:
    asked = {(each.ally, each.partner): each for each in case.answers}
    for decision in _first_month(case):
        occasion = decision.occasion
        answer = asked.get((occasion.who, occasion.towards))
        if occasion.what == "answer" and answer:
            yield kind_of(case, answer), decision


def _first_month(case: Case) -> list[Decision]:
    worlds = Worlds(case.scenario, 0, WORLDS)
    try:
        worlds.stage.state.reasons = reasons = Reasons()
        worlds.step()
        return reasons.decisions
    finally:
        worlds.close()
