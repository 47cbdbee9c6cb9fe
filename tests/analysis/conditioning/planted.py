"""An engine whose events and months are known world by world, and follow from one assumption."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.analysis.data.resolve import open_run
from sim.experiment.run import RunOptions, run_scenario
from sim.experiment.storage.results import Results
from sim.model.measures.registry import Measure, MeasureKind
from sim.model.randomness.streams import RandomStreams
from sim.model.recording.history import Columns, History
from sim.scenario.schema.scenario import Scenario
from tests.experiment import fakes
from tests.scenario.folder import Folder

STRONG = "rules.honour.reputation"
"""The assumption that decides whether soldiers are sent: triangular from 0.6 to 1.8."""
THRESHOLD = 0.5
"""Its quantile above which they are."""
SENT, PEACE, TEST, CHALLENGE = "troops_sent", "peace", "provocation", "challenge"
WORLDS = 1000
HEADLINES = ("sent", "calm", "level", "kept")

MEASURES = (
    Measure("sent", "share of worlds", "Soldiers are sent", MeasureKind.HAPPENED, headline=True),
    Measure("calm", "share of worlds", "All is calm", MeasureKind.HAPPENED, headline=True),
    Measure("level", "units", "A level", MeasureKind.AMOUNT, headline=True),
    Measure("kept", "share of worlds", "Calm, where sent", MeasureKind.HAPPENED, given="sent"),
    Measure("front", "-1 to 1", "The front", MeasureKind.AMOUNT),
)


def measures(scenario: Scenario) -> tuple[Measure, ...]:
    return MEASURES


def simulate(scenario: Scenario, first: int, count: int) -> History:
    """Simulate worlds that send soldiers where the assumption is high, in a month drawn by chance.

    Half of the worlds are calm. Peace comes in a month drawn by chance or not at all. Aland tests
    in month 2 and 3 of every tenth world, and Syldavia challenges Aland over the strait in month 1.
    """
    streams = RandomStreams(scenario.seed, first, count)
    world, months = first + np.arange(count), scenario.months
    strong = streams.uniform("assumption", 0, STRONG)
    when, peace, calm = (streams.uniform("chance", 1, name) for name in ("when", "peace", "calm"))
    sent, is_calm = strong > THRESHOLD, calm < 0.5
    sent_month = 1 + np.floor(months * when).astype(int)
    peace_month = 1 + np.floor(2 * months * peace).astype(int)
    tested = world % 10 == 0
    events: list[tuple[Any, ...]] = [
        *(
            (w, m, SENT, "borduria", "aland", "pact", 2)
            for w, m in zip(world[sent], sent_month[sent], strict=True)
        ),
        *(
            (w, m, PEACE, "syldavia", "aland", "strait", 0)
            for w, m in zip(world, peace_month, strict=True)
            if m <= months
        ),
        *((w, m, TEST, "aland", "", "icbm", 1) for w in world[tested] for m in (2, 3)),
        *((w, 1, CHALLENGE, "syldavia", "aland", "strait", 2 + w % 3) for w in world),
    ]
    month = np.tile(np.arange(1, months + 1), count)
    begun = sent[:, None] & (np.arange(1, months + 1) >= sent_month[:, None])
    return History(
        worlds={
            "world": world,
            "sent": sent,
            "calm": is_calm,
            "level": 3 * strong + calm,
            "kept": is_calm & sent,
            "front": np.where(is_calm, 0.5, -0.5),
        },
        months={
            "world": np.repeat(world, months),
            "month": month.astype(np.int16),
            "tier": np.where(begun, 2, 1).astype(np.int8).ravel(),
            "front": np.where(month < 3, np.nan, month / 10),
        },
        events=_columns(sorted(events)),
    )


def _columns(rows: list[tuple[Any, ...]]) -> Columns:
    names = ("world", "month", "event", "actor", "towards", "subject", "level")
    kinds = (np.int64, np.int16, object, object, object, object, np.int8)
    cells = list(zip(*rows, strict=True)) or [()] * len(names)
    return {
        name: np.array(column, dtype=kind)
        for name, kind, column in zip(names, kinds, cells, strict=True)
    }


def put(monkeypatch: pytest.MonkeyPatch) -> None:
    """Replace the engine by it, in this process."""
    fakes.put(monkeypatch, simulate, measures)


def run(folder: Path, *settings: str) -> Results:
    """Simulate the complete scenario in a folder, with the engine in its place."""
    headlines = f"headlines=[{', '.join(repr(name) for name in HEADLINES)}]".replace("'", '"')
    loaded = Folder.at(folder).load(f"worlds={WORLDS}", "months=12", headlines, *settings)
    return open_run(run_scenario(loaded, folder / "results", RunOptions(workers=1)).results.folder)
