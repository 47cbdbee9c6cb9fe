"""Forecasts every answer from the other wars, and scores the forecasts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from sim.statistics.arrays import FloatArray, Mask, Vector
from sim.statistics.bootstrap import (
    Resampling,
    bootstrap_mean,
    bootstrap_rank_accuracy,
    bootstrap_sums,
)
from sim.statistics.intervals import Interval
from sim.statistics.scores import brier, skill_score
from sim.validation.base_rates import base_rate_forecast
from sim.validation.studies.universe.estimates import (
    RuleEstimates,
    estimate_anchors,
    estimate_rule,
)
from sim.validation.studies.universe.record import ERAS, Record, RecordedAnswer
from sim.validation.studies.universe.regression import fit_regression

RULE = "the rule estimated on the other wars"
_UNPUBLISHED = "the same without published rates"
ANCHORS_ONLY = "its anchors alone"
REGRESSION = "a regression of its terms on the other wars"
SHIPPED = "the rule as shipped"
FORECASTERS = (RULE, _UNPUBLISHED, ANCHORS_ONLY, REGRESSION, SHIPPED)
GROUPS: dict[str, Callable[[RecordedAnswer], bool]] = {
    "all": lambda row: True,  # noqa: ARG005  every answer
    "aid promised": lambda row: row.is_aid_promised,
    "aid due": lambda row: row.obligation == "due",
}
"""The answers that are scored together."""
WAR_RESAMPLING = Resampling(seed=18230407, replicates=2000)


@dataclass(frozen=True)
class Evaluation:
    """The forecasts of one group by one forecaster, and what happened.

    Attributes:
        group: one of `GROUPS`, or the era of a split in time.
        forecaster: who forecasts.
        record: the answers of the group.
        chances: the chance of joining, (answer,).
    """

    group: str
    forecaster: str
    record: Record = field(repr=False)
    chances: Vector = field(repr=False)

    @property
    def mean_chance(self) -> float:
        """The mean chance."""
        return float(self.chances.mean())

    @cached_property
    def observed_share(self) -> Interval:
        """The share that joined, with an interval by war."""
        return bootstrap_mean(self.record.joined, self.record.war_index, WAR_RESAMPLING)

    @cached_property
    def brier(self) -> float:
        """The mean Brier score."""
        return float(brier(self.chances, self.record.joined).mean())

    @cached_property
    def skill(self) -> Interval:
        """Skill against the share of the other wars in the group, with an interval by war."""
        joined, wars = self.record.joined, self.record.war_index
        reference = base_rate_forecast(joined, wars)
        scores = [brier(chances, joined) for chances in (self.chances, reference)]
        sums = np.stack([np.bincount(wars, score) for score in scores], axis=1).astype(float)
        return bootstrap_sums(
            [sums], lambda total: skill_score(*total.tolist()), WAR_RESAMPLING
        ).interval

    @cached_property
    def rank_accuracy(self) -> Interval:
        """How often one that joined was given a higher chance than one that did not."""
        return bootstrap_rank_accuracy(
            self.chances, self.record.joined, self.record.war_index, WAR_RESAMPLING
        )

    @cached_property
    def rank_accuracy_within(self) -> Interval:
        """The same among the pairs of one war, over all wars."""
        sums = np.array(list(_pairs_by_war(self.record, self.chances)))
        return bootstrap_sums([sums], _share_of_pairs, WAR_RESAMPLING).interval


def _share_of_pairs(sums: Vector) -> float:
    return float(sums[0] / sums[1]) if sums[1] else float("nan")


def _pairs_by_war(record: Record, chances: Vector) -> Iterator[tuple[float, float]]:
    """Yield the pairs ranked correctly, and all pairs, of each war."""
    for war in range(int(record.war_index.max()) + 1):
        own = record.war_index == war
        event, other = (chances[own & (record.joined == yes)] for yes in (1, 0))
        difference = event[:, None] - other
        yield float(((1 + np.sign(difference)) / 2).sum()), float(difference.size)


def forecast_all(record: Record, shipped: RuleEstimates) -> dict[str, Vector]:
    """Return the chances by each forecaster that does not depend on the group, (answer,)."""
    names = (RULE, _UNPUBLISHED, ANCHORS_ONLY)
    forecasts = {name: np.zeros(len(record.rows)) for name in names}
    for war, own in _each_war(record):
        rule, rows = estimate_rule(record, {war}), record.of_war(war)
        variants = {
            RULE: rule,
            _UNPUBLISHED: replace(rule, anchors=estimate_anchors(record, {war}, published=False)),
            ANCHORS_ONLY: replace(rule, slopes=np.zeros(len(rule.slopes))),
        }
        for name, variant in variants.items():
            forecasts[name][own] = variant.chances(rows)
    return forecasts | {SHIPPED: shipped.chances(record)}


def forecast_by_regression(record: Record) -> Vector:
    """Return the chances of a regression on the other wars of the group, (answer,)."""
    chances = np.zeros(len(record.rows))
    for war, own in _each_war(record):
        chances[own] = fit_regression(record.without({war})).chances(record.of_war(war))
    return chances


def _each_war(record: Record) -> Iterator[tuple[int, Mask]]:
    for war in np.unique(record.war):
        yield int(war), record.war == war


def evaluate_groups(
    record: Record, forecasts: Mapping[str, Vector]
) -> dict[tuple[str, str], Evaluation]:
    """Return an evaluation of each forecaster by group and forecaster."""
    evaluations = {}
    for group, belongs in GROUPS.items():
        rows, mask = record.select(belongs), record.mask(belongs)
        chances = {name: values[mask] for name, values in forecasts.items()}
        chances[REGRESSION] = forecast_by_regression(rows)
        for name in FORECASTERS:
            evaluations[group, name] = Evaluation(group, name, rows, chances[name])
    return evaluations


def evaluate_time_splits(record: Record) -> dict[tuple[str, str], Evaluation]:
    """Return evaluations of the rule of one era in the other, by era tested and group.

    The classes of the era on which it is fitted are used: nothing tells it how the level changes.
    """
    evaluations = {}
    for fitted, tested in (ERAS, ERAS[::-1]):
        later = record.of_era(tested)
        rule = estimate_rule(record, {row.war for row in later.rows})
        for group, belongs in GROUPS.items():
            rows = later.select(belongs)
            name = f"{RULE}: {fitted}"
            evaluations[tested, group] = Evaluation(group, name, rows, rule.chances(rows, fitted))
    return evaluations


def as_columns(evaluations: Mapping[tuple[str, str], Evaluation], forecaster: str) -> FloatArray:
    """Return the chances of one forecaster by group, (group, answer); nan outside the group."""
    whole = evaluations["all", forecaster].record
    table = np.full((len(GROUPS), len(whole.rows)), np.nan)
    for place, (group, belongs) in enumerate(GROUPS.items()):
        table[place, whole.mask(belongs)] = evaluations[group, forecaster].chances
    return table
