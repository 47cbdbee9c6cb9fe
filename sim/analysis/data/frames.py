"""A results folder as pandas frames."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from sim.analysis.data.drawn_parameters import draw_parameters
from sim.analysis.data.run_reader import RunReader, read_run, translate_read_errors
from sim.errors import ResultsError
from sim.experiment.storage.manifest import Manifest, read_manifest
from sim.experiment.storage.results import Results, open_run_results, open_sweep_results
from sim.scenario.schema.scenario import Scenario


class Frames:
    """A results folder of `sim run` or `sim sweep`, read as it is asked for.

    Frames are read once and kept. A measure that is told of no world is an empty column.
    """

    def __init__(self, run_results: Results) -> None:
        self._results = run_results

    def __repr__(self) -> str:
        return f"<{self.kind} {self.folder}>"

    @property
    def folder(self) -> Path:
        """The folder."""
        return self._results.folder

    @property
    def manifest(self) -> Manifest:
        """What was asked, of what, with what: see results/README.md."""
        return self._results.manifest

    @property
    def kind(self) -> str:
        """`run`, or `sweep`, whose frames begin with a column `point`."""
        return str(self.manifest.get("kind", "run"))

    @cached_property
    def scenario(self) -> Scenario:
        """The scenario that was lived. A sweep has several, in `manifest["scenarios"]`."""
        return self._run.scenario

    @cached_property
    def measures(self) -> pd.DataFrame:
        """What is measured: `name`, `unit`, `label`, `kind`, `given`, `headline`; a row each."""
        with translate_read_errors(self.folder):
            return pd.DataFrame(self.manifest["measures"])

    @cached_property
    def metrics(self) -> pd.DataFrame:
        """Every measure summed up: `measure`, `unit`, `value`, `low`, `high`, `worlds`.

        Shares from 0 to 1 and means in the measure's unit, with the ends of 95 % intervals.
        """
        with translate_read_errors(self.folder):
            return pd.read_csv(self.folder / "metrics.csv")

    @cached_property
    def worlds(self) -> pd.DataFrame:
        """One row per world, its number in `world`, then one column per measure, in its unit."""
        return self._read_table("worlds")

    @cached_property
    def months(self) -> pd.DataFrame:
        """One row per world and month, from month 1: how things stood at its end."""
        return self._read_table("months")

    @cached_property
    def events(self) -> pd.DataFrame:
        """One row per event: `world`, `month`, `event`, `actor`, `towards`, `subject`, `level`."""
        return self._read_table("events")

    @cached_property
    def design(self) -> pd.DataFrame:
        """One row per point of a sweep: `point`, then one column per factor, in its unit."""
        return self._read_table("design")

    @cached_property
    def assumptions(self) -> pd.DataFrame:
        """What each world assumed: `world`, then one column per uncertain number, by its key.

        Each in its unit, one row per world. Drawn again, for results keep no copy.
        """
        drawn = draw_parameters(self.scenario, self._run.worlds)
        return pd.DataFrame({"world": self._run.worlds, **drawn})

    @cached_property
    def _run(self) -> RunReader:
        return read_run(self.folder)

    def _read_table(self, name: str) -> pd.DataFrame:
        file = self._results.table_path(name)
        if not file.is_file():
            hint = "; --also keeps it" if self.kind == "sweep" else ""
            raise ResultsError(f"{self.folder}: holds no table of {name}{hint}")
        with translate_read_errors(self.folder):
            frame: Any = pd.read_parquet(file)
            return frame


def load(folder: str | Path, *, partial: bool = False) -> Frames:
    """Open the results folder of a run or sweep; with `partial`, also one that lacks some worlds.

    Raises:
        ResultsError: it is not there, not complete, damaged, or of another version.
    """
    place = Path(folder)
    kind = (read_manifest(place) or {}).get("kind")
    return Frames(
        (open_sweep_results if kind == "sweep" else open_run_results)(place, allow_partial=partial)
    )
