"""Python API: compare, sensitivity, discover, export.

Arguments are named like the options of the command line; paths may be strings. Errors are
`sim.errors.SimError`, with a message that says what is allowed.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

import altair as alt
import pandas as pd

from sim.analysis.choices.of_runs import compare_run_choices
from sim.analysis.comparison import compare as comparing
from sim.analysis.comparison.findings import find_findings
from sim.analysis.comparison.sentences import write_construction, write_findings
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
from sim.analysis.data.notebook import format_cells, render_notebook
from sim.analysis.data.resolve import RunSettings, ensure_run, ensure_simulated
from sim.analysis.sensitivity import scenario_discovery
from sim.analysis.sensitivity import sensitivity as sensing
from sim.analysis.sensitivity.methods import Method
from sim.analysis.sensitivity.tables import discovery_rows, sensitivity_rows
from sim.api.figures import chart
from sim.api.inputs import (
    ResultsInput,
    ScenarioInput,
    Settings,
    StrPath,
    as_list,
    as_path,
    as_side,
)
from sim.api.runs import read_scenario
from sim.errors import RequestError
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

    @property
    def findings(self) -> list[str]:
        """What moved, what did not, and what differs by construction, as sentences."""
        found = [find_findings(self.comparison, pair) for pair in self.comparison.pairs]
        sentences = [
            text for each in found for text in (*write_findings(each), write_construction(each))
        ]
        return list(filter(None, sentences))

    def frame(self) -> pd.DataFrame:
        """The differences, with the label of each measure."""
        return self.differences

    def chart(self, figure: str = "outcomes") -> alt.LayerChart:
        """Return a figure of the runs side by side as a chart of Altair.

        Raises:
            RequestError: there is no such figure, or a side is a point of a sweep.
        """
        return chart(*(side.folder for side in self.comparison.sides), figure=figure)

    def _repr_html_(self) -> str:
        shown = self.differences
        columns = [name for name in ("difference", "low", "high") if name in shown]
        numbers = format_cells(shown[columns], shown["unit"])
        return render_notebook(
            "What differs", *self.findings, pd.concat([shown[["measure"]], numbers], axis=1)
        )

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


class SensitivityFrames(sensing.SensitivityResult):
    """The assumptions that move a measure, also as a frame and a chart."""

    def frame(self) -> pd.DataFrame:
        """One row per factor, the strongest first: effects with 95% intervals, range and unit."""
        return pd.DataFrame(sensitivity_rows(self))

    def chart(self) -> alt.LayerChart | alt.FacetChart:
        """Return how far each factor moves the measure, with 95% intervals, as a chart of Altair.

        Raises:
            RequestError: the measure was the same everywhere, so that nothing moves it.
        """
        if not self.indices:
            raise RequestError(f"{self.measure.name}: {self.warning or 'nothing moves it'}")
        rows = [{"number": each.key, **each.total_effect._asdict()} for each in self.indices]
        base = alt.Chart(pd.DataFrame(rows)).encode(y=alt.Y("number:N", sort=None, title=None))
        title = "share of the spread" if self.method is Method.SOBOL else "change of the measure"
        bars = base.mark_bar().encode(x=alt.X("value:Q", title=title))
        return alt.layer(bars, base.mark_rule().encode(x="low:Q", x2="high:Q"))

    def _repr_html_(self) -> str:
        share = self.variance_split.parameter_share
        due = (
            f"{100 * share.value:.0f}% of the variance between worlds is due to assumptions "
            f"({100 * share.low:.0f} to {100 * share.high:.0f}%); the rest is chance."
        )
        names = ["key", "effect", "low", "high", "meaning"]
        rows = [(each.key, *each.total_effect, each.meaning) for each in self.indices]
        notes = [self.warning] if self.warning else []
        heading = f"What moves: {self.measure.label}"
        return render_notebook(heading, due, *notes, pd.DataFrame(rows, columns=names))


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
) -> SensitivityFrames:
    """Estimate which assumptions move a measure, as `sim sensitivity` does.

    Warns (`UserWarning`) where there are no indices, with the reason.

    Raises:
        ScenarioError: the scenario cannot be used.
        RequestError: the measure, a factor or a number is invalid, or an extra is not installed.
        SimulationError: the simulation of some worlds failed.
        WorkerError: the workers terminated unexpectedly.
    """
    scenario = read_scenario(file, settings=settings, months=months, seed=seed)
    names = tuple(as_list(factors, "factors"))
    plan = sensing.SensitivityPlan(_parse_method(method), names, top, samples, worlds)
    result = sensing.analyse_sensitivity(scenario, measure, plan, workers=workers)
    if result.warning:
        warnings.warn(result.warning, stacklevel=2)
    return SensitivityFrames(**vars(result))


def _parse_method(name: str) -> Method:
    if name not in list(Method):
        raise RequestError(
            f"method {name!r}: is no method of sensitivity\n    allowed: {', '.join(Method)}"
        )
    return Method(name)


class DiscoveryFrames(scenario_discovery.Discovery):
    """The rules that lead to an outcome, also as a frame."""

    def frame(self) -> pd.DataFrame:
        """One row per condition of each rule, with the density and the coverage of the rule."""
        return pd.DataFrame(discovery_rows(self))

    def _repr_html_(self) -> str:
        count = (
            f"{len(self.rules)} rules; {100 * self.share.value:.3g}% of worlds have the outcome."
        )
        return render_notebook(f"What leads to: {self.outcome}", count, self.frame())


def discover(
    results: ResultsInput,
    *,
    measure: str,
    above: float | None = None,
    below: float | None = None,
    conditions: int = 3,
) -> DiscoveryFrames:
    """Find combinations of assumptions that lead to an outcome, as `sim discover` does.

    Raises:
        RequestError: the measure or a bound is invalid, or an extra is not installed.
        ResultsError: the folder cannot be read.
    """
    opened = ensure_run(as_side(results))
    target = scenario_discovery.define_outcome(opened, measure, above, below)
    found = scenario_discovery.discover_rules(opened, target, conditions)
    return DiscoveryFrames(**vars(found))


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
    frames = results if isinstance(results, Frames) else _open(results)
    export_results(frames, Path(file), options)
    return Path(file)


def _open(results: ResultsInput) -> Frames:
    """Open results; a scenario is simulated unless it was before."""
    [folder] = ensure_simulated([as_side(results)])
    return load(folder)
