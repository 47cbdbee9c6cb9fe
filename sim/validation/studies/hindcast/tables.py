"""Renders each question as a check, and as rows of the tables behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sim.statistics.scores import central_interval
from sim.validation.check import Check, TableRow, Verdict
from sim.validation.studies.hindcast.forecasts import FORECASTERS, Forecast, ScoredQuestion

_NO_MAPPING = "Not forecast: the question has no mapping."
_SHARE_UNIT = "share of worlds"


def question_check(scored: ScoredQuestion) -> Check:
    """Return the check of a question."""
    question, model = scored.question, scored.model_forecast
    interval = model.sampling_interval if model else None
    return Check(
        code=question.id,
        claim=question.question,
        target=question.answer_text or "not yet known",
        value=interval.value if interval else None,
        low=interval.low if interval else None,
        high=interval.high if interval else None,
        unit=_unit(scored) if interval else "",
        sources=question.sources,
        verdict=question_verdict(scored),
        says=" ".join(_explanation_sentences(scored)),
    )


def question_verdict(scored: ScoredQuestion) -> Verdict:
    """Return the verdict on a question.

    Met: the outcome had at least an even chance, or lies in the 90% interval. Undecided: the answer
    is not yet known, or the question arises in no world. Left out: the model cannot express the
    question, or the scenario assumes the answer.
    """
    if scored.model_forecast is None or (scored.mapping and scored.mapping.assumed):
        return "left out"
    if scored.is_met is None:
        return "undecided"
    return "met" if scored.is_met else "missed"


def _unit(scored: ScoredQuestion) -> str:
    if scored.question.is_yes_or_no:
        return _SHARE_UNIT
    return (scored.mapping.unit if scored.mapping else "") or "number"


def _explanation_sentences(scored: ScoredQuestion) -> Iterator[str]:
    """Yield sentences: reason to leave it out, forecast, scores, reason for a miss."""
    mapping, outcome = scored.mapping, scored.question.outcome
    if mapping is None:
        yield _NO_MAPPING
        return
    if mapping.left_out:
        yield mapping.left_out
    if mapping.assumed:
        yield f"Assumed by the scenario: {mapping.assumed}"
    if scored.model_forecast is None:
        return
    yield _describe_forecast(scored.model_forecast)
    if outcome is not None and scored.is_met is not None:
        yield _describe_scores(scored, outcome)
    if mapping.note:
        yield mapping.note
    if question_verdict(scored) == "missed" or scored.is_behind_baselines:
        how = "Missed" if question_verdict(scored) == "missed" else "Behind both baselines"
        yield f"{how}: {mapping.diagnosis or 'there is no diagnosis yet.'}"


def _describe_forecast(forecast: Forecast) -> str:
    """Return the forecast in words."""
    if forecast.chance is not None:
        return f"Forecast chance: {forecast.chance:.3f}."
    if forecast.ensemble is None:
        return "The question does not arise in any world."
    inner, outer = (
        central_interval(forecast.ensemble, 0.5),
        central_interval(forecast.ensemble, 0.9),
    )
    return (
        f"50% of worlds within {_format_number(inner[0])} to {_format_number(inner[1])}, "
        f"90% within {_format_number(outer[0])} to {_format_number(outer[1])}."
    )


def _describe_scores(scored: ScoredQuestion, outcome: float) -> str:
    kind, name = ("brier", "Brier") if scored.question.is_yes_or_no else ("crps", "CRPS")
    names = {"model": "", "persistence": "persistence ", "base_rate": "base rate "}
    texts = [
        f"{names[who]}{score:.3g}"
        for who in FORECASTERS
        if who in scored.forecasts
        and (score := scored.forecasts[who].score(kind, outcome)) is not None
    ]
    return f"{name} score {texts[0]}" + (f" ({', '.join(texts[1:])})." if texts[1:] else ".")


def question_row(scored: ScoredQuestion) -> TableRow:
    """Return a question with every forecast and score; cells that do not apply are empty."""
    question, mapping = scored.question, scored.mapping
    row: dict[str, str | float | int | bool | None] = {
        "id": question.id,
        "question": question.question,
        "kind": question.kind,
        "info_date": question.info_date.isoformat(),
        "resolve_by": question.resolve_by.isoformat(),
        "outcome": question.outcome,
        "answer": question.answer_text,
        "confidence": question.confidence,
        "unit": _unit(scored),
        "group": mapping.group if mapping else "",
        "verdict": question_verdict(scored),
        "in_skill": scored.counts_towards_skill,
        "assumed": mapping.assumed if mapping else "",
        "hindsight": mapping.hindsight if mapping else "",
        "worlds": scored.model_forecast.worlds if scored.model_forecast else 0,
    }
    for who in FORECASTERS:
        row |= _forecast_cells(who, scored.forecasts.get(who), question.outcome)
    return row | {"says": " ".join(_explanation_sentences(scored)), "source": question.source}


def _forecast_cells(forecaster: str, forecast: Forecast | None, outcome: float | None) -> TableRow:
    cells: dict[str, float | bool | None] = {
        f"{forecaster}_chance": forecast.chance if forecast else None
    }
    for share, name in ((0.5, "50"), (0.9, "90")):
        ends = forecast.central_interval(share) if forecast else None
        cells[f"{forecaster}_{name}_low"], cells[f"{forecaster}_{name}_high"] = ends or (None, None)
        cells[f"{forecaster}_in_{name}"] = _covers_outcome(forecast, share, outcome)
    for kind in ("brier", "log", "crps", "log_crps"):
        score = forecast.score(kind, outcome) if forecast and outcome is not None else None
        cells[f"{forecaster}_{kind}"] = score
    return cells


def _covers_outcome(forecast: Forecast | None, share: float, outcome: float | None) -> bool | None:
    if forecast is None or outcome is None:
        return None
    return forecast.covers(share, outcome)


def reliability_diagram_rows(scored: Iterable[ScoredQuestion]) -> Sequence[TableRow]:
    """Return the data of the reliability diagram: forecasts and outcomes of yes-or-no questions."""
    return [
        {
            "id": question.question.id,
            "question": question.question.question,
            "forecast": question.model_forecast.chance,
            "outcome": int(question.question.outcome),
        }
        for question in scored
        if question.counts_towards_skill
        and question.model_forecast is not None
        and question.model_forecast.chance is not None
        and question.question.outcome is not None
    ]


def _format_number(number: float) -> str:
    return f"{number:.3g}"
