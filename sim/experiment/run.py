"""Runs a scenario: reads existing results, or simulates the missing worlds and writes them."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from glob import escape
from pathlib import Path
from typing import TYPE_CHECKING

from sim.errors import RequestError, ResultsError, SimulationError, TheoryError
from sim.experiment.blocks import Block, BlockSizer, Failure, OnProgress, fitting_worlds
from sim.experiment.engine import MODEL_ENGINE, Engine, simulate_worlds
from sim.experiment.layout import StoredTables
from sim.experiment.limits import MAX_WORLD_MONTHS, SECONDS_PER_WORLD_MONTH, check_size
from sim.experiment.storage.engine_guard import require_unpatched_engine
from sim.experiment.storage.results import (
    Results,
    open_matching_results,
    open_run_results,
    open_sweep_results,
)
from sim.experiment.storage.run_key import RunKey, run_key
from sim.scenario.load import LoadedScenario
from sim.scenario.schema.scenario import Scenario

if TYPE_CHECKING:
    from sim.experiment.execution.checkpointed import ExecutionSummary, Job
    from sim.experiment.execution.scheduler import ExecutorConfig
    from sim.experiment.storage.block_files import FinishedRun, WorldTables
    from sim.experiment.storage.checkpoint import Checkpoint


@dataclass(frozen=True)
class RunOutcome:
    """The results of a run or sweep.

    Attributes:
        results: the folder.
        reused: whether it existed already.
        note: a line for the user, or nothing.
    """

    results: Results
    reused: bool
    note: str = ""


@dataclass(frozen=True)
class RunOptions:
    """How a run is executed; results do not depend on it, except on the engine.

    Attributes:
        workers: number of processes; None leaves it to the size of the work.
        scheduler: address of a Dask scheduler whose workers simulate the worlds.
        force: simulate again even if results exist, and replace them.
        block_size: worlds per block; None leaves it to how long they take.
        on_progress: called with the number of worlds simulated so far.
        command: the command as the user typed it, for the manifest.
        label: the name that the user gives the run, for tables; empty for the scenario's title.
        engine: what simulates worlds and names the measures.
        tables: which tables of a run are stored.
    """

    workers: int | None = None
    scheduler: str | None = None
    force: bool = False
    block_size: int | None = None
    on_progress: OnProgress = lambda _: None
    command: tuple[str, ...] = ()
    label: str = ""
    engine: Engine = MODEL_ENGINE
    tables: StoredTables = StoredTables.ALL

    @property
    def executor_config(self) -> ExecutorConfig:
        """Where blocks are simulated."""
        from sim.experiment.execution.scheduler import ExecutorConfig  # noqa: PLC0415

        return ExecutorConfig(self.workers, self.scheduler, self.block_size)

    def block_sizer(self, scenario: Scenario, tables: Sequence[str]) -> BlockSizer:
        """Return a sizer for worlds of which these tables are stored.

        It expects the measured speed; that of another engine is unknown.
        """
        is_known = self.engine.simulate is simulate_worlds
        seconds = SECONDS_PER_WORLD_MONTH * scenario.months * is_known
        recorded = not {"months", "events"}.isdisjoint(tables)
        fitting = fitting_worlds(len(scenario.actors), recorded=recorded)
        return BlockSizer(self.block_size, seconds, fitting)


def run_scenario(
    loaded: LoadedScenario,
    out: Path,
    options: RunOptions = RunOptions(),
    *,
    finished_runs: Sequence[WorldTables] = (),
) -> RunOutcome:
    """Run a scenario; its results are a folder below `out`.

    Worlds that `finished_runs` already hold are not simulated again.

    Raises:
        RequestError: more worlds are requested than one run may simulate.
        ResultsError: the folder cannot be written, or holds something else.
        SimulationError: no world could be simulated.
        WorkerError: a worker was lost; finished blocks are kept.
    """
    scenario = loaded.scenario
    check_size(scenario.worlds, scenario.months)
    key = run_key(loaded, *options.tables.key_texts)

    def create(checkpoint: Checkpoint, folder: Path, exists: bool) -> ExecutionSummary:
        from sim.experiment.execution.checkpointed import Job  # noqa: PLC0415  Arrow is slow to load
        from sim.experiment.storage.manifest import Execution  # noqa: PLC0415
        from sim.experiment.storage.writer import write_results  # noqa: PLC0415

        execution = Execution(options.command, label=options.label)
        finished_worlds = max((run.block.end for run in finished_runs), default=0)
        job = Job(key.point_id, scenario.model_dump_json, scenario.worlds, finished_worlds)
        summary = simulate_missing_worlds(
            [job],
            checkpoint,
            options,
            options.block_sizer(scenario, options.tables.names),
            options.tables.names,
        )
        write_results(
            key,
            loaded,
            folder,
            checkpoint,
            replace(execution, failures=summary.failures),
            measures=options.engine.list_measures(scenario),
            finished_runs=finished_runs,
            overwrite=exists,
            stored=options.tables,
        )
        return summary

    return reuse_or_create(key, out, options, create)


CreateResults = Callable[["Checkpoint", Path, bool], "ExecutionSummary"]
"""Simulates missing worlds and writes the folder, given whether the folder exists."""


def reuse_or_create(
    key: RunKey, out: Path, options: RunOptions, create: CreateResults, *, kind: str = "run"
) -> RunOutcome:
    """Return the results of a key if they exist, and else create them.

    Worlds that an earlier attempt left in its checkpoint are not simulated again.

    Raises:
        RequestError: a function of the engine was replaced in memory.
    """
    require_unpatched_engine()
    folder = out / key.folder_name
    if not options.force and (results := _find_complete_results(folder, key, kind)):
        return RunOutcome(_name_results(results, options.label), reused=True)
    return _create_results(folder, key, options, create, kind)


def _name_results(results: Results, label: str) -> Results:
    """Return results under the name that was asked for, if one was."""
    if label in {"", results.label}:
        return results
    from sim.experiment.storage.label import store_label  # noqa: PLC0415

    return replace(results, manifest=store_label(results.folder, results.manifest, label))


def _find_complete_results(folder: Path, key: RunKey, kind: str) -> Results | None:
    from sim.experiment.storage.checkpoint import discard_checkpoint  # noqa: PLC0415  Arrow is slow to load

    results = open_matching_results(folder, key, kind) if os.path.lexists(folder) else None
    if results:
        discard_checkpoint(folder)
    return results


def _create_results(
    folder: Path, key: RunKey, options: RunOptions, create: CreateResults, kind: str
) -> RunOutcome:
    from sim.experiment.storage.checkpoint import open_checkpoint  # noqa: PLC0415  Arrow is slow to load

    exists = os.path.lexists(folder)
    with open_checkpoint(folder, key.digest, fresh=options.force) as checkpoint:
        try:
            summary = create(checkpoint, folder, exists)
        except TheoryError:
            checkpoint.discard()  # blocks before the mistake rest on the same theory
            raise
        if not summary.failures:
            checkpoint.discard()
    open_results = open_run_results if kind == "run" else open_sweep_results
    note = _note_unused_workers(options, summary)
    return RunOutcome(open_results(folder, allow_partial=True), reused=False, note=note)


def simulate_missing_worlds(
    jobs: Sequence[Job],
    checkpoint: Checkpoint,
    options: RunOptions,
    sizer: BlockSizer,
    tables: Sequence[str],
) -> ExecutionSummary:
    """Simulate the worlds that a checkpoint lacks, and store these tables of them.

    Raises:
        SimulationError: no world could be simulated; the message says why the first could not.
        WorkerError: a worker was lost; finished blocks are kept.
    """
    from sim.experiment.execution.checkpointed import simulate_jobs  # noqa: PLC0415  Arrow is slow to load

    summary = simulate_jobs(
        jobs,
        checkpoint,
        options.engine.simulate,
        options.executor_config,
        options.on_progress,
        sizer,
        tables,
    )
    if not any(job.finished_worlds or checkpoint.block_files(job.point_id) for job in jobs):
        raise SimulationError(_describe_failures(summary.failures))
    return summary


def _describe_failures(failures: Sequence[Failure]) -> str:
    others = len(failures) - 1
    more = f"\n    nor could {others:,} other block{'s' * (others > 1)}" if others else ""
    return f"{failures[0]}{more}"


def _note_unused_workers(options: RunOptions, summary: ExecutionSummary) -> str:
    if summary.simulated and summary.workers == 1 and (options.workers or 1) > 1:
        return "One process simulated these worlds sooner than others could have started."
    return ""


def extend_finished_run(
    loaded: LoadedScenario,
    more_worlds: int,
    out: Path,
    tables: StoredTables = StoredTables.ALL,
) -> tuple[LoadedScenario, FinishedRun]:
    """Return a scenario with more worlds than its largest finished run has, and that run.

    It is a run of which the same tables are stored.

    Raises:
        RequestError: there is no finished run.
    """
    from sim.experiment.storage.block_files import FinishedRun  # noqa: PLC0415  Arrow is slow to load

    if largest := _find_largest_run(loaded, out, tables):
        worlds = int(largest.manifest["worlds"])
        _check_more_worlds(more_worlds, worlds, loaded.scenario.months)
        scenario = loaded.scenario.model_copy(update={"worlds": worlds + more_worlds})
        return replace(loaded, scenario=scenario), FinishedRun(largest.folder, Block(0, worlds))
    these = "" if tables is StoredTables.ALL else f", with --tables {tables}"
    raise RequestError(
        f"--more-worlds: {out} holds no finished run of this scenario with these months, this seed "
        f"and this engine{these}\n    leave the option out to start one"
    )


def _check_more_worlds(more_worlds: int, worlds: int, months: int) -> None:
    allowed = MAX_WORLD_MONTHS // months - worlds
    if more_worlds > allowed:
        raise RequestError(
            f"--more-worlds {more_worlds:,}: too many for one run that has {worlds:,} already\n"
            f"    allowed: up to {max(allowed, 0):,} more worlds of {months} months"
        )


def _find_largest_run(loaded: LoadedScenario, out: Path, tables: StoredTables) -> Results | None:
    """Return the finished run of a scenario, with these tables, that has the most worlds."""
    stem = run_key(loaded).digest_without_worlds
    runs = list[Results]()
    for folder in out.glob(f"{escape(loaded.name)}-*"):
        try:
            results = open_run_results(folder)
        except ResultsError:
            continue
        if results.manifest.get("stem") == stem and results.stored is tables:
            runs.append(results)
    return max(runs, key=lambda run: int(run.manifest["worlds"]), default=None)
