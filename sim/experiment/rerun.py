"""Simulates a finished run or sweep again, from its manifest alone, and compares the tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.parquet as pq
from pydantic import ValidationError

from sim._version import __version__
from sim.errors import ResultsError
from sim.experiment.design.restore import restore_design, restore_scenario
from sim.experiment.layout import parse_stored
from sim.experiment.run import RunOptions, RunOutcome, run_scenario
from sim.experiment.run_until import parse_precisions, run_until
from sim.experiment.storage.engine_fingerprint import engine_fingerprint
from sim.experiment.storage.manifest import MANIFEST_FILE, Manifest
from sim.experiment.storage.metrics import read_point_metrics
from sim.experiment.storage.parquet import narrow_floats
from sim.experiment.storage.results import Results, open_results
from sim.experiment.sweep import run_sweep


@dataclass(frozen=True)
class RerunComparison:
    """The comparison of results with a second simulation of the same worlds.

    Attributes:
        results: the original results.
        identical: tables with the same bytes.
        equivalent: tables with the same rows but other bytes.
        different: tables with other rows.
        versions: packages whose version differs: the original version and the present one.
    """

    results: Results
    identical: tuple[str, ...]
    equivalent: tuple[str, ...]
    different: tuple[str, ...]
    versions: dict[str, tuple[str, str]]


def rerun_results(path: Path, options: RunOptions) -> RerunComparison:
    """Simulate again what a manifest describes, compare, and delete the new results.

    Raises:
        ResultsError: the folder is incomplete, damaged, or was simulated by another engine.
        SimulationError: no world could be simulated.
        WorkerError: a worker was lost.
    """
    original = _open_any_results(path)
    _check_engine(original)
    with _temporary_folder(original.folder.parent) as out:
        return _compare_results(original, _simulate_again(original, out, options).results)


def _open_any_results(path: Path) -> Results:
    folder = path.parent if path.name == MANIFEST_FILE else path
    return open_results(folder)


def _check_engine(original: Results) -> None:
    recorded, installed = original.engine, engine_fingerprint()
    if recorded != installed:
        version = original.manifest["versions"].get("sim", "unknown")
        other = f"{recorded[:8] or 'not recorded,'} of version {version}"
        raise ResultsError(
            f"{original.folder}: its worlds were simulated by another engine, {other}; "
            f"this one is {installed[:8]} of version {__version__}\n"
            "    another engine simulates other worlds: install that version, or run the scenario "
            "again"
        )


@contextmanager
def _temporary_folder(parent: Path) -> Iterator[Path]:
    try:
        temporary = TemporaryDirectory(dir=parent, prefix=".rerun.")
    except OSError as error:
        raise ResultsError(f"{parent}: cannot be written to: {error.strerror}") from None
    with temporary as out:
        yield Path(out)


def _simulate_again(original: Results, out: Path, options: RunOptions) -> RunOutcome:
    try:
        rerun = _prepare_rerun(original.manifest, out, options)
    except (AttributeError, KeyError, TypeError, ValidationError) as error:
        reason = "the scenario in it is not valid" if isinstance(error, ValidationError) else error
        raise ResultsError(f"{original.folder}: its manifest is damaged: {reason}") from None
    return rerun()


def _prepare_rerun(manifest: Manifest, out: Path, options: RunOptions) -> Callable[[], RunOutcome]:
    """Return a function that simulates the worlds that a manifest describes."""
    if manifest.get("kind") == "sweep":
        loaded = restore_scenario(
            manifest, manifest["scenario"], str(manifest["name"]).removesuffix("-sweep")
        )
        return partial(run_sweep, loaded, restore_design(manifest), out, options, manifest["also"])
    loaded = restore_scenario(manifest, manifest["scenario"], manifest["name"])
    options = replace(options, tables=parse_stored(manifest.get("tables")))
    if until := manifest.get("until"):
        first = loaded.scenario.model_copy(update={"worlds": until["first"]})
        started = replace(loaded, scenario=first)
        precisions = parse_precisions(until["wanted"], started, options.engine)
        return partial(run_until, started, precisions, out, options, until["at_most"])
    return partial(run_scenario, loaded, out, options)


def _compare_results(original: Results, repeated: Results) -> RerunComparison:
    names = list(original.manifest["files"])
    pairs = {name: (original.folder / name, repeated.folder / name) for name in names}
    identical = [name for name in names if _have_same_bytes(*pairs[name])]
    equivalent = [name for name in names if name not in identical and _have_same_rows(*pairs[name])]
    then, now = original.manifest["versions"], repeated.manifest["versions"]
    return RerunComparison(
        original,
        identical=tuple(identical),
        equivalent=tuple(equivalent),
        different=tuple(name for name in names if name not in (*identical, *equivalent)),
        versions={
            what: (then.get(what, "none"), now[what]) for what in now if then.get(what) != now[what]
        },
    )


def _have_same_bytes(original: Path, repeated: Path) -> bool:
    return repeated.is_file() and original.read_bytes() == repeated.read_bytes()


def _have_same_rows(original: Path, repeated: Path) -> bool:
    """Whether two tables have the same figures; earlier versions said less of each measure."""
    if not repeated.is_file():
        return False
    try:
        if original.suffix != ".parquet":
            return read_point_metrics(original) == read_point_metrics(repeated)
        return bool(_read_table(original).equals(_read_table(repeated)))
    except (pa.ArrowException, OSError, KeyError, ValueError):
        return False


def _read_table(file: Path) -> pa.Table:
    """Return a table; earlier versions wrote months with more digits."""
    table = pq.read_table(file)
    return narrow_floats(table) if file.stem == "months" else table
