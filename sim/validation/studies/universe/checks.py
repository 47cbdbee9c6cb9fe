"""The checks of the record, U01 and so on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain

import numpy as np

from sim.statistics.arrays import FloatArray
from sim.statistics.bootstrap import bootstrap_mean, bootstrap_sums
from sim.statistics.intervals import Interval
from sim.statistics.scores import brier
from sim.validation.check import Check, Verdict
from sim.validation.studies.universe.record import Record
from sim.validation.studies.universe.scoring import (
    ANCHORS_ONLY,
    REGRESSION,
    RULE,
    SHIPPED,
    WAR_RESAMPLING,
    Evaluation,
)
from sim.validation.studies.universe.tables import Evaluations

PROMISED_RANK_TARGET = 0.78
DUE_SKILL_TARGET = 0.12
"""Set before the rule was estimated in this form."""
_SOURCES = ("allies-record",)
_RANK_UNIT, _SKILL_UNIT = "share of pairs ranked correctly", "skill against the share of other wars"
_BY_WAR = "Interval by war."
_IN_SAMPLE = "The numbers rest on these very wars, so this is no evidence."


def build_checks(
    record: Record,
    evaluations: Evaluations,
    splits: Evaluations,
    fits: Mapping[str, Mapping[str, float]],
) -> tuple[Check, ...]:
    """Return all checks in the order of their codes."""
    checks = chain(
        _estimated_checks(evaluations),
        _diagnostic_checks(evaluations),
        _split_checks(splits),
        _shipped_checks(evaluations),
        (_selection_check(record), _promise_check(fits)),
    )
    return tuple(replace(check, code=f"U{place:02}") for place, check in enumerate(checks, 1))


def _estimated_checks(evaluations: Evaluations) -> Iterator[Check]:
    everyone, promised, due = (
        evaluations[group, RULE] for group in ("all", "aid promised", "aid due")
    )
    yield _rank_check(everyone, 0.5, "")
    yield _skill_check(everyone, 0.0, "")
    yield _rank_check(promised, PROMISED_RANK_TARGET, "")
    yield _skill_check(promised, 0.0, "")
    yield _rank_check(due, 0.5, "")
    yield _skill_check(due, DUE_SKILL_TARGET, "")
    yield _rank_check(evaluations["aid promised", REGRESSION], PROMISED_RANK_TARGET, "")
    yield _skill_check(evaluations["aid due", REGRESSION], DUE_SKILL_TARGET, "")


def _diagnostic_checks(evaluations: Evaluations) -> Iterator[Check]:
    promised = evaluations["aid promised", RULE]
    yield _facts_check(promised, evaluations["aid promised", ANCHORS_ONLY])
    within = promised.rank_accuracy_within
    yield _check(
        "Aid promised: within a war, one that joined has a higher chance than one that did not",
        "more often than not: above 0.50",
        within,
        _RANK_UNIT,
        _certain(within, 0.5),
        f"Pairs of one war only, over all wars. {_BY_WAR}",
    )
    for group in ("all", "aid promised", "aid due"):
        yield _level_check(evaluations[group, RULE])


def _split_checks(splits: Evaluations) -> Iterator[Check]:
    for tested, fitted in (("since_1946", "to 1945"), ("to_1945", "since 1946")):
        evaluation = splits[tested, "aid promised"]
        check = _rank_check(evaluation, 0.5, "")
        share = evaluation.observed_share.value
        yield replace(
            check,
            claim=f"Aid promised: the rule of the wars {fitted} ranks allies in the other era",
            says=f"{_BY_WAR} Its level does not carry over: the mean chance is "
            f"{evaluation.mean_chance:.3f}, the share {share:.3f}.",
        )


def _shipped_checks(evaluations: Evaluations) -> Iterator[Check]:
    promised, due = (evaluations[group, SHIPPED] for group in ("aid promised", "aid due"))
    for check in (
        _rank_check(promised, PROMISED_RANK_TARGET, ""),
        _skill_check(due, DUE_SKILL_TARGET, ""),
    ):
        yield replace(check, tuned=True, says=f"{check.says} {_IN_SAMPLE}")


def _rank_check(evaluation: Evaluation, target: float, says: str) -> Check:
    rank = evaluation.rank_accuracy
    return _check(
        f"{_subject(evaluation)} gives one that joined a higher chance than one that did not",
        "more often than not: above 0.50" if target == 0.5 else f"above {target:.2f}, set before",
        rank,
        _RANK_UNIT,
        _certain(rank, target) if target == 0.5 else _reaches(rank, target),
        says or f"Area under the curve of hits and false alarms (AUC). {_BY_WAR}",
    )


def _skill_check(evaluation: Evaluation, target: float, says: str) -> Check:
    skill = evaluation.skill
    return _check(
        f"{_subject(evaluation)} forecasts better than the share of the other wars",
        f"skill above {target:.2f}, set before" if target else "skill above 0",
        skill,
        _SKILL_UNIT,
        _reaches(skill, target) if target else _certain(skill, 0.0),
        says or f"Brier score {evaluation.brier:.4f}. {_BY_WAR}",
    )


def _facts_check(rule: Evaluation, anchors: Evaluation) -> Check:
    joined = rule.record.joined
    gain = bootstrap_mean(
        brier(anchors.chances, joined) - brier(rule.chances, joined),
        rule.record.war_index,
        WAR_RESAMPLING,
    )
    return _check(
        "Aid promised: the ally's own quarrels and shared disputes add to its class",
        "Brier score lower than of the anchors alone: above 0",
        gain,
        "difference of mean Brier scores",
        _certain(gain, 0.0),
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
        sources=_SOURCES,
        verdict="met" if inside else "missed",
        says="The mean chance lies above the share of the record for two reasons: published rates "
        "of honour are higher, and an anchor is the chance at the means, not the mean chance."
        if mean > share.value
        else _BY_WAR,
    )


def _selection_check(record: Record) -> Check:
    inside, outside = (
        _sums_by_war(record, in_casebook=in_casebook) for in_casebook in (True, False)
    )
    blocks = [np.pad(inside, ((0, 0), (0, 2))), np.pad(outside, ((0, 0), (2, 0)))]
    gap = bootstrap_sums(
        blocks, lambda sums: float(sums[0] / sums[1] - sums[2] / sums[3]), WAR_RESAMPLING
    ).interval
    shares = [sums.sum(axis=0) for sums in (inside, outside)]
    inner, outer = (f"{sums[0] / sums[1]:.3f} of {sums[1]:.0f}" for sums in shares)
    return _check(
        "Where aid was due, allies joined as often in the other wars as in those of the casebook",
        "difference of shares: 0",
        gap,
        "difference of shares",
        "met" if gap.low <= 0 <= gap.high else "missed",
        f"Joined: {inner} in the casebook's wars, {outer} in the others. The casebook was chosen "
        "among wars in which alliances mattered; it can test ranking, not the level.",
    )


def _sums_by_war(record: Record, *, in_casebook: bool) -> FloatArray:
    rows = record.of_obligation("due", in_casebook=in_casebook)
    counts = [np.bincount(rows.war_index, rows.joined), np.bincount(rows.war_index)]
    return np.stack(counts, axis=1).astype(float)


def _promise_check(fits: Mapping[str, Mapping[str, float]]) -> Check:
    other = fits["other"]
    gap = other["due"] - other["consultation"]
    return Check(
        code="",
        claim="In the wars outside the casebook, aid due weighs more than mere consultation",
        target="difference of coefficients above 0",
        value=gap,
        unit="log-odds",
        sources=_SOURCES,
        verdict="met" if gap > 0 else "missed",
        says=f"Coefficient of aid due {other['due']:.2f}, of consultation "
        f"{other['consultation']:.2f}; in all wars {fits['all']['due']:.2f} and "
        f"{fits['all']['consultation']:.2f}. The evidence that promises of aid matter is mostly "
        "that of the casebook's wars.",
    )


def _check(
    claim: str, target: str, value: Interval, unit: str, verdict: Verdict, says: str
) -> Check:
    return Check(
        code="",
        claim=claim,
        target=target,
        value=value.value,
        low=value.low,
        high=value.high,
        unit=unit,
        sources=_SOURCES,
        verdict=verdict,
        says=says,
    )


def _subject(evaluation: Evaluation) -> str:
    return f"{evaluation.group.capitalize()}: {evaluation.forecaster}"


def _certain(interval: Interval, bound: float) -> Verdict:
    """Return met where the whole interval lies above a bound."""
    if interval.low > bound:
        return "met"
    return "missed" if interval.high < bound else "undecided"


def _reaches(interval: Interval, target: float) -> Verdict:
    """Return met where the figure lies above a target that was set beforehand."""
    if interval.value > target:
        return "met"
    return "missed" if interval.high < target else "undecided"
