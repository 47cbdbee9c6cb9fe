"""A validation as files: a page, its checks and tables as CSV, a record as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sim.errors import RequestError
from sim.experiment.storage.atomic import atomic_folder, require_absent
from sim.output import render_csv
from sim.validation.check import TableRow, ValidationPart
from sim.validation.json_record import part_to_dict, render_record
from sim.validation.words import render_validation_page

_CHECKS_TABLE, _RECORD_FILE = "checks", "validation.json"


@contextmanager
def open_output_folder(folder: Path, *, force: bool) -> Iterator[Path]:
    """Yield an empty folder that becomes `folder` when the body ends well.

    Nothing is ever replaced but, if so asked, an earlier validation.

    Raises:
        RequestError: something is there already.
        ResultsError: nothing can be written there.
    """
    if folder.exists() and not (folder / _RECORD_FILE).is_file():
        raise RequestError(f"--out {folder}: already exists, and is no validation; name another")
    if not force:
        require_absent(folder, "--force replaces it", "--out")
    with atomic_folder(folder, overwrite=force) as draft:
        yield draft


def render_files(
    parts: Sequence[ValidationPart], record: Mapping[str, Any], provenance: str
) -> dict[str, bytes]:
    """Return the files of a validation by name."""
    tables = {_CHECKS_TABLE: list(_check_rows(parts))} | {
        name: rows for part in parts for name, rows in part.tables.items()
    }
    written = {f"{name}.csv": render_csv(rows).encode() for name, rows in tables.items()}
    return written | {
        "validation.md": render_validation_page(parts, provenance).encode(),
        _RECORD_FILE: render_record(record).encode(),
    }


def write_files(folder: Path, content: Mapping[str, bytes]) -> None:
    """Write files into a folder."""
    for name, data in content.items():
        (folder / name).write_bytes(data)


def _check_rows(parts: Sequence[ValidationPart]) -> Iterator[TableRow]:
    for part in parts:
        for check in part_to_dict(part)["checks"]:
            yield {"part": part.name} | check | {"sources": "; ".join(check["sources"])}
