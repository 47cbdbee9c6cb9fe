"""The words of the command line for Python, as far as they look into results.

Arguments have the names of the options; paths may be text. Errors are `sim.errors.SimError` and
say what would be right.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from sim.analysis import compare as comparing
from sim.analysis import discovery
from sim.analysis import sensitivity as sensing
from sim.analysis.compared_tables import difference_rows, input_rows, measure_rows, write_comparison
from sim.analysis.ema import write_archive
from sim.analysis.lived import Terms, lived
from sim.analysis.living import RESULTS, Place, read_scenario
from sim.analysis.load import Frames, load
from sim.analysis.methods import Method
from sim.analysis.sides import reading
from sim.experiment.run import Wish


class Compared:
    """A comparison as frames; runs are called A, B, C and so on, in the order given."""

    def __init__(self, comparison: comparing.Comparison) -> None:
        self.comparison = comparison

    @property
    def inputs(self) -> pd.DataFrame:
        """Every key at which the scenarios differ; a row for each key and run."""
        return pd.DataFrame(input_rows(self.comparison))

    @property
    def measures(self) -> pd.DataFrame:
        """Every measure side by side with its 95 % interval; a row for each measure and run."""
        return pd.DataFrame(measure_rows(self.comparison))

    @property
    def differences(self) -> pd.DataFrame:
        """With minus without, with 95 % intervals, and the four-way counts of pairs.

        A row for each measure and each run against the first; `difference` in the measure's unit,
        shares from 0 to 1.
        """
        return pd.DataFrame(difference_rows(self.comparison))

    def write(self, out: Place) -> Path:
        """Write the three tables into a new folder, as CSV and Parquet, and return it.

        Raises:
            ResultsError: the folder is there already or cannot be written.
        """
        write_comparison(Path(out), self.comparison)
        return Path(out)


def compare(
    *sides: Place | Frames,
    every: bool = False,
    worlds: int | None = None,
    months: int | None = None,
    seed: int | None = None,
    workers: int = 1,
    results: Place = RESULTS,
) -> Compared:
    """Compare runs, all against the first, as `sim compare` does.

    `sides` are results folders, what `load` or `run` returned, or scenario files, which are lived
    if they were not yet.

    Raises:
        RequestError: there is nothing to compare.
        ScenarioError: a scenario cannot be used.
        ResultsError: a folder cannot be read or written.
    """
    paths = [side.folder if isinstance(side, Frames) else Path(side) for side in sides]
    folders = lived(paths, Terms(worlds, months, seed), Path(results), Wish(workers=workers))
    return Compared(comparing.compare(folders, every=every))


def sensitivity(
    file: Place,
    *,
    measure: str,
    factors: Iterable[str] = (),
    top: int = 5,
    method: str = "sobol",
    samples: int = 64,
    worlds: int = 16,
    settings: Iterable[str] = (),
    months: int | None = None,
    seed: int | None = None,
) -> sensing.Sensitivity:
    """Find out which assumptions move a measure, as `sim sensitivity` does.

    Raises:
        ScenarioError: the scenario cannot be used.
        RequestError: the measure, a factor or a number makes no sense, or an extra is missing.
    """
    scenario = read_scenario(file, settings=settings, months=months, seed=seed)
    plan = sensing.Plan(Method(method), tuple(factors), top, samples, worlds)
    return sensing.sensitivity(scenario, measure, plan)


def discover(
    results: Place | Frames,
    *,
    measure: str,
    above: float | None = None,
    below: float | None = None,
    conditions: int = 3,
) -> discovery.Discovery:
    """Find combinations of assumptions that lead to an outcome, as `sim discover` does.

    Raises:
        RequestError: the measure or an edge makes no sense, or an extra is missing.
        ResultsError: the folder cannot be read.
    """
    worlds = reading(results.folder if isinstance(results, Frames) else Path(results))
    wanted = discovery.outcome(worlds, measure, above, below)
    return discovery.discover(worlds, wanted, conditions)


def export(results: Place | Frames, file: Place) -> Path:
    """Write a run or a sweep as a results archive of the EMA Workbench, and return its path.

    Raises:
        RequestError: the file is there already or cannot be written.
        ResultsError: the folder cannot be read.
    """
    frames = results if isinstance(results, Frames) else load(results)
    write_archive(frames, Path(file))
    return Path(file)
