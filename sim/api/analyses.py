"""Python API: compare, sensitivity, discover, tell, export.

Arguments are named like the options of the command line; paths may be strings. Errors are
`sim.errors.SimError`, with a message that says what is allowed.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from sim.analysis.choices.of_runs import compare_run_choices
from sim.analysis.comparison import compare as comparing
from sim.analysis.comparison.tables import (
    difference_rows,
    input_rows,
    measure_rows,
    run_choice_rows,
    write_comparison,
)
from sim.analysis.data.export import ExportOptions, check_export, export_results
from sim.analysis.data.frames import Frames, load
from sim.analysis.data.locate import RESULTS_FOLDER
from sim.analysis.data.resolve import RunSettings, ensure_simulated, ensure_run, open_source
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
from sim.api.inputs import ResultsInput, ScenarioInput, Settings, StrPath, as_list, as_path, as_side
from sim.api.runs import read_scenario
from sim.experiment.run import RunOptions


class ComparisonFrames:
    """A comparison as frames; runs are labelled A, B, C and so on, in the order given."""

    def __init__(self, comparison: comparing.RunComparison) -> None:
        self.comparison = comparison

    @property
    def inputs(self) -> pd.DataFrame:
        """One row for each run and each key at which the scenarios differ."""
        return pd.DataFrame(input_rows(self.comparison))

    @property
    def measures(self) -> pd.DataFrame:
        """One row for each measure and run, with its 95% interval."""
        return pd.DataFrame(measure_rows(self.comparison))

    @property
    def differences(self) -> pd.DataFrame:
        """One row for each measure and each run against the first, with the counts of pairs.

        `difference` is the run with the treaty minus the run without, with its 95% interval, in the
        measure's unit; shares from 0 to 1.
        """
        return pd.DataFrame(difference_rows(self.comparison))

    @cached_property
    def choices(self) -> pd.DataFrame:
        """What differs in choices: up to 1,000 pairs of worlds are simulated again for it.

        The rows are those of `sim.compare_choices`, with the labels of the runs.

        Raises:
            RequestError: the worlds of the runs are no pairs.
        """
        return pd.DataFrame(run_choice_rows(compare_run_choices(self.comparison, True, 1)))

    def write(self, out: StrPath) -> Path:
        """Write the first three tables into a new folder, as CSV and Parquet, and return it.

        Raises:
            RequestError: the folder already exists.
            ResultsError: it cannot be written.
        """
        write_comparison(Path(out), self.comparison)
        return Path(out)


def compare(
    *sides: ResultsInput,
    every: bool = False,
    worlds: int | None = None,
    months: int | None = None,
    seed: int | None = None,
    workers: int = 1,
    out: StrPath = RESULTS_FOLDER,
) -> ComparisonFrames:
    """Compare runs, all against the first, as `sim compare` does.

    `sides` are results folders, results of `load` or `run`, or scenario files, which are simulated
    unless they were before.

    Raises:
        RequestError: there is nothing to compare.
        ScenarioError: a scenario cannot be used.
        ResultsError: a folder cannot be read or written.
    """
    settings, options = RunSettings(worlds, months, seed), RunOptions(workers=workers)
    folders = ensure_simulated([as_side(side) for side in sides], settings, Path(out), options)
    return ComparisonFrames(comparing.compare_runs(folders, all_measures=every))


def sensitivity(
    file: ScenarioInput,
    *,
    measure: str,
    factors: Iterable[str] = (),
    top: int = 5,
    method: str = "sobol",
    samples: int = 64,
    worlds: int = 16,
    settings: Settings = (),
    months: int | None = None,
    seed: int | None = None,
    workers: int = 1,
) -> sensing.SensitivityResult:
    """Estimate which assumptions move a measure, as `sim sensitivity` does.

    Warns (`UserWarning`) where there are no indices, with the reason.

    Raises:
        ScenarioError: the scenario cannot be used.
        RequestError: the measure, a factor or a number is invalid, or an extra is not installed.
        SimulationError: the simulation of some worlds failed.
        WorkerError: the workers terminated unexpectedly.
    """
    scenario = read_scenario(file, settings=settings, months=months, seed=seed)
    plan = sensing.SensitivityPlan(Method(method), tuple(as_list(factors)), top, samples, worlds)
    result = sensing.analyse_sensitivity(scenario, measure, plan, workers=workers)
    if result.warning:
        warnings.warn(result.warning, stacklevel=2)
    return result


def discover(
    results: ResultsInput,
    *,
    measure: str,
    above: float | None = None,
    below: float | None = None,
    conditions: int = 3,
) -> scenario_discovery.Discovery:
    """Find combinations of assumptions that lead to an outcome, as `sim discover` does.

    Raises:
        RequestError: the measure or a bound is invalid, or an extra is not installed.
        ResultsError: the folder cannot be read.
    """
    opened = ensure_run(as_side(results))
    target = scenario_discovery.define_outcome(opened, measure, above, below)
    return scenario_discovery.discover_rules(opened, target, conditions)


class Story:
    """The story of a world, or of one commitment in it: `print` it, or show it in a notebook."""

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
        """The story as Markdown."""
        return (
            render_story_markdown(self._story)
            if self._explanation is None
            else render_promise.render_promise_markdown(self._explanation)
        )

    @property
    def record(self) -> dict[str, Any]:
        """The story as data, with all reasons of every decision and unrounded figures."""
        return (
            story_record(self._story)
            if self._explanation is None
            else render_promise.promise_record(self._explanation)
        )


def tell(
    results: ResultsInput,
    *,
    world: int | None = None,
    pick: str | None = None,
    why: str | None = None,
    against: str = "average",
) -> Story:
    """Return the story of one world month by month, as `sim tell` does.

    `results` is a results folder, a result of `load` or `run`, or a scenario file. Give the number
    of the `world`, from 0, or a rule that `pick`s one from results: `typical`, `war`, `surprising`
    or `first-honoured`. With `why`, such as `russia` or `russia@7` for month 7, the story explains
    why that ally honoured its commitment or did not, `against` the `average` of such calls or the
    historical `record`.

    Raises:
        ScenarioError: the scenario cannot be used.
        RequestError: there is no such world, rule or commitment.
        ResultsError: the folder cannot be read, or this engine would simulate other worlds.
    """
    story = prepare_story(open_source(as_side(results)), world, pick)
    return Story(story, explain_promise(story, why, against) if why else None)


def export(
    results: ResultsInput,
    file: StrPath,
    *,
    table: str | Iterable[str] = (),
    sep: str = "",
    decimal: str = "",
) -> Path:
    """Write a run or a sweep for another program, and return the path of the file.

    Args:
        results: a run or a sweep.
        file: a new file `.xlsx`, `.csv`, or `.tar.gz` for the EMA Workbench.
        table: which tables a spreadsheet or a table of text holds.
        sep: what separates the columns of a table of text.
        decimal: its decimal sign; a comma beside semicolons.

    Raises:
        RequestError: the file exists or cannot be written, or the options do not fit its format.
        ResultsError: the folder cannot be read.
    """
    options = ExportOptions(as_list(table, "table"), sep, decimal)
    check_export(as_path(file), options)
    if isinstance(results, Frames):
        frames = results
    else:
        frames = load(*ensure_simulated([as_side(results)]))
    export_results(frames, Path(file), options)
    return Path(file)
