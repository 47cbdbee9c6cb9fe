"""How each pattern is measured on simulated worlds, by its code.

The claims, their ranges and sources are data, in scenarios/reference/patterns.csv. A code without a
measurement is left out.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from sim.statistics.bootstrap import Estimate
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
from sim.validation.studies.patterns.estimation import (
    estimate,
    estimate_share,
    median_of_counts,
    ratio,
)
from sim.validation.studies.patterns.population.scenario_writer import OTHER_CLASS, RIVAL_CLASS
from sim.validation.studies.quarrels import comparison

_PatternMeasurement = Callable[[Ensembles], Estimate]

_FIRST_YEAR_MONTHS, _DECADE_MONTHS = 12, 120


def measurements_by_code() -> dict[str, _PatternMeasurement]:
    """Return how each pattern is measured, by its code."""
    return (
        _dispute_measurements()
        | _escalation_measurements()
        | _pact_measurements()
        | _war_measurements()
        | _treaty_measurements()
    )


def _dispute_measurements() -> dict[str, _PatternMeasurement]:
    return {
        "P1a": lambda e: estimate_share(
            [disputes.count_onset_years(w, OTHER_CLASS) for w in e.reference]
        ),
        "P1b": lambda e: estimate_share(
            [disputes.count_onset_years(w, RIVAL_CLASS) for w in e.reference]
        ),
        "P1c": lambda e: estimate(
            [disputes.count_onset_years_by_class(w) for w in e.reference], disputes.relative_rate
        ),
        "P2a": lambda e: estimate_share(
            [disputes.count_pair_onset_years(e.baseline, e.subjects.pair)]
        ),
        "P2b": lambda e: estimate_share(
            [disputes.count_disputes_begun_by(e.baseline, e.subjects.pair, e.subjects.challenger)]
        ),
        "P2c": lambda e: estimate_share([disputes.count_pair_wars(e.baseline, e.subjects.pair)]),
        "P5": lambda e: estimate(
            [disputes.count_onset_clusters(w, RIVAL_CLASS) for w in e.reference],
            disputes.relative_rate,
        ),
        "P21": _measure_who_begins,
    }


def _measure_who_begins(ensembles: Ensembles) -> Estimate:
    sides = comparison.recorded_sides(ensembles.baseline, ensembles.disputes)
    counts = comparison.count_begun(ensembles.baseline, sides)
    return estimate([counts], partial(comparison.share_within_record, sides=sides))


def _escalation_measurements() -> dict[str, _PatternMeasurement]:
    return {
        "P3a": lambda e: estimate_share(
            [escalation.count_disputes_reaching(w, "forceful") for w in e.reference]
        ),
        "P3b": lambda e: estimate_share(
            [escalation.count_disputes_reaching(w, "war") for w in e.reference]
        ),
        "P4a": lambda e: estimate_share([escalation.count_replies(w) for w in e.reference]),
        "P4b": lambda e: estimate_share([escalation.count_replies(e.baseline, e.subjects.pair)]),
        "P15": lambda e: estimate_share([escalation.count_deterred_crises(w) for w in e.reference]),
    }


def _pact_measurements() -> dict[str, _PatternMeasurement]:
    return {
        "P8a": partial(measure_as_observer, statistic=pacts.challenge_rate_ratio),
        "P8b": partial(measure_as_observer, statistic=pacts.adjusted_log_odds),
        "P9a": lambda e: estimate(
            [
                pacts.compare_challenges(*pair, holder=1)
                for pair in zip(e.reference, e.without_pacts, strict=True)
            ],
            pacts.relative_change,
        ),
        "P9b": lambda e: estimate(
            [
                pacts.compare_challenges(*pair, holder=0)
                for pair in zip(e.unconditional, e.without_pacts, strict=True)
            ],
            pacts.relative_change,
        ),
        "P10": lambda e: estimate(
            [
                pacts.compare_resistance(*pair)
                for pair in zip(e.reference, e.without_pacts, strict=True)
            ],
            pacts.share_difference,
        ),
        "P11a": lambda e: estimate(
            [
                pacts.compare_challenges(*pair, holder=1)
                for pair in zip(e.reliable, e.unreliable, strict=True)
            ],
            ratio,
        ),
        "P11b": lambda e: estimate(
            [
                pacts.compare_wars_given_disputes(*pair)
                for pair in zip(e.reliable, e.unreliable, strict=True)
            ],
            pacts.share_ratio,
        ),
        "P12a": lambda e: estimate_share([honour.count_honoured_calls(w) for w in e.reference]),
        "P12b": lambda e: estimate_share([honour.count_honoured_calls(w) for w in e.reference]),
    }


def measure_as_observer(
    ensembles: Ensembles,
    statistic: pacts.ObserverStatistic,
    shuffled: np.random.Generator | None = None,
) -> Estimate:
    """Return P8 as an observer of the populations has it.

    With `shuffled`, targets' pacts are shuffled within each population: a placebo.
    """
    predictors = [pacts.pair_predictors(w.scenario) for w in ensembles.reference]
    if shuffled:
        for table in predictors:
            table[:, pacts.TARGET_PACT_COLUMN] = shuffled.permutation(
                table[:, pacts.TARGET_PACT_COLUMN]
            )
    begun = np.concatenate(
        [pacts.count_challenge_years(w).sum(axis=0) for w in ensembles.reference]
    )
    paired = zip(predictors, ensembles.reference, strict=True)
    years = np.concatenate(
        [np.full(len(table), float(w.world_count * w.years)) for table, w in paired]
    )
    return pacts.bootstrap_over_pairs(statistic, begun, np.concatenate(predictors), years)


def _war_measurements() -> dict[str, _PatternMeasurement]:
    joins = {
        f"P13{letter}": partial(_estimate_entries, third_party_class=kind)
        for letter, kind in zip("abcde", wars.THIRD_PARTY_CLASSES, strict=True)
    }
    return joins | {
        "P13f": _estimate_entry_order,
        "P14a": lambda e: estimate_share(
            [wars.count_wars_by_size(w)[:, [0, 2]] for w in e.reference]
        ),
        "P14b": lambda e: estimate_share(
            [wars.count_wars_by_size(w)[:, [1, 2]] for w in e.reference]
        ),
        "P19": lambda e: estimate_share([wars.count_entrapments(e.treaty, e.subjects.patron)]),
    }


def _estimate_entries(ensembles: Ensembles, third_party_class: str) -> Estimate:
    return estimate_share(
        [
            wars.select_class(wars.count_entries_by_class(w), third_party_class)
            for w in ensembles.reference
        ]
    )


def _estimate_entry_order(ensembles: Ensembles) -> Estimate:
    """Return the share of replicates in which classes join in the order claimed."""
    replicates = estimate(
        [wars.count_entries_by_class(w) for w in ensembles.reference], wars.entry_order_holds
    ).replicates
    return Estimate(float(replicates.mean()), np.empty(0))


def _treaty_measurements() -> dict[str, _PatternMeasurement]:
    return {
        "P6a": lambda e: estimate_share(
            [provocations.count_provocations(e.baseline, e.subjects.provoker)]
        ),
        "P6b": lambda e: estimate_share(
            [provocations.yearly_variance_and_mean(e.baseline, e.subjects.provoker)]
        ),
        "P7a": lambda e: estimate(
            [provocations.count_after_exercises(e.baseline, e.subjects.provoker, e.subjects.bloc)],
            provocations.rate_ratio_after_exercises,
        ),
        "P16a": lambda e: estimate_share(
            [council.count_vetoes(e.without_exchange, e.subjects.buyer, _DECADE_MONTHS)]
        ),
        "P16b": lambda e: estimate_share(
            [council.count_vetoes(e.baseline, e.subjects.buyer, _FIRST_YEAR_MONTHS)]
        ),
        "P16c": lambda e: estimate_share(
            [council.count_vetoes(e.baseline, e.subjects.other_member, _FIRST_YEAR_MONTHS)]
        ),
        "P17a": lambda e: estimate_share(
            [council.count_measures_followed_by(e.baseline, "coerced")]
        ),
        "P17b": lambda e: estimate_share(
            [council.count_measures_followed_by(e.baseline, "constrained")]
        ),
        "P17c": lambda e: estimate_share([council.count_consequences(e.baseline)]),
        "P18a": lambda e: estimate_share(
            [barter.count_troops_first(e.treaty, e.subjects.exchange)[:, [0, 2]]]
        ),
        "P18b": lambda e: estimate(
            [barter.count_lags_from_arms(e.treaty, e.subjects.exchange)], median_of_counts
        ),
        "P18c": lambda e: estimate(
            [barter.count_lags_from_troops(e.treaty, e.subjects.exchange)],
            partial(median_of_counts, first_value=-barter.SPAN_MONTHS),
        ),
        "P20a": lambda e: estimate([e.treaty.observations], alignment.median_alignments),
        "P20b": lambda e: estimate([e.treaty.observations], alignment.share_held_together),
    }
