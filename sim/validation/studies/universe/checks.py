"""The checks of the record, U01 and so on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sim.statistics.bootstrap import bootstrap_mean
from sim.statistics.intervals import Interval
from sim.statistics.scores import brier
from sim.validation.check import Check, Verdict, verdict_above, verdict_on_target
from sim.validation.studies.universe.record import list_wars
from sim.validation.studies.universe.scoring import (
    ANCHORS_ONLY,
    REGRESSION,
    RULE,
    SHIPPED,
    WAR_RESAMPLING,
    Evaluation,
)
from sim.validation.studies.universe.tables import Evaluations

_PROMISED_RANK_TARGET = 0.78
_DUE_SKILL_TARGET = 0.12
"""Set before the rule was estimated in this form."""
SOURCES = ("ally-universe",)
_RANK_UNIT, _SKILL_UNIT = "share of pairs ranked correctly", "skill against the share of other wars"
_BY_WAR = "Interval by war."
_IN_SAMPLE = "The numbers rest on these very wars, so this is no evidence."
_BY_CHANCE = 0.5
"""Pairs that are ranked correctly by chance."""


def build_score_checks(evaluations: Evaluations, splits: Evaluations) -> Iterator[Check]:
    """Yield the checks of the forecasts, without their codes."""
    yield from _estimated_checks(evaluations)
    yield from _diagnostic_checks(evaluations)
    yield from _split_checks(splits)
    yield from _shipped_checks(evaluations)


def _estimated_checks(evaluations: Evaluations) -> Iterator[Check]:
    everyone, promised, due = (
        evaluations[group, RULE] for group in ("all", "aid promised", "aid due")
    )
    regression = evaluations["aid promised", REGRESSION]
    yield _rank_check(everyone, 0.5)
    yield _skill_check(everyone, 0.0, _describe_concentration(everyone))
    yield _rank_check(promised, _PROMISED_RANK_TARGET, _diagnose_ranking(promised, regression))
    yield _skill_check(promised, 0.0, _describe_concentration(promised))
    yield _rank_check(due, 0.5)
    yield _skill_check(due, _DUE_SKILL_TARGET)
    yield _rank_check(regression, _PROMISED_RANK_TARGET)
    yield _skill_check(evaluations["aid due", REGRESSION], _DUE_SKILL_TARGET)


def _describe_concentration(evaluation: Evaluation) -> str:
    joins = evaluation.record.select(lambda row: row.joined)
    return (
        f"Its {len(joins.rows)} joins fall into {len(list_wars(joins.rows))} wars, so the interval "
        "by war is wide."
    )


def _diagnose_ranking(rule: Evaluation, regression: Evaluation) -> str:
    if rule.rank_accuracy.value > _PROMISED_RANK_TARGET:
        return ""
    return (
        "Anchors of small classes, and the slope for nuclear opponents, move with the war that is "
        "left out. The regression of the same terms, which shrinks its classes, ranks "
        f"{regression.rank_accuracy.value:.2f}; within a war the rule ranks "
        f"{rule.rank_accuracy_within.value:.2f}."
    )


def _diagnostic_checks(evaluations: Evaluations) -> Iterator[Check]:
    promised = evaluations["aid promised", RULE]
    yield _facts_check(promised, evaluations["aid promised", ANCHORS_ONLY])
    within = promised.rank_accuracy_within
    yield interval_check(
        "Aid promised: within a war, one that joined has a higher chance than one that did not",
        "more often than not: above 0.50",
        within,
        _RANK_UNIT,
        verdict_above(within.low, within.high, 0.5),
        f"Pairs of one war only, over all wars. {_BY_WAR}",
    )
    for group in ("all", "aid promised", "aid due"):
        yield _level_check(evaluations[group, RULE])


def _split_checks(splits: Evaluations) -> Iterator[Check]:
    for tested, fitted in (("since_1946", "to 1945"), ("to_1945", "since 1946")):
        evaluation = splits[tested, "aid promised"]
        check = _rank_check(evaluation, 0.5)
        share = evaluation.observed_share.value
        yield replace(
            check,
            claim=f"Aid promised: the rule of the wars {fitted} ranks allies in the other era",
            says=f"{_BY_WAR} The level is another matter: the mean chance is "
            f"{evaluation.mean_chance:.3f}, the share {share:.3f}.",
        )


def _shipped_checks(evaluations: Evaluations) -> Iterator[Check]:
    promised, due = (evaluations[group, SHIPPED] for group in ("aid promised", "aid due"))
    for check in (
        _rank_check(promised, _PROMISED_RANK_TARGET),
        _skill_check(due, _DUE_SKILL_TARGET),
    ):
        yield replace(check, tuned=True, says=f"{check.says} {_IN_SAMPLE}")


def _rank_check(evaluation: Evaluation, target: float, diagnosis: str = "") -> Check:
    rank = evaluation.rank_accuracy
    return interval_check(
        f"{_subject(evaluation)} gives one that joined a higher chance than one that did not",
        "more often than not: above 0.50" if target == 0.5 else f"above {target:.2f}, set before",
        rank,
        _RANK_UNIT,
        verdict_above(rank.low, rank.high, target)
        if target == 0.5
        else verdict_on_target(rank.value > target),
        f"Area under the curve of hits and false alarms (AUC). {_BY_WAR} {diagnosis}".strip(),
    )


def _skill_check(evaluation: Evaluation, target: float, diagnosis: str = "") -> Check:
    skill = evaluation.skill
    return interval_check(
        f"{_subject(evaluation)} forecasts better than the share of the other wars",
        f"skill above {target:.2f}, set before" if target else "skill above 0",
        skill,
        _SKILL_UNIT,
        verdict_on_target(skill.value > target)
        if target
        else verdict_above(skill.low, skill.high, 0.0),
        f"Brier score {evaluation.brier:.4f}. {_BY_WAR} {diagnosis}".strip(),
    )


def _facts_check(rule: Evaluation, anchors: Evaluation) -> Check:
    joined = rule.record.joined
    gain = bootstrap_mean(
        brier(anchors.chances, joined) - brier(rule.chances, joined),
        rule.record.war_index,
        WAR_RESAMPLING,
    )
    return interval_check(
        "Aid promised: the ally's own quarrels and shared disputes add to its class",
        "Brier score lower than of the anchors alone: above 0",
        gain,
        "difference of mean Brier scores",
        verdict_above(gain.low, gain.high, 0.0),
        f"The anchors alone rank {anchors.rank_accuracy.value:.2f} of pairs correctly, with the "
        f"facts {rule.rank_accuracy.value:.2f}; within a war "
        f"{anchors.rank_accuracy_within.value:.2f} and {rule.rank_accuracy_within.value:.2f}.",
    )


def _level_check(evaluation: Evaluation) -> Check:
    share, mean = evaluation.observed_share, evaluation.mean_chance
    inside = share.low <= mean <= share.high
    return Check(
        code="",
        claim=f"{_subject(evaluation)} has the observed share as its mean chance",
        target=f"{share.value:.3f} ({share.low:.3f} to {share.high:.3f}) joined",
        value=mean,
        unit="mean chance",
        sources=SOURCES,
        verdict="met" if inside else "missed",
        says="The mean chance lies above the share of the record for two reasons: published rates "
        "of honour are higher, and an anchor is the chance at the means, not the mean chance."
        if mean > share.value
        else _BY_WAR,
    )


def interval_check(
    claim: str, target: str, value: Interval, unit: str, verdict: Verdict, says: str
) -> Check:
    """Return a check of a figure with its interval, without a code."""
    return Check(
        code="",
        claim=claim,
        target=target,
        value=value.value,
        low=value.low,
        high=value.high,
        unit=unit,
        sources=SOURCES,
        verdict=verdict,
        says=says,
    )


def _subject(evaluation: Evaluation) -> str:
    return f"{evaluation.group.capitalize()}: {evaluation.forecaster}"


def _verdict(value: Interval, target: float, *, set_beforehand: bool) -> Verdict:
    """Return the verdict on a target set beforehand, or on what chance or a baseline gives."""
    if set_beforehand:
        return verdict_on_target(value.value > target)
    return verdict_above(value.low, value.high, target)
