"""Each question as a line of the table of validation, and as rows of the tables behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sim.statistics.scores import central_interval
from sim.validation.check import Check, TableRow, Verdict
from sim.validation.studies.hindcast.forecasts import FORECASTERS, Forecast, ScoredQuestion

_NO_MAPPING = "Nothing says what answers it: a mapping is missing."
_SHARE_UNIT = "share of worlds"


def question_check(scored: ScoredQuestion) -> Check:
    """Return the line of a question."""
    question, model = scored.question, scored.model_forecast
    around = model.sampling_interval if model else None
    return Check(
        code=question.id,
        claim=question.question,
        target=question.answer_text or "not known yet",
        value=around.value if around else None,
        low=around.low if around else None,
        high=around.high if around else None,
        unit=_unit(scored) if around else "",
        sources=question.sources,
        verdict=question_verdict(scored),
        says=" ".join(_explanation_sentences(scored)),
    )


def question_verdict(scored: ScoredQuestion) -> Verdict:
    """Return how a question fared.

    Met: what happened was given at least an even chance, or lies in the 90 % interval. Undecided:
    the answer is not known yet, or the question arises in no world. Left out: the model cannot
    express it, or the scenario puts the answer in.
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
    """Yield sentences: why left out, what was forecast, how it was scored, why it was missed."""
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
        yield f"{how}: {mapping.diagnosis or 'no diagnosis has been written yet.'}"


def _describe_forecast(forecast: Forecast) -> str:
    """Return what was said in advance."""
    if forecast.chance is not None:
        return f"Chance given: {forecast.chance:.3f}."
    if forecast.ensemble is None:
        return "The question does not arise in any world."
    inner, outer = (
        central_interval(forecast.ensemble, 0.5),
        central_interval(forecast.ensemble, 0.9),
    )
    return (
        f"50 % of worlds within {_format_number(inner[0])} to {_format_number(inner[1])}, "
        f"90 % within {_format_number(outer[0])} to {_format_number(outer[1])}."
    )


def _describe_scores(scored: ScoredQuestion, outcome: float) -> str:
    kind, name = ("brier", "Brier") if scored.question.is_yes_or_no else ("crps", "CRPS")
    names = {"model": "", "persistence": "persistence ", "base_rate": "base rate "}
    said = [
        f"{names[who]}{score:.3g}"
        for who in FORECASTERS
        if who in scored.forecasts
        and (score := scored.forecasts[who].score(kind, outcome)) is not None
    ]
    return f"{name} score {said[0]}" + (f" ({', '.join(said[1:])})." if said[1:] else ".")


def question_row(scored: ScoredQuestion) -> TableRow:
    """Return a question with every forecast and score; cells are empty where one does not apply."""
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
    """Return what the reliability diagram reads: question, forecast, outcome, of yes or no."""
    return [
        {
            "id": each.question.id,
            "question": each.question.question,
            "forecast": each.model_forecast.chance,
            "outcome": int(each.question.outcome),
        }
        for each in scored
        if each.counts_towards_skill
        and each.model_forecast is not None
        and each.model_forecast.chance is not None
        and each.question.outcome is not None
    ]


def _format_number(number: float) -> str:
    return f"{number:.3g}"
