"""The tables of the record: scores, reliability, splits in time, selection and estimates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

import numpy as np

from sim.statistics.intervals import wilson_interval
from sim.validation.check import TableRow
from sim.validation.studies.universe.estimates import (
    RuleEstimates,
    count_cells,
)
from sim.validation.studies.universe.record import FACTS, Record
from sim.validation.studies.universe.scoring import (
    GROUPS,
    RULE,
    SHIPPED,
    Evaluation,
    as_columns,
)

_Cell = str | float | int | bool | None
_CHANCE_BINS = (0.0, 0.02, 0.05, 0.1, 0.2, 0.4, 1.0)
"""Bounds of the classes of forecasts in the table of reliability."""
Evaluations = Mapping[tuple[str, str], Evaluation]


def score_rows(evaluations: Evaluations) -> Iterator[TableRow]:
    """Yield the scores of each forecaster, by group."""
    for evaluation in evaluations.values():
        yield {"group": evaluation.group, "forecaster": evaluation.forecaster} | _scores(evaluation)


def split_rows(splits: Evaluations) -> Iterator[TableRow]:
    """Yield the scores of the rule of one era in the other."""
    for (tested, group), evaluation in splits.items():
        yield {"tested": tested, "group": group} | _scores(evaluation)


def _scores(evaluation: Evaluation) -> dict[str, _Cell]:
    row: dict[str, _Cell] = {
        "answers": len(evaluation.record.rows),
        "share": evaluation.observed_share.value,
        "mean_chance": evaluation.mean_chance,
        "brier": evaluation.brier,
    }
    for name in ("skill", "rank_accuracy", "rank_accuracy_within"):
        value, low, high = getattr(evaluation, name)
        row |= {name: value, f"{name}_low": low, f"{name}_high": high}
    return row


def reliability_rows(evaluations: Evaluations) -> Iterator[TableRow]:
    """Yield, for classes of forecasts, the mean forecast and the share that joined (Wilson)."""
    for (group, forecaster), evaluation in evaluations.items():
        if forecaster in (RULE, SHIPPED):
            for row in _reliability(evaluation):
                yield {"group": group, "forecaster": forecaster} | row


def _reliability(evaluation: Evaluation) -> Iterator[dict[str, _Cell]]:
    chances, joined = evaluation.chances, evaluation.record.joined
    bins = np.digitize(chances, _CHANCE_BINS[1:-1])
    for number, (low, high) in enumerate(pairwise(_CHANCE_BINS)):
        own = bins == number
        if own.any():
            share = wilson_interval(int(joined[own].sum()), int(own.sum()))
            yield {
                "forecasts": f"{low:g} to {high:g}",
                "answers": int(own.sum()),
                "mean_forecast": float(chances[own].mean()),
                "share": share.value,
                "low": share.low,
                "high": share.high,
            }


def forecast_rows(evaluations: Evaluations) -> Iterator[TableRow]:
    """Yield a row for each answer, with the chances that the other wars give it."""
    record = evaluations["all", RULE].record
    rule = as_columns(evaluations, RULE)
    shipped = evaluations["all", SHIPPED].chances
    for place, answer in enumerate(record.rows):
        row: dict[str, _Cell] = {
            name: getattr(answer, name) for name in ("war", "year", "ally", "partner", "opponent")
        }
        row |= {"class": answer.commitment, "as shipped": float(shipped[place])}
        for number, group in enumerate(GROUPS):
            known = bool(np.isfinite(rule[number, place]))
            row[f"{group}: rule"] = float(rule[number, place]) if known else None
            row[f"{group}: outcome"] = int(answer.joined) if known else None
        yield row


def anchor_rows(
    record: Record, estimates: RuleEstimates, shipped: RuleEstimates
) -> Iterator[TableRow]:
    """Yield the anchors and means, as estimated from all wars and as shipped."""
    counts = count_cells(record)
    for cell, anchor in sorted(estimates.anchors.items()):
        row: dict[str, _Cell] = {"era": cell[0], "class": cell[1]}
        row |= {"joined": counts[cell][0], "answers": counts[cell][1]}
        row |= {"open_war": anchor.value, "low": anchor.low, "high": anchor.high}
        row["as_shipped"] = shipped.anchors[cell].value
        yield row | dict(zip(FACTS, estimates.means[cell].tolist(), strict=True))
