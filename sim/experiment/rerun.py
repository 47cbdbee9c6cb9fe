"""Lives a finished run or sweep once more, from its manifest alone, and compares the tables."""

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
from sim.experiment.engine import engine_fingerprint
from sim.experiment.run import RunOptions, RunOutcome, run_scenario
from sim.experiment.run_until import parse_precisions, run_until
from sim.experiment.storage.manifest import MANIFEST_FILE, Manifest
from sim.experiment.storage.parquet import narrow_floats
from sim.experiment.storage.results import Results, open_results
from sim.experiment.sweep import run_sweep


@dataclass(frozen=True)
class RerunComparison:
    """What came of living worlds again.

    Attributes:
        results: the results that were there.
        identical: tables that are the same to the last byte.
        equivalent: tables that hold the same and are written otherwise.
        different: tables that hold something else.
        versions: what was used then and is used now, where that differs.
    """

    results: Results
    identical: tuple[str, ...]
    equivalent: tuple[str, ...]
    different: tuple[str, ...]
    versions: dict[str, tuple[str, str]]


def rerun_results(path: Path, options: RunOptions) -> RerunComparison:
    """Live what a manifest describes again, beside it, and throw it away after comparing.

    Raises:
        ResultsError: the folder is not complete, damaged, or was lived by another engine.
        LivingError: no world could be lived.
        WorkerError: the workers are gone.
    """
    before = _open_any_results(path)
    _check_engine(before)
    with _temporary_folder(before.folder.parent) as out:
        return _compare_results(before, _simulate_again(before, out, options).results)


def _open_any_results(path: Path) -> Results:
    folder = path.parent if path.name == MANIFEST_FILE else path
    return open_results(folder)


def _check_engine(original: Results) -> None:
    there, here = original.manifest["engine"], engine_fingerprint()
    if there != here:
        version = original.manifest["versions"]["sim"]
        raise ResultsError(
            f"{original.folder}: its worlds were lived by another engine, {there[:8]} of version "
            f"{version}; this one is {here[:8]} of version {__version__}\n"
            "    another engine lives other worlds: install that version, or run the scenario anew"
        )


@contextmanager
def _temporary_folder(parent: Path) -> Iterator[Path]:
    try:
        aside = TemporaryDirectory(dir=parent, prefix=".rerun.")
    except OSError as error:
        raise ResultsError(f"{parent}: cannot be written to: {error.strerror}") from None
    with aside as out:
        yield Path(out)


def _simulate_again(original: Results, out: Path, options: RunOptions) -> RunOutcome:
    try:
        again = _prepare_rerun(original.manifest, out, options)
    except (AttributeError, KeyError, TypeError, ValidationError) as error:
        raise ResultsError(f"{original.folder}: its manifest is damaged: {error}") from None
    return again()


def _prepare_rerun(manifest: Manifest, out: Path, options: RunOptions) -> Callable[[], RunOutcome]:
    """Return what lives the worlds that a manifest describes."""
    if manifest.get("kind") == "sweep":
        loaded = restore_scenario(
            manifest, manifest["scenario"], str(manifest["name"]).removesuffix("-sweep")
        )
        return partial(run_sweep, loaded, restore_design(manifest), out, options, manifest["also"])
    loaded = restore_scenario(manifest, manifest["scenario"], manifest["name"])
    if until := manifest.get("until"):
        first = loaded.scenario.model_copy(update={"worlds": until["first"]})
        begun = replace(loaded, scenario=first)
        wanted = parse_precisions(until["wanted"], begun)
        return partial(run_until, begun, wanted, out, options, until["at_most"])
    return partial(run_scenario, loaded, out, options)


def _compare_results(original: Results, repeated: Results) -> RerunComparison:
    names = list(original.manifest["files"])
    pairs = {name: (original.folder / name, repeated.folder / name) for name in names}
    same = [name for name in names if _have_same_bytes(*pairs[name])]
    alike = [name for name in names if name not in same and _have_same_rows(*pairs[name])]
    then, now = original.manifest["versions"], repeated.manifest["versions"]
    return RerunComparison(
        original,
        identical=tuple(same),
        equivalent=tuple(alike),
        different=tuple(name for name in names if name not in (*same, *alike)),
        versions={
            what: (then.get(what, "none"), now[what]) for what in now if then.get(what) != now[what]
        },
    )


def _have_same_bytes(one: Path, other: Path) -> bool:
    return other.is_file() and one.read_bytes() == other.read_bytes()


def _have_same_rows(one: Path, other: Path) -> bool:
    if one.suffix != ".parquet" or not other.is_file():
        return False
    try:
        return bool(_read_table(one).equals(_read_table(other)))
    except (pa.ArrowException, OSError):
        return False


def _read_table(file: Path) -> pa.Table:
    """Return a table; months were once written with more digits than today."""
    table = pq.read_table(file)
    return narrow_floats(table) if file.stem == "months" else table
