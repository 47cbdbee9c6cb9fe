"""Python API: run, sweep, rerun, read_scenario, results.

Arguments are named like the options of the command line. A scenario is given by its name, such as
`pact`, by its file, or as `read_scenario` returns it. Paths may be strings, and an option that can
be repeated is a list or a single string. Errors are `sim.errors.SimError`, with a message that says
what is allowed. One process is used unless `workers` is larger; in a script, several need
`if __name__ == "__main__":`.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from sim.analysis.data.frames import Frames, load
from sim.analysis.data.locate import RESULTS_FOLDER, locate_results
from sim.analysis.data.resolve import RunSettings
from sim.api.inputs import (
    ScenarioInput,
    Settings,
    StrPath,
    as_list,
    as_path,
    list_settings,
    load_input,
)
from sim.errors import RequestError
from sim.experiment.design.design import build_design
from sim.experiment.layout import StoredTables
from sim.experiment.rerun import RerunComparison, rerun_results
from sim.experiment.run import RunOptions, RunOutcome, extend_finished_run, run_scenario
from sim.experiment.run_until import DEFAULT_MAX_WORLDS, parse_precisions, run_until
from sim.experiment.storage.inventory import list_stored_results, stored_rows
from sim.experiment.storage.label import check_label
from sim.experiment.sweep import run_sweep
from sim.scenario.schema.scenario import Scenario


def read_scenario(
    file: ScenarioInput,
    *,
    settings: Settings = (),
    worlds: int | None = None,
    months: int | None = None,
    seed: int | None = None,
) -> Scenario:
    """Read a scenario with the files that it extends, as `sim check` does.

    `settings`, such as `{"rules.honour.reputation": 1.2}`, override values, as `--set` does.

    Raises:
        ScenarioError: the files are not valid; the message lists every problem.
        RequestError: a setting is not valid.
    """
    return load_input(file, settings, worlds, months, seed).scenario


def run(
    file: ScenarioInput,
    *,
    settings: Settings = (),
    worlds: int | None = None,
    more_worlds: int | None = None,
    until: Iterable[str] = (),
    at_most: int | None = None,
    months: int | None = None,
    seed: int | None = None,
    name: str | None = None,
    workers: int = 1,
    scheduler: str | None = None,
    tables: str = StoredTables.ALL,
    out: StrPath = RESULTS_FOLDER,
    force: bool = False,
) -> Frames:
    """Simulate the worlds of a scenario, or read them if they exist, as `sim run` does.

    The number of worlds is set by one of three arguments. `worlds` is their number, by default that
    of the scenario. `more_worlds` extends the largest finished run of the scenario by so many
    worlds. `until` adds worlds until the 95% intervals are narrow enough, such as
    `["war_any +-0.5pp", "disputes +-10%"]` (percentage points, percent of the value, or the unit of
    an amount), up to `at_most` worlds. `name` is the run's name in tables, figures and reports.
    `tables` is what is stored: `worlds`, `months` too, or `all`.

    Worlds whose simulation failed are missing: see `status` and `failures` in `Frames.manifest`.

    Raises:
        ScenarioError: the scenario cannot be used.
        RequestError: it is larger than one run may be, or there is no run to extend.
        ResultsError: the folder cannot be written, or holds something else.
        SimulationError: the simulation of every world failed.
        WorkerError: the workers terminated unexpectedly; finished blocks are stored.
    """
    _check_world_counts(worlds, more_worlds, until, at_most)
    loaded = load_input(file, settings, worlds, months, seed)
    label = "" if name is None else check_label(name, "name")
    options = RunOptions(
        workers=workers,
        scheduler=scheduler,
        force=force,
        label=label,
        tables=_parse_tables(tables),
    )
    precisions = parse_precisions(as_list(until, "until"), loaded)
    if precisions:
        limit = at_most or max(DEFAULT_MAX_WORLDS, loaded.scenario.worlds)
        return _load_frames(run_until(loaded, precisions, Path(out), options, limit))
    if more_worlds is not None:
        larger, finished_run = extend_finished_run(loaded, more_worlds, Path(out), options.tables)
        return _load_frames(run_scenario(larger, Path(out), options, finished_runs=[finished_run]))
    return _load_frames(run_scenario(loaded, Path(out), options))


def sweep(
    file: ScenarioInput,
    *,
    vary: Iterable[str] = (),
    sample: str | None = None,
    over: Iterable[str] = (),
    also: Iterable[str] = (),
    settings: Settings = (),
    worlds: int | None = None,
    months: int | None = None,
    seed: int | None = None,
    workers: int = 1,
    scheduler: str | None = None,
    out: StrPath = RESULTS_FOLDER,
    force: bool = False,
) -> Frames:
    """Simulate a scenario at many points, or read them if they exist, as `sim sweep` does.

    `vary` lists factors such as `rules.honour.reputation=0.2:1.2:5`. `sample`, such as `lhs:100`,
    samples all uncertain numbers or those named in `over`. `also` stores `months` and `events`.

    Raises:
        ScenarioError: a scenario cannot be used.
        RequestError: a factor is not valid, or the sweep is larger than one may be.
        ResultsError: the folder cannot be written, or holds something else.
        SimulationError: the simulation of every world failed.
        WorkerError: the workers terminated unexpectedly; finished blocks are stored.
    """
    loaded = load_input(file, settings, worlds, months, seed)
    assignments = [*list_settings(settings), *RunSettings(worlds, months, seed).as_assignments()]
    design = build_design(loaded, as_list(vary, "vary"), sample, as_list(over, "over"), assignments)
    options = RunOptions(workers=workers, scheduler=scheduler, force=force)
    return _load_frames(run_sweep(loaded, design, Path(out), options, as_list(also, "also")))


def rerun(manifest: StrPath, *, workers: int = 1, scheduler: str | None = None) -> RerunComparison:
    """Repeat a finished run or sweep exactly and compare the tables, as `sim rerun` does.

    `manifest` is its results folder, or the manifest in it. The repeated results are not stored.
    The result names the tables that are the `same` to the last byte, those that are `alike` but
    written differently, those that are `other`, and the `versions` that differ.

    Raises:
        ResultsError: the folder is incomplete, damaged, or was simulated by another engine.
        SimulationError: the simulation of every world failed.
        WorkerError: the workers terminated unexpectedly.
    """
    return rerun_results(
        locate_results(as_path(manifest, "manifest")),
        RunOptions(workers=workers, scheduler=scheduler),
    )


def results(out: StrPath = RESULTS_FOLDER) -> pd.DataFrame:
    """List what has been run, as `sim results` does: one row per folder, the newest first.

    Columns are `folder`, `kind`, `title`, `changed`, `worlds`, `months`, `created`, `state`.
    """
    columns = ["folder", "kind", "title", "changed", "worlds", "months", "created", "state"]
    return pd.DataFrame(stored_rows(list_stored_results(as_path(out, "out"))), columns=columns)


def _check_world_counts(
    worlds: int | None, more_worlds: int | None, until: Iterable[str], at_most: int | None
) -> None:
    counts = {"worlds": worlds, "more_worlds": more_worlds, "at_most": at_most}
    for name, number in counts.items():
        if number is None:
            continue
        if not isinstance(number, int):
            raise RequestError(f"{name}: {number!r} is no whole number")
        if number < 1:
            raise RequestError(f"{name}: must be above zero, and is {number}")
    if more_worlds and (worlds or until):
        raise RequestError("more_worlds: extends a run, and excludes worlds and until")
    if at_most and not until:
        raise RequestError("at_most: limits until, which is not given")


def _parse_tables(tables: str) -> StoredTables:
    if tables not in list(StoredTables):
        raise RequestError(
            f"tables {tables!r}: is not what can be stored\n    allowed: {', '.join(StoredTables)}"
        )
    return StoredTables(tables)


def _load_frames(outcome: RunOutcome) -> Frames:
    return load(outcome.results.folder, partial=True)
