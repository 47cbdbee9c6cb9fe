"""Each question as a line of the table of validation, and as rows of the tables behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sim.statistics.scores import interval
from sim.validation.check import Check, Row, Verdict
from sim.validation.studies.hindcast.forecasts import FORECASTERS, Answered, Forecast

UNMAPPED = "Nothing says what answers it: a mapping is missing."
SHARE = "share of worlds"


def check(answered: Answered) -> Check:
    """Return the line of a question."""
    question, model = answered.question, answered.model
    around = model.around if model else None
    return Check(
        code=question.id,
        claim=question.question,
        target=question.answer or "not known yet",
        value=around.value if around else None,
        low=around.low if around else None,
        high=around.high if around else None,
        unit=_unit(answered) if around else "",
        sources=question.sources,
        verdict=verdict(answered),
        says=" ".join(_said(answered)),
    )


def verdict(answered: Answered) -> Verdict:
    """Return how a question fared.

    Met: what happened was given at least an even chance, or lies in the 90 % interval. Undecided:
    the answer is not known yet, or the question arises in no world. Left out: the model cannot
    express it, or the scenario puts the answer in.
    """
    if answered.model is None or (answered.mapping and answered.mapping.assumed):
        return "left out"
    if answered.met is None:
        return "undecided"
    return "met" if answered.met else "missed"


def _unit(answered: Answered) -> str:
    if answered.question.yes_or_no:
        return SHARE
    return (answered.mapping.unit if answered.mapping else "") or "number"


def _said(answered: Answered) -> Iterator[str]:
    """Yield sentences: why left out, what was forecast, how it was scored, why it was missed."""
    mapping, outcome = answered.mapping, answered.question.outcome
    if mapping is None:
        yield UNMAPPED
        return
    if mapping.left_out:
        yield mapping.left_out
    if mapping.assumed:
        yield f"Assumed by the scenario: {mapping.assumed}"
    if answered.model is None:
        return
    yield forecast_in_words(answered.model)
    if outcome is not None and answered.met is not None:
        yield _scores_in_words(answered, outcome)
    if mapping.note:
        yield mapping.note
    if verdict(answered) == "missed" or answered.behind:
        how = "Missed" if verdict(answered) == "missed" else "Behind both baselines"
        yield f"{how}: {mapping.diagnosis or 'no diagnosis has been written yet.'}"


def forecast_in_words(forecast: Forecast) -> str:
    """Return what was said in advance."""
    if forecast.chance is not None:
        return f"Chance given: {forecast.chance:.3f}."
    if forecast.ensemble is None:
        return "The question does not arise in any world."
    inner, outer = interval(forecast.ensemble, 0.5), interval(forecast.ensemble, 0.9)
    return (
        f"50 % of worlds within {_number(inner[0])} to {_number(inner[1])}, "
        f"90 % within {_number(outer[0])} to {_number(outer[1])}."
    )


def _scores_in_words(answered: Answered, outcome: float) -> str:
    kind, name = ("brier", "Brier") if answered.question.yes_or_no else ("crps", "CRPS")
    names = {"model": "", "persistence": "persistence ", "base_rate": "base rate "}
    said = [
        f"{names[who]}{score:.3g}"
        for who in FORECASTERS
        if who in answered.forecasts
        and (score := answered.forecasts[who].score(kind, outcome)) is not None
    ]
    return f"{name} score {said[0]}" + (f" ({', '.join(said[1:])})." if said[1:] else ".")


def question_row(answered: Answered) -> Row:
    """Return a question with every forecast and score; cells are empty where one does not apply."""
    question, mapping = answered.question, answered.mapping
    row: dict[str, str | float | int | bool | None] = {
        "id": question.id,
        "question": question.question,
        "kind": question.kind,
        "info_date": question.asked.isoformat(),
        "resolve_by": question.due.isoformat(),
        "outcome": question.outcome,
        "answer": question.answer,
        "confidence": question.confidence,
        "unit": _unit(answered),
        "group": mapping.group if mapping else "",
        "verdict": verdict(answered),
        "in_skill": answered.counts,
        "assumed": mapping.assumed if mapping else "",
        "hindsight": mapping.hindsight if mapping else "",
        "worlds": answered.model.worlds if answered.model else 0,
    }
    for who in FORECASTERS:
        row |= _forecast_cells(who, answered.forecasts.get(who), question.outcome)
    return row | {"says": " ".join(_said(answered)), "source": question.source}


def _forecast_cells(who: str, forecast: Forecast | None, outcome: float | None) -> Row:
    cells: dict[str, float | bool | None] = {f"{who}_chance": forecast.chance if forecast else None}
    for share, name in ((0.5, "50"), (0.9, "90")):
        ends = forecast.interval(share) if forecast else None
        cells[f"{who}_{name}_low"], cells[f"{who}_{name}_high"] = ends or (None, None)
        cells[f"{who}_in_{name}"] = _covers(forecast, share, outcome)
    for kind in ("brier", "log", "crps", "log_crps"):
        score = forecast.score(kind, outcome) if forecast and outcome is not None else None
        cells[f"{who}_{kind}"] = score
    return cells


def _covers(forecast: Forecast | None, share: float, outcome: float | None) -> bool | None:
    if forecast is None or outcome is None:
        return None
    return forecast.covers(share, outcome)


def diagram_rows(answered: Iterable[Answered]) -> Sequence[Row]:
    """Return what the reliability diagram reads: question, forecast, outcome, of yes or no."""
    return [
        {
            "id": each.question.id,
            "question": each.question.question,
            "forecast": each.model.chance,
            "outcome": int(each.question.outcome),
        }
        for each in answered
        if each.counts
        and each.model is not None
        and each.model.chance is not None
        and each.question.outcome is not None
    ]


def _number(number: float) -> str:
    return f"{number:.3g}"
