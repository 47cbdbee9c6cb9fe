"""A results folder as pandas frames."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

import pandas as pd

from sim.analysis.data.drawn_parameters import draw_parameters
from sim.analysis.data.locate import locate_results
from sim.analysis.data.notebook import format_cells, render_notebook
from sim.experiment.storage.faults import translate_read_errors
from sim.experiment.storage.manifest import Manifest
from sim.experiment.storage.results import Results, open_results
from sim.scenario.schema.scenario import Scenario


class Frames:
    """The results of `sim run` or `sim sweep`; each frame is read once, on first use.

    A measure that is defined in no world is an empty column.
    """

    def __init__(self, results: Results) -> None:
        self._results = results

    def __repr__(self) -> str:
        return f"<{self.kind} {self.folder}>"

    def _repr_html_(self) -> str:
        if self.kind == "sweep":
            title = f"{self.manifest['name']}: {self.manifest['worlds']:,} worlds at each of"
            return render_notebook(f"{title} {len(self.design):,} points", self.design)
        title = f"{self.scenario.title}: {len(self._results.worlds):,} worlds"
        shown = self.metrics.set_index("measure").loc[list(self.scenario.headlines)]
        numbers = format_cells(shown[["value", "low", "high"]], shown["unit"])
        labels = self.measures.set_index("name").loc[shown.index, ["label"]]
        note = f"95% intervals of simulation. Conditional frequencies, not forecasts. {self.folder}"
        return render_notebook(title, pd.concat([labels, numbers], axis=1), note)

    @property
    def folder(self) -> Path:
        """The folder."""
        return self._results.folder

    @property
    def manifest(self) -> Manifest:
        """What was requested and how it was executed: see results/README.md."""
        return self._results.manifest

    @property
    def kind(self) -> str:
        """`run`, or `sweep`, whose frames begin with a column `point`."""
        return self._results.kind

    @property
    def scenario(self) -> Scenario:
        """The scenario that was simulated. A sweep has several, in `manifest["scenarios"]`."""
        return self._results.scenario

    @cached_property
    def measures(self) -> pd.DataFrame:
        """One row per measure: `name`, `unit`, `label`, `kind`, `given`, `headline`, `group`."""
        with translate_read_errors(self.folder):
            return pd.DataFrame(self.manifest["measures"])

    @cached_property
    def metrics(self) -> pd.DataFrame:
        """The summary of every measure: `measure`, `unit`, `value`, `low`, `high`, `worlds`.

        Shares from 0 to 1 and means in the measure's unit, with the ends of 95% intervals. Then
        `label`, `group` and `headline`, unless an earlier version wrote the folder.
        """
        return self._results.frame("metrics")

    @cached_property
    def worlds(self) -> pd.DataFrame:
        """One row per world, its number in `world`, then one column per measure, in its unit."""
        return self._results.frame("worlds")

    @cached_property
    def months(self) -> pd.DataFrame:
        """One row per world and month, from month 1: the state at the end of the month."""
        return self._results.frame("months")

    @cached_property
    def events(self) -> pd.DataFrame:
        """One row per event: `world`, `month`, `event`, `actor`, `towards`, `subject`, `level`."""
        return self._results.frame("events")

    @cached_property
    def design(self) -> pd.DataFrame:
        """One row per point of a sweep: `point`, then one column per factor, in its unit."""
        return self._results.frame("design")

    @cached_property
    def assumptions(self) -> pd.DataFrame:
        """The parameters of each world: `world`, then one column per uncertain number, by its key.

        Each in its unit, one row per world. They are drawn again, since results do not store them.
        """
        worlds = self._results.worlds
        return pd.DataFrame({"world": worlds, **draw_parameters(self.scenario, worlds)})


def load(folder: str | Path, *, partial: bool = False) -> Frames:
    """Open the results folder of a run or sweep; with `partial`, also one that lacks some worlds.

    The beginning of its name is enough where no other in `results` begins so.

    Raises:
        RequestError: there are no results of that name.
        ResultsError: it is missing, incomplete, damaged, or of another version.
    """
    return Frames(open_results(locate_results(Path(folder)), allow_partial=partial))
