"""The words of the command line for Python, as far as they look into results.

Arguments have the names of the options; paths may be text. Errors are `sim.errors.SimError` and
say what would be right.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd

from sim.analysis.comparison import compare as comparing
from sim.analysis.comparison.tables import (
    difference_rows,
    input_rows,
    measure_rows,
    write_comparison,
)
from sim.analysis.data.ema_export import write_ema_archive
from sim.analysis.data.frames import Frames, load
from sim.analysis.data.resolve import RunSettings, ensure_simulated, open_run, open_source
from sim.analysis.sensitivity import scenario_discovery
from sim.analysis.sensitivity import sensitivity as sensing
from sim.analysis.sensitivity.methods import Method
from sim.analysis.stories import render_promise
from sim.analysis.stories.promise import PromiseExplanation
from sim.analysis.stories.render_story import (
    WorldStory,
    render_story_markdown,
    render_story_text,
    story_record,
)
from sim.analysis.stories.tell import explain_promise, prepare_story
from sim.api.runs import RESULTS_FOLDER, StrPath, as_list, read_scenario
from sim.experiment.run import RunOptions


class ComparisonFrames:
    """A comparison as frames; runs are called A, B, C and so on, in the order given."""

    def __init__(self, comparison: comparing.RunComparison) -> None:
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

    def write(self, out: StrPath) -> Path:
        """Write the three tables into a new folder, as CSV and Parquet, and return it.

        Raises:
            ResultsError: the folder is there already or cannot be written.
        """
        write_comparison(Path(out), self.comparison)
        return Path(out)


def compare(
    *sides: StrPath | Frames,
    every: bool = False,
    worlds: int | None = None,
    months: int | None = None,
    seed: int | None = None,
    workers: int = 1,
    results: StrPath = RESULTS_FOLDER,
) -> ComparisonFrames:
    """Compare runs, all against the first, as `sim compare` does.

    `sides` are results folders, what `load` or `run` returned, or scenario files, which are lived
    if they were not yet.

    Raises:
        RequestError: there is nothing to compare.
        ScenarioError: a scenario cannot be used.
        ResultsError: a folder cannot be read or written.
    """
    paths = [side.folder if isinstance(side, Frames) else Path(side) for side in sides]
    folders = ensure_simulated(
        paths, RunSettings(worlds, months, seed), Path(results), RunOptions(workers=workers)
    )
    return ComparisonFrames(comparing.compare_runs(folders, all_measures=every))


def sensitivity(
    file: StrPath,
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
    workers: int = 1,
) -> sensing.SensitivityResult:
    """Find out which assumptions move a measure, as `sim sensitivity` does.

    Raises:
        ScenarioError: the scenario cannot be used.
        RequestError: the measure, a factor or a number makes no sense, or an extra is missing.
        LivingError: some worlds could not be lived.
        WorkerError: the workers are gone.
    """
    scenario = read_scenario(file, settings=settings, months=months, seed=seed)
    plan = sensing.SensitivityPlan(Method(method), tuple(as_list(factors)), top, samples, worlds)
    return sensing.analyse_sensitivity(scenario, measure, plan, workers=workers)


def discover(
    results: StrPath | Frames,
    *,
    measure: str,
    above: float | None = None,
    below: float | None = None,
    conditions: int = 3,
) -> scenario_discovery.Discovery:
    """Find combinations of assumptions that lead to an outcome, as `sim discover` does.

    Raises:
        RequestError: the measure or an edge makes no sense, or an extra is missing.
        ResultsError: the folder cannot be read.
    """
    worlds = open_run(results.folder if isinstance(results, Frames) else Path(results))
    wanted = scenario_discovery.define_outcome(worlds, measure, above, below)
    return scenario_discovery.discover_rules(worlds, wanted, conditions)


class Story:
    """One world on paper, or the case of a promise in it: `print` it, or let a notebook show it."""

    def __init__(self, story: WorldStory, explanation: PromiseExplanation | None = None) -> None:
        self._story, self._explanation = story, explanation

    def __str__(self) -> str:
        return (
            render_story_text(self._story)
            if self._explanation is None
            else render_promise.render_promise_text(self._explanation)
        )

    def __repr__(self) -> str:
        return f"<{self._story.title}>"

    def _repr_markdown_(self) -> str:
        return self.page

    @property
    def page(self) -> str:
        """The same as Markdown."""
        return (
            render_story_markdown(self._story)
            if self._explanation is None
            else render_promise.render_promise_markdown(self._explanation)
        )

    @property
    def record(self) -> dict[str, Any]:
        """The same as data, with every consideration of every decision in full figures."""
        return (
            story_record(self._story)
            if self._explanation is None
            else render_promise.promise_record(self._explanation)
        )


def tell(
    results: StrPath | Frames,
    *,
    world: int | None = None,
    pick: str | None = None,
    why: str | None = None,
    against: str = "average",
) -> Story:
    """Tell one world month by month, as `sim tell` does.

    `results` is a results folder, what `load` or `run` returned, or a scenario file. Say which
    `world`, from 0, or let one be `pick`ed out of results: `typical`, `war`, `surprising` or
    `first-honoured`. `why` tells instead why an ally, such as `russia` or `russia@7` for month 7,
    kept or broke its word, `against` the `average` such call or the `record` alone.

    Raises:
        ScenarioError: the scenario cannot be used.
        RequestError: there is no such world, rule or promise.
        ResultsError: the folder cannot be read, or this engine would live other worlds.
    """
    path = results.folder if isinstance(results, Frames) else Path(results)
    told = prepare_story(open_source(path), world, pick)
    return Story(told, explain_promise(told, why, against) if why else None)


def export(results: StrPath | Frames, file: StrPath) -> Path:
    """Write a run or a sweep as a results archive of the EMA Workbench, and return its path.

    Raises:
        RequestError: the file is there already or cannot be written.
        ResultsError: the folder cannot be read.
    """
    frames = results if isinstance(results, Frames) else load(results)
    write_ema_archive(frames, Path(file))
    return Path(file)
