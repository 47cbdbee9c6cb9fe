"""Sequential precision: worlds are added until the requested intervals are narrow enough.

Looks are taken after 1, 2, 4, 8 ... times the worlds of the scenario, whatever they show. The
intervals at each look allow for all the looks there may be (`sim.statistics.intervals`). A measure
that is defined in some worlds only has the interval of these.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim.experiment.execution.checkpointed import ExecutionSummary, Job
from sim.experiment.limits import check_size
from sim.experiment.precision import Precision, count_worlds_needed, parse_precisions
from sim.experiment.run import (
    RunOptions,
    RunOutcome,
    reuse_or_create,
    simulate_missing_worlds,
)
from sim.experiment.storage.checkpoint import Checkpoint
from sim.experiment.storage.manifest import Execution
from sim.experiment.storage.metrics import summarise_measures
from sim.experiment.storage.run_key import run_key
from sim.experiment.storage.writer import write_results
from sim.scenario.load import LoadedScenario
from sim.statistics.intervals import intervals_at_look

__all__ = ["Precision", "parse_precisions", "run_until"]

DEFAULT_MAX_WORLDS = 100_000
"""The default number of worlds at which a run ends even if intervals are still too wide."""


@dataclass
class _LookLog:
    """The metrics at each look, for the manifest."""

    precisions: Sequence[Precision]
    first_worlds: int
    max_worlds: int
    looks: list[dict[str, object]] = field(default_factory=list)
    reached: bool = False
    needed: int | None = None

    def add_look(self, checkpoint: Checkpoint, point_id: str, worlds: int) -> bool:
        """Record the metrics of so many worlds; return whether all precisions are met."""
        measures = [precision.measure for precision in self.precisions]
        names = {name for measure in measures for name in (measure.name, measure.given) if name}
        columns = _read_columns(checkpoint, point_id, sorted(names))
        metrics = summarise_measures(
            measures, columns.__getitem__, intervals_at_look(len(self.looks) + 1)
        )
        pairs = list(zip(self.precisions, metrics, strict=True))
        self.reached = all(precision.is_met(metric) for precision, metric in pairs)
        self.needed = count_worlds_needed(pairs, worlds)
        self.looks.append({"worlds": worlds, "metrics": [asdict(metric) for metric in metrics]})
        return self.reached

    def to_dict(self) -> dict[str, object]:
        """Return the log as data."""
        return {
            "wanted": [precision.text for precision in self.precisions],
            "first": self.first_worlds,
            "at_most": self.max_worlds,
            "reached": self.reached,
            "needed": self.needed,
            "looks": self.looks,
        }


def run_until(
    loaded: LoadedScenario,
    precisions: Sequence[Precision],
    out: Path,
    options: RunOptions,
    max_worlds: int = DEFAULT_MAX_WORLDS,
) -> RunOutcome:
    """Simulate the scenario's number of worlds, then more, until all precisions are met.

    Raises:
        RequestError: more worlds are requested than one run may simulate.
        ResultsError: the folder cannot be written, or holds something else.
        SimulationError: no world could be simulated.
        WorkerError: a worker was lost; finished blocks are kept.
    """
    scenario, first = loaded.scenario, loaded.scenario.worlds
    check_size(max(first, max_worlds), scenario.months)
    texts = sorted(precision.text for precision in precisions)
    key = run_key(loaded, "until", *texts, str(max_worlds), *options.tables.key_texts)

    def create(checkpoint: Checkpoint, folder: Path, exists: bool) -> ExecutionSummary:
        execution = Execution(options.command, label=options.label)
        log = _LookLog(precisions, first, max_worlds)
        sizer = options.block_sizer(scenario, options.tables.names)
        for worlds in schedule_looks(first, max_worlds):
            job = Job(key.point_id, scenario.model_dump_json, worlds)
            summary = simulate_missing_worlds(
                [job], checkpoint, options, sizer, options.tables.names
            )
            if summary.failures or log.add_look(checkpoint, key.point_id, worlds):
                break
        write_results(
            key,
            replace(loaded, scenario=scenario.model_copy(update={"worlds": worlds})),
            folder,
            checkpoint,
            replace(execution, failures=summary.failures),
            measures=options.engine.list_measures(scenario),
            interval_methods=intervals_at_look(max(len(log.looks), 1)),
            overwrite=exists,
            stored=options.tables,
            until=log.to_dict(),
        )
        return summary

    return reuse_or_create(key, out, options, create)


def schedule_looks(first_worlds: int, max_worlds: int) -> Iterator[int]:
    """Yield the number of worlds at each look: doubled each time, `max_worlds` at the end."""
    worlds = first_worlds
    while worlds < max_worlds:
        yield worlds
        worlds *= 2
    yield max(first_worlds, max_worlds)


def describe_looks(until_record: dict[str, object]) -> str:
    """Return in one line how the run ended, from its record in the manifest."""
    looks = until_record["looks"]
    assert isinstance(looks, list)
    worlds, times = looks[-1]["worlds"] if looks else 0, len(looks)
    wanted = until_record["wanted"]
    assert isinstance(wanted, list)
    precise = "known to" if until_record["reached"] else "not yet known to"
    needed = until_record.get("needed")
    more = f" About {needed:,} worlds would be needed." if needed else ""
    return (
        f"After {worlds:,} worlds {precise} {', '.join(wanted)}; "
        f"the intervals allow for {times} {'look' if times == 1 else 'looks'}.{more}"
    )


def _read_columns(
    checkpoint: Checkpoint, point_id: str, names: list[str]
) -> dict[str, NDArray[np.generic]]:
    parts = [
        table.select(names)
        for block_file in checkpoint.block_files(point_id)
        for table in block_file.read_table("worlds")
    ]
    return {name: np.concatenate([part[name].to_numpy() for part in parts]) for name in names}
