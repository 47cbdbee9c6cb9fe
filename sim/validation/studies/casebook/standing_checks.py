"""Checks and table of the standing forecasts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sim.model.arrays import Mask
from sim.statistics.scores import skill_score
from sim.validation.check import Check, TableRow, verdict_above, verdict_on_target
from sim.validation.studies.casebook.baselines import BASE_RATE, REGRESSION
from sim.validation.studies.casebook.scoring import ForecastEvaluation
from sim.validation.studies.casebook.standing import (
    AFTER_FROM_BEFORE,
    ALL_WARS_OUT,
    ANY_AID,
    BEFORE_FROM_AFTER,
    FITTED,
    OPEN_WAR,
    OWN_WAR_OUT,
    StandingForecast,
)

QUESTION_LABELS = {ANY_AID: "Any aid", OPEN_WAR: "Open war"}
"""The questions as texts name them; tables use the short names."""
_BRIER_TARGETS = {(ALL_WARS_OUT, OPEN_WAR): 0.150, (FITTED, ANY_AID): 0.215}
_RANK_TARGET = 0.68
_MEAN_TARGET = (0.14, 0.30)
"""Targets were set before the rule was built."""
_SOURCES = ("ally-universe", "berkemeier-fuhrmann-2018")


def standing_checks(forecasts: Sequence[StandingForecast]) -> Iterator[Check]:
    """Yield the checks; their codes are empty."""
    found = {(each.name, each.evaluation.question): each.evaluation for each in forecasts}
    notes = {(each.name, each.evaluation.question): each.note for each in forecasts}
    for (name, question), target in _BRIER_TARGETS.items():
        scored, note = found[name, question], notes[name, question]
        yield _explain_miss(_brier_check(name, scored, target), note)
        yield _explain_miss(_rank_check(name, scored, _RANK_TARGET), note)
    yield _mean_check(ALL_WARS_OUT, found[ALL_WARS_OUT, OPEN_WAR])
    for name, question in ((OWN_WAR_OUT, OPEN_WAR), (FITTED, OPEN_WAR), (FITTED, ANY_AID)):
        yield _gain_check(name, found[name, question])
    for name in (AFTER_FROM_BEFORE, BEFORE_FROM_AFTER):
        for question in (ANY_AID, OPEN_WAR):
            yield _rank_check(name, found[name, question], 0.5)


def _explain_miss(check: Check, note: str) -> Check:
    return replace(check, says=check.says + note) if check.verdict == "missed" else check


def standing_sentences(forecasts: Sequence[StandingForecast]) -> Iterator[str]:
    """Yield a sentence on each forecast that a target was set for."""
    for each in forecasts:
        if (each.name, each.evaluation.question) in _BRIER_TARGETS:
            evaluation = each.evaluation
            yield (
                f"{QUESTION_LABELS[evaluation.question]}, {each.name}: Brier score "
                f"{evaluation.mean_score('Brier'):.3f}, mean chance "
                f"{evaluation.chances.mean():.2f}, {evaluation.rank_accuracy.value:.2f} of pairs "
                "ranked correctly. The simulated rule is calibrated on the casebook; this is not."
            )


def standing_rows(
    forecasts: Sequence[StandingForecast], simulated: Sequence[ForecastEvaluation], late: Mask
) -> Iterator[TableRow]:
    """Yield a row for the simulated rule, two baselines, and each standing forecast.

    Args:
        forecasts: the standing forecasts.
        simulated: the simulated rule, by question.
        late: where an answer is of 1946 or later, (answer,).
    """
    for evaluation in simulated:
        yield from _period_rows("the rule, simulated", evaluation, late)
        for name in (REGRESSION, BASE_RATE):
            yield from _period_rows(name, evaluation.of_baseline(name), late)
    for each in forecasts:
        yield from _period_rows(each.name, each.evaluation, late)


def _period_rows(name: str, evaluation: ForecastEvaluation, late: Mask) -> Iterator[TableRow]:
    if len(evaluation.outcomes) != len(late):
        yield _score_row(name, "one era", evaluation)
        return
    yield _score_row(name, "all", evaluation)
    yield _score_row(name, "to 1945", evaluation.where(~late))
    yield _score_row(name, "after 1945", evaluation.where(late))


def _score_row(name: str, years: str, evaluation: ForecastEvaluation) -> TableRow:
    ranked = evaluation.rank_accuracy
    brier, base = (evaluation.mean_score("Brier", which) for which in ("", BASE_RATE))
    return {
        "question": evaluation.question,
        "forecaster": name,
        "years": years,
        "answers": len(evaluation.outcomes),
        "mean_forecast": float(evaluation.chances.mean()),
        "share": float(evaluation.outcomes.mean()),
        "brier": brier,
        "skill": skill_score(brier, base),
        "log": evaluation.mean_score("log"),
        "rank_accuracy": ranked.value,
        "low": ranked.low,
        "high": ranked.high,
    }


def _brier_check(name: str, evaluation: ForecastEvaluation, target: float) -> Check:
    brier, base = (evaluation.mean_score("Brier", which) for which in ("", BASE_RATE))
    return _target_check(
        f"{QUESTION_LABELS[evaluation.question]}, {name}: the Brier score reaches its target",
        f"below {target:.3f}, set before the rule was built",
        (brier, "mean Brier score"),
        brier < target,
        f"The share of the other crises has {base:.3f}.",
    )


def _rank_check(name: str, evaluation: ForecastEvaluation, target: float) -> Check:
    ranked = evaluation.rank_accuracy
    by_chance = target == 0.5
    verdict = verdict_above(ranked.low, ranked.high, target)
    return Check(
        code="",
        claim=f"{QUESTION_LABELS[evaluation.question]}, {name}: a yes was given a higher chance",
        target="more often than not: above 0.50"
        if by_chance
        else f"above {target:.2f} of pairs, set before the rule was built",
        value=ranked.value,
        low=ranked.low,
        high=ranked.high,
        unit="share of pairs ranked correctly",
        sources=_SOURCES,
        verdict=verdict if by_chance else verdict_on_target(ranked.value > target),
        says=f"Mean chance {evaluation.chances.mean():.2f}, observed share "
        f"{evaluation.outcomes.mean():.2f}. Interval by crisis"
        + ("." if by_chance else "; the verdict is that of the value."),
    )


def _mean_check(name: str, evaluation: ForecastEvaluation) -> Check:
    low, high = _MEAN_TARGET
    mean = float(evaluation.chances.mean())
    return _target_check(
        f"{QUESTION_LABELS[evaluation.question]}, {name}: the mean chance reaches its target",
        f"{low:.2f} to {high:.2f}, set before the rule was built",
        (mean, "mean chance"),
        low <= mean <= high,
        f"The observed share is {evaluation.outcomes.mean():.2f}; the wars were chosen because "
        "alliances mattered in them.",
    )


def _gain_check(name: str, evaluation: ForecastEvaluation) -> Check:
    gain = evaluation.improvement_over(BASE_RATE)
    brier, base = (evaluation.mean_score("Brier", which) for which in ("", BASE_RATE))
    return Check(
        code="",
        claim=f"{QUESTION_LABELS[evaluation.question]}, {name}: better than {BASE_RATE}",
        target="Brier score lower: above 0",
        value=gain.value,
        low=gain.low,
        high=gain.high,
        unit="difference of mean Brier scores",
        sources=_SOURCES,
        verdict=verdict_above(gain.low, gain.high),
        says=f"Brier score {brier:.3f}, against {base:.3f}. Interval by crisis.",
    )


def _target_check(
    claim: str, target: str, measured: tuple[float, str], reached: bool, says: str
) -> Check:
    value, unit = measured
    return Check(
        code="",
        claim=claim,
        target=target,
        value=value,
        unit=unit,
        sources=_SOURCES,
        verdict=verdict_on_target(reached),
        says=says,
    )
