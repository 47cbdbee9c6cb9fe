"""Python API: condition."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from sim.analysis.conditioning.conditioning import Conditioning, condition_results
from sim.analysis.conditioning.tables import (
    assumption_rows,
    effect_rows,
    step_rows,
    world_rows,
    write_conditioning,
)
from sim.analysis.conditioning.weights import DEFAULT_MISS
from sim.analysis.data.locate import RESULTS_FOLDER
from sim.analysis.data.notebook import render_notebook
from sim.analysis.data.resolve import RunSettings, ensure_run
from sim.api.inputs import ResultsInput, StrPath, as_list, as_side
from sim.experiment.run import RunOptions


class ConditioningFrames:
    """A run conditioned on what has happened, as frames."""

    def __init__(self, conditioning: Conditioning) -> None:
        self.conditioning = conditioning

    def __repr__(self) -> str:
        return f"<{self.left:,} of {self.conditioning.worlds:,} worlds>"

    @property
    def left(self) -> int:
        """The number of worlds left."""
        return self.conditioning.left

    @property
    def effective(self) -> float:
        """The effective number of the worlds left (Kish); `left`, where all count the same."""
        return self.conditioning.effective

    @property
    def worlds(self) -> pd.DataFrame:
        """One row per world left: `world`, and `weight`, at most 1."""
        return pd.DataFrame(world_rows(self.conditioning))

    @property
    def steps(self) -> pd.DataFrame:
        """One row per condition or dated event: how many worlds it leaves, alone and in turn."""
        return pd.DataFrame(step_rows(self.conditioning))

    @property
    def measures(self) -> pd.DataFrame:
        """One row per measure: over all worlds, over those left, and the difference.

        Each with its 95% interval; shares from 0 to 1, amounts in the measure's unit.
        """
        return pd.DataFrame(effect_rows(self.conditioning))

    @property
    def assumptions(self) -> pd.DataFrame:
        """One row per uncertain number, those that differ most clearly first.

        `shift` is in standard deviations over all worlds; `differs` allows for their number.
        """
        return pd.DataFrame(assumption_rows(self.conditioning))

    def frame(self) -> pd.DataFrame:
        """The measures, over all worlds and over those left."""
        return self.measures

    def _repr_html_(self) -> str:
        heading = f"{self.left:,} of {self.conditioning.worlds:,} worlds are left"
        return render_notebook(heading, self.steps, self.measures)

    def write(self, to: StrPath) -> Path:
        """Write the tables into a new folder, as CSV, and return it.

        Raises:
            RequestError: the folder already exists.
            ResultsError: it cannot be written.
        """
        write_conditioning(Path(to), self.conditioning)
        return Path(to)


def condition(
    results: ResultsInput,
    *,
    on: Iterable[str] = (),
    events: StrPath | None = None,
    miss: float = DEFAULT_MISS,
    every: bool = False,
    worlds: int | None = None,
    months: int | None = None,
    seed: int | None = None,
    workers: int = 1,
    out: StrPath = RESULTS_FOLDER,
) -> ConditioningFrames:
    """Condition a run on what has happened, as `sim condition` does.

    `results` is a results folder, a result of `load` or `run`, or a scenario file, which is
    simulated unless it was before. `on` lists conditions such as `soldiers_sent by 6`; `events` is
    a file of dated events, by which worlds are weighted.

    Raises:
        RequestError: a condition cannot be used, or no world is left.
        ScenarioError: a scenario or a file of events cannot be used.
        ResultsError: a folder cannot be read or written.
    """
    path = as_side(results)
    settings, options = RunSettings(worlds, months, seed), RunOptions(workers=workers)
    run = ensure_run(path, settings, Path(out), options)
    file = None if events is None else Path(events)
    return ConditioningFrames(
        condition_results(run, as_list(on, "on"), file, miss=miss, every=every)
    )
