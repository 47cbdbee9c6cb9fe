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
from sim.experiment.design.restore import restored, restored_design
from sim.experiment.engine import engine_fingerprint
from sim.experiment.run import Answer, Wish, run
from sim.experiment.run_until import precisions, run_until
from sim.experiment.storage.manifest import FILE, Manifest, read_manifest
from sim.experiment.storage.parquet import narrowed
from sim.experiment.storage.results import Results, results, sweep_results
from sim.experiment.sweep import sweep


@dataclass(frozen=True)
class Comparison:
    """What came of living worlds again.

    Attributes:
        results: the results that were there.
        same: tables that are the same to the last byte.
        alike: tables that hold the same and are written otherwise.
        other: tables that hold something else.
        versions: what was used then and is used now, where that differs.
    """

    results: Results
    same: tuple[str, ...]
    alike: tuple[str, ...]
    other: tuple[str, ...]
    versions: dict[str, tuple[str, str]]


def rerun(path: Path, wish: Wish) -> Comparison:
    """Live what a manifest describes again, beside it, and throw it away after comparing.

    Raises:
        ResultsError: the folder is not complete, damaged, or was lived by another engine.
        LivingError: no world could be lived.
        WorkerError: the workers are gone.
    """
    before = _opened(path)
    _check_engine(before)
    with _aside(before.folder.parent) as out:
        return _compared(before, _lived(before, out, wish).results)


def _opened(path: Path) -> Results:
    folder = path.parent if path.name == FILE else path
    kind = (read_manifest(folder) or {}).get("kind", "run")
    return sweep_results(folder) if kind == "sweep" else results(folder)


def _check_engine(before: Results) -> None:
    there, here = before.manifest["engine"], engine_fingerprint()
    if there != here:
        version = before.manifest["versions"]["sim"]
        raise ResultsError(
            f"{before.folder}: its worlds were lived by another engine, {there[:8]} of version "
            f"{version}; this one is {here[:8]} of version {__version__}\n"
            "    another engine lives other worlds: install that version, or run the scenario anew"
        )


@contextmanager
def _aside(parent: Path) -> Iterator[Path]:
    try:
        aside = TemporaryDirectory(dir=parent, prefix=".rerun.")
    except OSError as error:
        raise ResultsError(f"{parent}: cannot be written to: {error.strerror}") from None
    with aside as out:
        yield Path(out)


def _lived(before: Results, out: Path, wish: Wish) -> Answer:
    try:
        again = _again(before.manifest, out, wish)
    except (AttributeError, KeyError, TypeError, ValidationError) as error:
        raise ResultsError(f"{before.folder}: its manifest is damaged: {error}") from None
    return again()


def _again(told: Manifest, out: Path, wish: Wish) -> Callable[[], Answer]:
    """Return what lives the worlds that a manifest describes."""
    if told.get("kind") == "sweep":
        loaded = restored(told, told["scenario"], str(told["name"]).removesuffix("-sweep"))
        return partial(sweep, loaded, restored_design(told), out, wish, told["also"])
    loaded = restored(told, told["scenario"], told["name"])
    if until := told.get("until"):
        first = loaded.scenario.model_copy(update={"worlds": until["first"]})
        begun = replace(loaded, scenario=first)
        wanted = precisions(until["wanted"], begun)
        return partial(run_until, begun, wanted, out, wish, until["at_most"])
    return partial(run, loaded, out, wish)


def _compared(before: Results, after: Results) -> Comparison:
    names = list(before.manifest["files"])
    pairs = {name: (before.folder / name, after.folder / name) for name in names}
    same = [name for name in names if _bytes_alike(*pairs[name])]
    alike = [name for name in names if name not in same and _rows_alike(*pairs[name])]
    then, now = before.manifest["versions"], after.manifest["versions"]
    return Comparison(
        before,
        same=tuple(same),
        alike=tuple(alike),
        other=tuple(name for name in names if name not in (*same, *alike)),
        versions={
            what: (then.get(what, "none"), now[what]) for what in now if then.get(what) != now[what]
        },
    )


def _bytes_alike(one: Path, other: Path) -> bool:
    return other.is_file() and one.read_bytes() == other.read_bytes()


def _rows_alike(one: Path, other: Path) -> bool:
    if one.suffix != ".parquet" or not other.is_file():
        return False
    try:
        return bool(_read(one).equals(_read(other)))
    except (pa.ArrowException, OSError):
        return False


def _read(file: Path) -> pa.Table:
    """Return a table; months were once written with more digits than today."""
    table = pq.read_table(file)
    return narrowed(table) if file.stem == "months" else table
