"""Results opened for analysis: a run, one point of a sweep, or all its points, each like a run.

A point is named as if it were a folder in that of its sweep, by its id, such as
`results/pact-sweep-0123abcd/6af31c0d2b9e`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from sim.analysis.data.run_reader import (
    OTHER_VERSION_MESSAGE,
    RunReader,
    read_run,
    translate_read_errors,
)
from sim.errors import RequestError, ResultsError
from sim.experiment.base import BaseScenario
from sim.experiment.design.factors import SCENARIO_FACTOR
from sim.experiment.design.restore import restore_scenario
from sim.experiment.layout import DESIGN_FILE
from sim.experiment.storage.manifest import read_manifest
from sim.experiment.storage.metrics import Metric
from sim.experiment.storage.results import Results, open_sweep_results
from sim.experiment.storage.run_key import compute_point_id
from sim.scenario.files.messages import find_nearest_name
from sim.scenario.schema.scenario import Scenario

MAX_SIDES = 12
"""Points that are looked at side by side; more are more than one can take in."""


def open_sides(path: Path) -> list[RunReader]:
    """Open a run, a point of a sweep, or a sweep as all its points, in the order of its design.

    Raises:
        ResultsError: it is not there, not complete, damaged, or of another version.
        RequestError: there is no such point, or there are too many to look at side by side.
    """
    if not _is_sweep(path):
        return [open_run(path)]
    swept = _open_sweep(path)
    if len(swept.design) > MAX_SIDES:
        raise RequestError(
            f"{path}: has {len(swept.design):,} points, and up to {MAX_SIDES} are looked at side by "
            f"side\n    name some of them, such as {path / next(iter(swept.design))}; "
            f"{DESIGN_FILE} says which is which"
        )
    return [swept.open_point(name) for name in swept.design]


def open_run(path: Path) -> RunReader:
    """Open a run or one point of a sweep.

    Raises:
        ResultsError: it is not there, not complete, damaged, or of another version.
        RequestError: there is no such point, or it is a sweep of several.
    """
    if _is_sweep(path):
        swept = _open_sweep(path)
        first, *others = swept.design
        if others:
            raise RequestError(
                f"{path}: is a sweep of {len(swept.design):,} points, and this looks at one\n"
                f"    name it, such as {path / first}; {DESIGN_FILE} says which is which"
            )
        return swept.open_point(first)
    if not path.exists() and _is_sweep(path.parent):
        return _open_sweep(path.parent).open_point(path.name)
    return read_run(path)


def require_runs(paths: Sequence[Path], option: str) -> None:
    """See to it that only runs are named, or files to be lived as such.

    Raises:
        RequestError: there is a sweep among them, or a point of one.
    """
    for path in paths:
        if _is_sweep(path) or (not path.exists() and _is_sweep(path.parent)):
            raise RequestError(
                f"{option}: is of runs only, and {path} is of a sweep\n"
                "    leave the option out, or run the scenario with --set"
            )


@dataclass(frozen=True)
class _OpenSweep:
    """A sweep's folder: the levels of each point, and its metrics by measure."""

    results: Results
    design: dict[str, dict[str, Any]]
    metrics: dict[str, dict[str, Metric]]

    def open_point(self, name: str) -> RunReader:
        if name not in self.design:
            nearest = find_nearest_name(name, self.design)
            hint = f"; did you mean {nearest!r}?" if nearest else ""
            raise RequestError(
                f"{self.results.folder}: has no point {name}\n"
                f"    allowed: one of {len(self.design):,}, such as {next(iter(self.design))}{hint}"
            )
        with translate_read_errors(self.results.folder):
            scenario, metrics = self._restore_scenario(name), self.metrics[name]
            told = {one.name: one for one in self.results.measures() if one.name in metrics}
        return RunReader(self.results, scenario, told, metrics, name)

    def _restore_scenario(self, name: str) -> Scenario:
        told = self.results.manifest
        levels = {key: self._original_level(key, cell) for key, cell in self.design[name].items()}
        base = str(levels.pop(SCENARIO_FACTOR, next(iter(told["scenarios"]))))
        loaded = restore_scenario(told, told["scenarios"][base], base)
        scenario = BaseScenario.from_loaded(loaded).with_levels(levels, check_consistency=False)
        if compute_point_id(scenario) != name:
            raise ResultsError(f"{self.results.folder}: {OTHER_VERSION_MESSAGE}")
        return scenario

    def _original_level(self, key: str, cell: Any) -> Any:
        """Return a level as it was written; a column of the design has but one type."""
        [factor] = (one for one in self.results.manifest["factors"] if one["key"] == key)
        alike = (one for one in factor.get("levels", ()) if cell in (one, str(one)))
        return next(alike, cell)


def _is_sweep(path: Path) -> bool:
    return (read_manifest(path) or {}).get("kind") == "sweep"


def _open_sweep(folder: Path) -> _OpenSweep:
    found = open_sweep_results(folder)
    metrics: dict[str, dict[str, Metric]] = {}
    with translate_read_errors(folder):
        for point, metric in found.point_metrics():
            metrics.setdefault(point, {})[metric.measure] = metric
        rows = pq.read_table(found.folder / DESIGN_FILE).to_pylist()
        return _OpenSweep(found, {row.pop("point"): row for row in rows}, metrics)
