"""P8 to P11: what pacts do to those who hold them, and to those who face them.

P8 measures one set of worlds as an observer would, who cannot remove a pact. The others compare
worlds with the same random draws: with and without pacts, with unconditional pacts, or with firmer
commitments.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sim.scenario.schema.scenario import Scenario
from sim.statistics.arrays import FloatArray
from sim.statistics.bootstrap import Estimate, bootstrap
from sim.statistics.regression import fit_logit
from sim.validation.studies.patterns.alliances import (
    allies_by_actor,
    directed_pairs,
    neighbours_by_actor,
    pairs_with_outside_pact,
)
from sim.validation.studies.patterns.episodes import find_disputes, select_pairs
from sim.validation.studies.patterns.estimation import PAIR_RESAMPLING, stack_columns
from sim.validation.studies.patterns.population.scenario_writer import RIVAL_CLASS
from sim.validation.studies.patterns.simulated import SimulatedEnsemble

PREDICTORS = (
    "constant",
    "target's pact",
    "challenger's pact",
    "allied",
    "rivals",
    "border",
    "power",
)
"""Columns of `pair_predictors`, in order; P8 is about the second."""
TARGET_PACT_COLUMN = PREDICTORS.index("target's pact")

ObserverStatistic = Callable[[FloatArray, FloatArray, FloatArray], float]
"""From years with a challenge, predictors and years of every directed pair, to a figure."""


# -- as an observer sees it (P8) --------------------------------------------------------------


def pair_predictors(scenario: Scenario) -> FloatArray:
    """Return the predictors of every directed pair, (pair, predictor)."""
    allies, near = allies_by_actor(scenario), neighbours_by_actor(scenario)
    size = {code: actor.capability.value for code, actor in scenario.actors.items()}
    rivals = {
        rivalry.between
        for code, rivalry in scenario.rivalries.items()
        if code.startswith(RIVAL_CLASS)
    }
    rows = [
        (
            1,
            bool(allies[target] - {challenger}),
            bool(allies[challenger] - {target}),
            target in allies[challenger],
            (challenger, target) in rivals or (target, challenger) in rivals,
            target in near[challenger],
            size[challenger] / (size[challenger] + size[target]),
        )
        for challenger, target in directed_pairs(scenario)
    ]
    return np.array(rows, dtype=np.float64)


def count_challenge_years(ensemble: SimulatedEnsemble) -> FloatArray:
    """Return the years in which the first of a directed pair challenged, (world, pair)."""
    disputes = find_disputes(ensemble)[["world", "challenger", "target", "year"]].drop_duplicates()
    places = {pair: place for place, pair in enumerate(directed_pairs(ensemble.scenario))}
    pairs = zip(disputes["challenger"].astype(str), disputes["target"].astype(str), strict=True)
    indices = np.array([places[pair] for pair in pairs], dtype=np.int64)
    counts = np.zeros((ensemble.world_count, len(places)))
    np.add.at(counts, (disputes["world"].to_numpy(), indices), 1)
    return counts


def bootstrap_over_pairs(
    statistic: ObserverStatistic,
    challenge_years: FloatArray,
    predictors: FloatArray,
    years: FloatArray,
) -> Estimate:
    """Return an observer's figure with a bootstrap over pairs, both directions together.

    The figure depends on who happens to be allied far more than on random draws, so a bootstrap
    over worlds would understate its uncertainty. All arguments have one entry per directed pair, in
    the order of `directed_pairs`, where the two directions of a pair follow one another.
    """

    def weighted(weights: FloatArray) -> float:
        by_direction = np.repeat(weights, 2)
        return statistic(challenge_years * by_direction, predictors, years * by_direction)

    return bootstrap(weighted, [len(challenge_years) // 2], PAIR_RESAMPLING)


def challenge_rate_ratio(
    challenge_years: FloatArray, predictors: FloatArray, years: FloatArray
) -> float:
    """Return how often targets with a pact are challenged, as a multiple of those without."""
    held = predictors[:, TARGET_PACT_COLUMN] > 0
    with_, without = (challenge_years[group].sum() / years[group].sum() for group in (held, ~held))
    return float(with_ / without) if without else float("nan")


def adjusted_log_odds(
    challenge_years: FloatArray, predictors: FloatArray, years: FloatArray
) -> float:
    """Return the log-odds that a target's pact adds to a challenge, controlling for the rest."""
    return float(fit_logit(predictors, challenge_years, years)[TARGET_PACT_COLUMN])


# -- the same worlds, with and without (P9, P10, P11) -----------------------------------------


def _count_challenges(ensemble: SimulatedEnsemble, pairs: set[tuple[str, str]]) -> FloatArray:
    """Return challenges within some directed pairs, (world,)."""
    return ensemble.count_by_world(select_pairs(find_disputes(ensemble), pairs))


def compare_challenges(
    first: SimulatedEnsemble, second: SimulatedEnsemble, *, holder: int
) -> FloatArray:
    """Return challenges in both ensembles, (world, 2), by or to holders of the first's pacts.

    `holder` is 0 for challenges by a holder and 1 for challenges to one. Challenges between allies
    are left out.
    """
    pairs = pairs_with_outside_pact(first.scenario, holder=holder)
    return stack_columns(_count_challenges(first, pairs), _count_challenges(second, pairs))


def relative_change(sums: FloatArray) -> float:
    """Return the relative difference of the first from the second."""
    return float(sums[0] / sums[1] - 1) if sums[1] else float("nan")


def compare_resistance(first: SimulatedEnsemble, second: SimulatedEnsemble) -> FloatArray:
    """Return challenges to holders, resisted and all, in both ensembles, (world, 4)."""
    pairs = pairs_with_outside_pact(first.scenario, holder=1)
    counts = []
    for ensemble in (first, second):
        disputes = select_pairs(find_disputes(ensemble), pairs)
        counts += [
            ensemble.count_by_world(disputes[disputes["resisted"]]),
            ensemble.count_by_world(disputes),
        ]
    return stack_columns(*counts)


def share_difference(sums: FloatArray) -> float:
    """Return the first share less the second."""
    return _share(sums[:2]) - _share(sums[2:])


def compare_wars_given_disputes(first: SimulatedEnsemble, second: SimulatedEnsemble) -> FloatArray:
    """Return disputes of holders with outsiders that become wars, and all, in both, (world, 4)."""
    pairs = pairs_with_outside_pact(first.scenario, holder=1) | pairs_with_outside_pact(
        first.scenario, holder=0
    )
    counts = []
    for ensemble in (first, second):
        disputes = select_pairs(find_disputes(ensemble), pairs)
        counts += [
            ensemble.count_by_world(disputes[disputes["war"]]),
            ensemble.count_by_world(disputes),
        ]
    return stack_columns(*counts)


def share_ratio(sums: FloatArray) -> float:
    """Return the first share as a multiple of the second."""
    return _share(sums[:2]) / _share(sums[2:]) if sums[2] else float("nan")


def _share(sums: FloatArray) -> float:
    return float(sums[0] / sums[1]) if sums[1] else float("nan")
