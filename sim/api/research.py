"""Python API: attribute, landscape, levers, validate."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pandas as pd

from sim.analysis.attribution.attribution import (
    Attribution,
    attribute_differences,
    select_measures,
)
from sim.analysis.attribution.factorial import AttributionPlan
from sim.analysis.attribution.mechanisms import select_mechanisms
from sim.analysis.attribution.tables import attribution_rows
from sim.analysis.data.locate import locate
from sim.analysis.data.notebook import render_notebook
from sim.analysis.data.resolve import Side
from sim.analysis.landscape import survey_alignments
from sim.analysis.sensitivity.known_levers import find_known_page, read_known_levers
from sim.analysis.sensitivity.levers import screen_levers
from sim.analysis.sensitivity.levers import select_measures as select_lever_measures
from sim.analysis.sensitivity.tables import lever_rows
from sim.api.inputs import (
    ResultsInput,
    ScenarioInput,
    Settings,
    StrPath,
    as_list,
    as_path,
    as_side,
    list_settings,
    load_input,
)
from sim.errors import SimulationError
from sim.experiment.limits import check_size
from sim.experiment.run import RunOptions
from sim.scenario.schema.scenario import Scenario
from sim.validation.json_record import part_to_dict
from sim.validation.request import check_hindcast_file, find_scenarios
from sim.validation.run import Validation, ValidationRequest, run_validation, select_parts


class AttributionFrames:
    """A difference split among the mechanisms that cause it."""

    def __init__(self, names: tuple[str, str], splits: list[Attribution]) -> None:
        self.names, self.splits = names, splits

    def frame(self) -> pd.DataFrame:
        """One row per measure and `part`: `value` with its 95% interval, in the measure's unit.

        The last two parts are what no mechanism accounts for, and the whole difference.
        """
        columns = ["measure", "unit", "part", "value", "low", "high"]
        return pd.DataFrame(attribution_rows(self.splits), columns=columns)

    def _repr_html_(self) -> str:
        first, second = self.names
        return render_notebook(f"What makes {first} differ from {second}", self.frame())


def attribute(
    first: ResultsInput,
    second: ResultsInput,
    *,
    mechanism: Iterable[str] = (),
    measure: Iterable[str] = (),
    worlds: int | None = 200,
    months: int | None = None,
    seed: int | None = None,
    workers: int = 1,
    out: StrPath = "results/attributed",
) -> AttributionFrames:
    """Split a difference between scenarios among the mechanisms, as `sim attribute` does.

    Raises:
        RequestError: a mechanism or a measure is unknown, or the sides are no pairs.
        ScenarioError: a scenario cannot be used.
        ResultsError: a folder cannot be read or written.
        SimulationError: the simulation of some worlds failed.
    """
    size = {"worlds": worlds, "months": months, "seed": seed}
    overrides = {name: value for name, value in size.items() if value is not None}
    mechanisms = select_mechanisms(as_list(mechanism, "mechanism"))
    plan = AttributionPlan((_locate(first), _locate(second)), overrides, mechanisms)
    measures = select_measures(plan.check_sides(), as_list(measure, "measure"))
    options = RunOptions(workers=workers)
    splits = attribute_differences(plan, measures, as_path(out, "out"), options)
    return AttributionFrames(plan.side_names, list(splits))


def _locate(given: ResultsInput) -> Side:
    side = as_side(given)
    return locate(side) if isinstance(side, Path) else side


def landscape(
    file: ScenarioInput,
    *,
    month: int = 0,
    worlds: int | None = None,
    settings: Settings = (),
) -> pd.DataFrame:
    """Find the stable divisions of the actors into two blocs, as `sim landscape` does.

    One row each, that of most worlds first; `month` 0 is the opening day.

    Raises:
        RequestError: the scenario ends before `month`, or has too many actors.
        ScenarioError: the scenario cannot be used.
    """
    scenario = load_input(file, settings, worlds).scenario
    check_size(scenario.worlds, max(month, 1))
    return pd.DataFrame([asdict(each) for each in survey_alignments(scenario, month)])


def levers(
    file: ScenarioInput = "pact",
    *,
    measure: Iterable[str] = (),
    headlines: bool = False,
    worlds: int | None = None,
    again: bool = False,
    months: int | None = None,
    seed: int | None = None,
    settings: Settings = (),
    workers: int = 1,
) -> pd.DataFrame:
    """Find which numbers move any measure, as `sim levers` does: one row per number and measure.

    Without options, the table that came with the package is returned as text, if it is of this
    scenario; `again` simulates it anew, which takes minutes.

    Raises:
        RequestError: a measure is unknown, or the scenario has a past.
        ScenarioError: the scenario cannot be used.
        SimulationError: the simulation of some worlds failed.
    """
    named = as_list(measure, "measure")
    changes = list_settings(settings)
    asked = any((named, headlines, worlds, again, months, seed, changes))
    if not asked and not isinstance(file, Scenario):
        known = find_known_page(load_input(file).file)
        if known:
            return pd.DataFrame([asdict(each) for each in read_known_levers(known).levers])
    scenario = load_input(file, changes, None, months, seed).scenario
    shown = select_lever_measures(scenario, [*named, *(scenario.headlines if headlines else ())])
    screened = screen_levers(scenario, shown, worlds or 500, workers=workers)
    return pd.DataFrame(lever_rows(screened))


class ValidationFrames:
    """The model compared with evidence, part by part."""

    def __init__(self, validation: Validation) -> None:
        self.validation = validation

    @property
    def summary(self) -> dict[str, list[str]]:
        """What each part found, in sentences, by its title."""
        return {part.title: list(part.summary) for part in self.validation.parts}

    def frame(self) -> pd.DataFrame:
        """One row per check: `part`, `code`, `claim`, `target`, `value`, interval, `verdict`."""
        rows: list[dict[str, Any]] = []
        for part in map(part_to_dict, self.validation.parts):
            rows += [{"part": part["name"], **check} for check in part["checks"]]
        return pd.DataFrame(rows)

    def table(self, name: str) -> pd.DataFrame:
        """Return a table of a part by its name, such as `casebook_crises`.

        Raises:
            KeyError: no part has such a table.
        """
        tables = {key: rows for part in self.validation.parts for key, rows in part.tables.items()}
        return pd.DataFrame(tables[name])

    def _repr_html_(self) -> str:
        sentences = [" ".join([f"{title}.", *texts]) for title, texts in self.summary.items()]
        return render_notebook("The model compared with evidence", *sentences, self.frame())


def validate(
    *,
    quick: bool = False,
    part: Iterable[str] = (),
    questions: StrPath | None = None,
    mapping: StrPath | None = None,
    scenarios: StrPath | None = None,
) -> ValidationFrames:
    """Compare the model with evidence, as `sim validate` does, and write nothing.

    Several parts are computed by several processes; in a script that needs a guard around it.

    Raises:
        RequestError: a part or a file is unknown.
        ScenarioError: a scenario or a table of questions cannot be used.
        SimulationError: a part failed; the message says why.
    """
    specs = select_parts(as_list(part, "part"))
    files: list[Path | None] = [
        None if each is None else as_path(each) for each in (questions, mapping)
    ]
    for name, file in zip(("questions", "mapping"), files, strict=True):
        check_hindcast_file(name, file, specs)
    folder = find_scenarios() if scenarios is None else as_path(scenarios, "scenarios")
    request = ValidationRequest(folder, files[0], quick, files[1])
    validation = run_validation(specs, request, lambda: None)
    for failure in validation.failed:
        raise SimulationError(f"the part {failure.name} failed: {failure.message}")
    return ValidationFrames(validation)
