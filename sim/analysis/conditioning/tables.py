"""A conditioned run as tables: the worlds left, the steps, the measures, the assumptions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from sim.analysis.conditioning.conditioning import Conditioning
from sim.experiment.storage.atomic import atomic_folder, require_absent
from sim.output import render_csv
from sim.statistics.intervals import Interval

ConditioningRow = dict[str, object]


def world_rows(conditioning: Conditioning) -> Iterator[ConditioningRow]:
    """Yield one row for each world left: its number, and how much it counts, at most 1."""
    weights = conditioning.weights
    left = np.flatnonzero(weights)
    numbers = conditioning.results.worlds[left].tolist()
    for world, weight in zip(numbers, weights[left].tolist(), strict=True):
        yield {"world": world, "weight": weight}


def step_rows(conditioning: Conditioning) -> Iterator[ConditioningRow]:
    """Yield one row for each condition and dated event, in their order."""
    for step in conditioning.steps:
        yield dict(vars(step))


def effect_rows(conditioning: Conditioning) -> Iterator[ConditioningRow]:
    """Yield one row for each measure; shares from 0 to 1, amounts in their unit."""
    for effect in conditioning.effects:
        yield {
            "measure": effect.measure.name,
            "label": effect.measure.label,
            "unit": effect.measure.unit,
            **_cells("overall", effect.overall),
            **_cells("conditional", effect.conditional),
            **_cells("difference", effect.difference),
            "worlds": effect.worlds,
            "effective": effect.effective,
            "given_by_conditions": effect.given,
        }


def assumption_rows(conditioning: Conditioning) -> Iterator[ConditioningRow]:
    """Yield one row for each uncertain number, the strongest evidence first."""
    for learnt in conditioning.assumptions.learnt:
        yield {
            "key": learnt.key,
            "meaning": " ".join(learnt.meaning.split()),
            "unit": learnt.number.unit,
            "low": learnt.number.low,
            "high": learnt.number.high,
            "mean_overall": learnt.before,
            "mean_conditional": learnt.after,
            **_cells("shift", learnt.shift),
            "spread": learnt.spread,
            "p_value": learnt.p_value,
            "differs": learnt.differs,
        }


def write_conditioning(folder: Path, conditioning: Conditioning) -> None:
    """Write the tables into a new folder, as CSV.

    Raises:
        RequestError: the folder already exists.
        ResultsError: it cannot be written.
    """
    require_absent(folder, "name another folder", "--to")
    tables = {
        "worlds": world_rows,
        "conditions": step_rows,
        "measures": effect_rows,
        "assumptions": assumption_rows,
    }
    with atomic_folder(folder) as draft:
        for name, rows in tables.items():
            text = render_csv(list(rows(conditioning)))
            (draft / f"{name}.csv").write_text(text, encoding="utf-8", newline="")


def _cells(name: str, interval: Interval) -> ConditioningRow:
    value, low, high = interval
    return {name: value, f"{name}_low": low, f"{name}_high": high}
