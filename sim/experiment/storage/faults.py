"""Faults of a results folder: missing, incomplete, damaged, or of another version or kind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pyarrow import ArrowException
from pydantic import ValidationError

from sim.errors import ResultsError
from sim.experiment.storage.manifest import (
    COMPLETE,
    MANIFEST_FILE,
    PARTIAL,
    RESULTS_FORMAT,
    Manifest,
    read_manifest,
)

_ENTRIES = {"name": str, "worlds": int, "files": dict, "versions": dict}
"""What every manifest records, whatever it is of, with the types."""
OTHER_VERSION_MESSAGE = "was written by another version of sim; run its scenario again"


@contextmanager
def translate_read_errors(folder: Path) -> Iterator[None]:
    """Turn the exceptions that a damaged or foreign folder causes into one message.

    Raises:
        ResultsError: the body met something that this version did not write.
    """
    try:
        yield
    except ValidationError as error:
        raise ResultsError(
            f"{folder}: {OTHER_VERSION_MESSAGE} ({error.error_count()} misfits)"
        ) from None
    except (KeyError, TypeError) as error:
        raise ResultsError(f"{folder}: {OTHER_VERSION_MESSAGE} (it lacks {error})") from None
    except (ArrowException, OSError, ValueError) as error:
        first = str(error).partition("\n")[0]
        raise ResultsError(f"{folder}: is damaged: {first}") from None


def find_fault(
    folder: Path, manifest: Manifest | None, kind: str, required: tuple[str, ...]
) -> str:
    """Return why a folder does not hold results of a kind; empty if it does."""
    if not folder.is_dir():
        return "is not a folder" if folder.exists() else _explain_absence(folder)
    if manifest is None:
        return "is not a results folder: it has no manifest that can be read"
    if manifest.get("status") not in (COMPLETE, PARTIAL):
        return "is not complete"
    if manifest.get("format") != RESULTS_FORMAT:
        written = manifest.get("format")
        formats = f"its format is {written}, and this version reads {RESULTS_FORMAT}"
        return f"was written by another version of sim: {formats}"
    if manifest.get("kind", "run") != kind:
        return explain_other_kind(manifest["kind"], kind)
    return _find_damage(folder, manifest, required)


def _find_damage(folder: Path, manifest: Manifest, required: tuple[str, ...]) -> str:
    """Return what is damaged, the manifest or a file that it lists; empty if nothing is."""
    if entry := _find_damaged_entry(manifest):
        return f"is damaged: {MANIFEST_FILE} has no usable entry {entry!r}"
    files = manifest["files"]
    names = [*required, *(name for name in files if name not in required)]
    faults = (_find_damaged_file(folder / name, files.get(name)) for name in names)
    return next(filter(None, faults), "")


def _find_damaged_entry(manifest: Manifest) -> str:
    """Return an entry that is missing or of another type than is written; empty if none is."""
    for entry, kind in _ENTRIES.items():
        if not isinstance(manifest.get(entry), kind):
            return entry
    sizes = manifest["files"].values()
    if not all(isinstance(size, dict) and isinstance(size.get("bytes"), int) for size in sizes):
        return "files"
    return "" if manifest["worlds"] > 0 else "worlds"


def explain_other_kind(kind: str, wanted: str) -> str:
    """Return the fault of results of another kind than wanted."""
    read = (kind, wanted) == ("sweep", "run")
    hint = "; sim compare and sim discover read its points" if read else ""
    held = "stress test" if kind == "stress" else kind
    return f"holds the results of a {held}, not of a {wanted}{hint}"


def _explain_absence(folder: Path) -> str:
    if (read_manifest(folder.parent) or {}).get("kind") == "sweep":
        return "is a point of a sweep, which only sim compare and sim discover read"
    return "there is no such folder"


def _find_damaged_file(file: Path, recorded: dict[str, int] | None) -> str:
    if not file.is_file():
        return f"is damaged: {file.name} is missing"
    if recorded is None or file.stat().st_size != recorded["bytes"]:
        return f"is damaged: {file.name} has changed since it was written"
    return ""
