"""One point of a sweep opened like a run, with the scenario that its levels make."""

from __future__ import annotations

from typing import Any

from sim.errors import RequestError, ResultsError
from sim.experiment.base import BaseScenario
from sim.experiment.design.factors import SCENARIO_FACTOR
from sim.experiment.design.restore import restore_scenario
from sim.experiment.storage.faults import OTHER_VERSION_MESSAGE, translate_read_errors
from sim.experiment.storage.fingerprint import compute_point_id
from sim.experiment.storage.results import Results
from sim.scenario.files.messages import find_nearest_name
from sim.scenario.schema.scenario import Scenario


def open_point(sweep: Results, point: str) -> Results:
    """Open one point of a sweep by its id.

    Raises:
        RequestError: there is no such point.
        ResultsError: the folder is damaged or of another version.
    """
    if point not in sweep.design:
        nearest = find_nearest_name(point, sweep.design)
        hint = f"; did you mean {nearest!r}?" if nearest else ""
        raise RequestError(
            f"{sweep.folder}: has no point {point}\n"
            f"    allowed: one of {len(sweep.design):,}, such as {next(iter(sweep.design))}{hint}"
        )
    with translate_read_errors(sweep.folder):
        scenario = _restore_point_scenario(sweep, point)
    return sweep.at_point(point, scenario).require_readable()


def _restore_point_scenario(sweep: Results, point: str) -> Scenario:
    scenarios = sweep.manifest["scenarios"]
    levels = {key: _original_level(sweep, key, cell) for key, cell in sweep.design[point].items()}
    base = str(levels.pop(SCENARIO_FACTOR, next(iter(scenarios))))
    loaded = restore_scenario(sweep.manifest, scenarios[base], base)
    scenario = BaseScenario.from_loaded(loaded).with_levels(levels, check_consistency=False)
    if compute_point_id(scenario) != point:
        raise ResultsError(f"{sweep.folder}: {OTHER_VERSION_MESSAGE}")
    return scenario


def _original_level(sweep: Results, key: str, cell: Any) -> Any:
    """Return a level as it was written; all cells of a column of the design have one type."""
    [factor] = (factor for factor in sweep.manifest["factors"] if factor["key"] == key)
    levels = factor.get("levels", ())
    return next((level for level in levels if cell in (level, str(level))), cell)
