"""Scores of the theories, side by side: five questions, and no answer forecast by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.statistics.arrays import ClusterIndices, Mask, Vector
from sim.statistics.scores import skill_score
from sim.validation.base_rates import base_rate_forecast
from sim.validation.check import Check, ShownTable, TableRow, verdict_above
from sim.validation.studies.casebook.baselines import BASE_RATE
from sim.validation.studies.casebook.scoring import ForecastEvaluation
from sim.validation.studies.theories.forecasts import DECLARED, FITTED, Forecaster
from sim.validation.studies.theories.rivals import DEFAULT

PROMISED, DUE, ALL = "record, aid promised", "record, aid due", "record, all"
OPEN_WAR, ANY_AID = "casebook, open war", "casebook, any aid"
QUESTIONS = (PROMISED, DUE, ALL, OPEN_WAR, ANY_AID)
"""What is forecast: open war in the record, in three groups; two questions about the casebook."""
_SHOWN = (PROMISED, DUE, OPEN_WAR, ANY_AID)
_RULE = Forecaster(DEFAULT, FITTED)
_CHECKED = (PROMISED, OPEN_WAR)
_SOURCES = ("ally-universe", "casebook")
_SHORT = {DECLARED: "declared", FITTED: "fitted"}
SHOWN_TITLE = (
    "Theories of honouring, each answer forecast from the other wars (Brier score; share of pairs "
    "ranked correctly)"
)


@dataclass(frozen=True)
class Answered:
    """Answers to one question.

    Attributes:
        outcomes: 1 where the ally did so, (answer,).
        clusters: war or crisis of each answer, (answer,), counted from 0.
        chances: by forecaster, (answer,) each.
    """

    outcomes: Vector
    clusters: ClusterIndices
    chances: Mapping[Forecaster, Vector]

    def where(self, mask: Mask) -> Answered:
        """Return the answers of a mask, (answer,)."""
        clusters = np.unique(self.clusters[mask], return_inverse=True)[1]
        chances = {name: values[mask] for name, values in self.chances.items()}
        return Answered(self.outcomes[mask], clusters, chances)

    def evaluate(self, question: str) -> dict[Forecaster, ForecastEvaluation]:
        """Return the evaluation of each forecaster beside the base rate and the rule."""
        baselines = {
            BASE_RATE: base_rate_forecast(self.outcomes, self.clusters),
            DEFAULT: self.chances[_RULE],
        }
        return {
            name: ForecastEvaluation(question, chances, self.outcomes, self.clusters, baselines)
            for name, chances in self.chances.items()
        }


Evaluations = Mapping[str, Mapping[Forecaster, ForecastEvaluation]]
"""By question, and by forecaster."""


def score_rows(evaluations: Evaluations) -> Iterator[TableRow]:
    """Yield the scores of every forecaster on every question."""
    for question, scored in evaluations.items():
        for forecaster, evaluation in scored.items():
            yield {
                "question": question,
                "theory": forecaster.theory,
                "numbers": forecaster.numbers,
                **_scores(evaluation),
            }


def _scores(evaluation: ForecastEvaluation) -> dict[str, float | int]:
    brier, base = (evaluation.mean_score("Brier", which) for which in ("", BASE_RATE))
    ranked, gain = evaluation.rank_accuracy, evaluation.improvement_over(DEFAULT)
    return {
        "answers": len(evaluation.outcomes),
        "share": float(evaluation.outcomes.mean()),
        "mean_chance": float(evaluation.chances.mean()),
        "brier": brier,
        "skill": skill_score(brier, base),
        "log": evaluation.mean_score("log"),
        "rank_accuracy": ranked.value,
        "rank_accuracy_low": ranked.low,
        "rank_accuracy_high": ranked.high,
        "better_than_the_rule_by": gain.value,
        "low": gain.low,
        "high": gain.high,
    }


def show_scores(evaluations: Evaluations) -> ShownTable:
    """Return the table of theories for a reader."""
    forecasters = list(evaluations[PROMISED])
    rows = [
        (
            _in_words(name),
            _SHORT[name.numbers],
            *(_cell(evaluations[q][name]) for q in _SHOWN),
        )
        for name in forecasters
    ]
    shares = (f"{_base(evaluations[question]):.3f}" for question in _SHOWN)
    return ShownTable(
        title=SHOWN_TITLE,
        heading=("theory", "numbers", *(name.replace(", ", ":\n") for name in _SHOWN)),
        rows=((BASE_RATE.replace("crises", "wars"), "", *shares), *rows),
    )


def _in_words(forecaster: Forecaster) -> str:
    return forecaster.theory.replace("_", " ")


def _base(scored: Mapping[Forecaster, ForecastEvaluation]) -> float:
    return scored[_RULE].mean_score("Brier", BASE_RATE)


def _cell(evaluation: ForecastEvaluation) -> str:
    return f"{evaluation.mean_score('Brier'):.3f}; {evaluation.rank_accuracy.value:.2f}"


def rival_checks(evaluations: Evaluations) -> Iterator[Check]:
    """Yield a check of the package's rule against each rival, their codes empty."""
    for question in _CHECKED:
        for forecaster, evaluation in evaluations[question].items():
            if forecaster.numbers == DECLARED:
                yield _rival_check(question, forecaster, evaluation)


def _rival_check(question: str, rival: Forecaster, evaluation: ForecastEvaluation) -> Check:
    gain = evaluation.improvement_over(DEFAULT)
    rule, other = (evaluation.mean_score("Brier", which) for which in (DEFAULT, ""))
    return Check(
        code="",
        claim=f"{question.capitalize()}: the package's rule forecasts better than "
        f"{_in_words(rival)}",
        target="Brier score lower: above 0",
        value=-gain.value,
        low=-gain.high,
        high=-gain.low,
        unit="difference of mean Brier scores",
        sources=_SOURCES,
        verdict=verdict_above(-gain.high, -gain.low),
        says=f"{rule:.4f} against {other:.4f}, each answer forecast from the other wars; the rival "
        "has the numbers that it declares. Interval by war or crisis.",
    )


def summarise(evaluations: Evaluations) -> Iterator[str]:
    """Yield what the comparison says, in sentences."""
    for question in (PROMISED, DUE, OPEN_WAR):
        scored = evaluations[question]
        ordered = sorted(_declared(scored), key=lambda each: each[1].mean_score("Brier"))
        best, worst = ordered[0], ordered[-1]
        rule = scored[_RULE].mean_score("Brier")
        yield (
            f"{question.capitalize()} ({len(worst[1].outcomes)}): of the rivals, as declared, "
            f"{_in_words(best[0])} scores best ({best[1].mean_score('Brier'):.3f}) and "
            f"{_in_words(worst[0])} worst ({worst[1].mean_score('Brier'):.3f}); the package's rule "
            f"{rule:.3f}, the share of the other wars {_base(scored):.3f}."
        )


def _declared(
    scored: Mapping[Forecaster, ForecastEvaluation],
) -> Sequence[tuple[Forecaster, ForecastEvaluation]]:
    return [(name, each) for name, each in scored.items() if name.numbers == DECLARED]
