"""What is measured for each pattern, by its code: from the worlds lived to a figure.

The claims, their ranges and sources are data, in scenarios/reference/patterns.csv. A code that has
no line here is left out.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from sim.validation.studies.patterns import (
    alignment,
    barter,
    council,
    disputes,
    escalation,
    honour,
    pacts,
    provocations,
    wars,
)
from sim.validation.studies.patterns.ensembles import Ensembles
from sim.validation.studies.patterns.estimation import Estimate, estimate, median, ratio, share_of
from sim.validation.studies.patterns.population.scenario_writer import OTHERS, RIVALS

Measure = Callable[[Ensembles], Estimate]

FIRST_YEAR, DECADE = 12, 120


def measures() -> dict[str, Measure]:
    """Return how each pattern is measured, by its code."""
    return _quarrels() | _escalation() | _pacts() | _wars() | _one_treaty()


def _quarrels() -> dict[str, Measure]:
    return {
        "P1a": lambda e: share_of([disputes.onset_counts(w, OTHERS) for w in e.reference]),
        "P1b": lambda e: share_of([disputes.onset_counts(w, RIVALS) for w in e.reference]),
        "P1c": lambda e: estimate(
            [disputes.both_classes(w) for w in e.reference], disputes.times_as_often
        ),
        "P2a": lambda e: share_of([disputes.pair_counts(e.baseline, e.about.pair)]),
        "P2b": lambda e: share_of(
            [disputes.begun_by(e.baseline, e.about.pair, e.about.challenger)]
        ),
        "P2c": lambda e: share_of([disputes.wars_of(e.baseline, e.about.pair)]),
        "P5": lambda e: estimate(
            [disputes.clustering(w, RIVALS) for w in e.reference], disputes.times_as_often
        ),
    }


def _escalation() -> dict[str, Measure]:
    return {
        "P3a": lambda e: share_of([escalation.funnel(w, "forceful") for w in e.reference]),
        "P3b": lambda e: share_of([escalation.funnel(w, "war") for w in e.reference]),
        "P4a": lambda e: share_of([escalation.replies(w) for w in e.reference]),
        "P4b": lambda e: share_of([escalation.replies(e.baseline, e.about.pair)]),
        "P15": lambda e: share_of([escalation.immediate_crises(w) for w in e.reference]),
    }


def _pacts() -> dict[str, Measure]:
    return {
        "P8a": partial(observed, figure=pacts.raw_ratio),
        "P8b": partial(observed, figure=pacts.rivalry_held),
        "P9a": lambda e: estimate(
            [pacts.compared(*each, holds=1) for each in zip(e.reference, e.without, strict=True)],
            pacts.change,
        ),
        "P9b": lambda e: estimate(
            [
                pacts.compared(*each, holds=0)
                for each in zip(e.unconditional, e.without, strict=True)
            ],
            pacts.change,
        ),
        "P10": lambda e: estimate(
            [pacts.resisted(*each) for each in zip(e.reference, e.without, strict=True)],
            pacts.difference,
        ),
        "P11a": lambda e: estimate(
            [pacts.compared(*each, holds=1) for each in zip(e.reliable, e.unreliable, strict=True)],
            ratio,
        ),
        "P11b": lambda e: estimate(
            [
                pacts.wars_given_disputes(*each)
                for each in zip(e.reliable, e.unreliable, strict=True)
            ],
            pacts.times,
        ),
        "P12a": lambda e: share_of([honour.kept(w) for w in e.reference]),
        "P12b": lambda e: share_of([honour.kept(w) for w in e.reference]),
    }


def observed(
    e: Ensembles,
    figure: pacts.Observed,
    shuffled: np.random.Generator | None = None,
) -> Estimate:
    """Return P8 as an observer of the populations has it.

    With `shuffled`, targets' pacts are dealt out anew within each population: a placebo.
    """
    known = [pacts.causes(w.scenario) for w in e.reference]
    if shuffled:
        for each in known:
            each[:, pacts.PACT] = shuffled.permutation(each[:, pacts.PACT])
    begun = np.concatenate([pacts.begun_years(w).sum(axis=0) for w in e.reference])
    lived = zip(known, e.reference, strict=True)
    years = np.concatenate([np.full(len(each), float(w.count * w.years)) for each, w in lived])
    return pacts.over_pairs(figure, begun, np.concatenate(known), years)


def _wars() -> dict[str, Measure]:
    joins = {
        f"P13{letter}": partial(_joins, kind=kind)
        for letter, kind in zip("abcde", wars.CLASSES, strict=True)
    }
    return joins | {
        "P13f": _order,
        "P14a": lambda e: share_of([wars.sizes(w)[:, [0, 2]] for w in e.reference]),
        "P14b": lambda e: share_of([wars.sizes(w)[:, [1, 2]] for w in e.reference]),
        "P19": lambda e: share_of([wars.dragged_in(e.treaty, e.about.patron)]),
    }


def _joins(e: Ensembles, kind: str) -> Estimate:
    return share_of([wars.of_class(wars.joined(w), kind) for w in e.reference])


def _order(e: Ensembles) -> Estimate:
    """Return the share of draws in which classes join in the order claimed."""
    drawn = estimate([wars.joined(w) for w in e.reference], wars.in_order).drawn
    return Estimate(float(drawn.mean()), np.empty(0))


def _one_treaty() -> dict[str, Measure]:
    return {
        "P6a": lambda e: share_of([provocations.frequency(e.baseline, e.about.provoker)]),
        "P6b": lambda e: share_of([provocations.swarming(e.baseline, e.about.provoker)]),
        "P7a": lambda e: estimate(
            [provocations.after_exercises(e.baseline, e.about.provoker, e.about.bloc)],
            provocations.times_the_rate,
        ),
        "P16a": lambda e: share_of([council.vetoes(e.untied, e.about.buyer, DECADE)]),
        "P16b": lambda e: share_of([council.vetoes(e.baseline, e.about.buyer, FIRST_YEAR)]),
        "P16c": lambda e: share_of([council.vetoes(e.baseline, e.about.other_member, DECADE)]),
        "P17a": lambda e: share_of([council.followed(e.baseline, "coerced")]),
        "P17b": lambda e: share_of([council.followed(e.baseline, "constrained")]),
        "P17c": lambda e: share_of([council.consequences(e.baseline)]),
        "P18a": lambda e: share_of([barter.in_order(e.treaty, e.about.exchange)[:, [0, 2]]]),
        "P18b": lambda e: estimate([barter.from_arms(e.treaty, e.about.exchange)], median),
        "P18c": lambda e: estimate(
            [barter.from_troops(e.treaty, e.about.exchange)], partial(median, first=-barter.SPAN)
        ),
        "P20a": lambda e: estimate([e.treaty.looks], alignment.usual_number),
        "P20b": lambda e: estimate([e.treaty.looks], alignment.held_together),
    }
