"""A validation as files: a page, its checks and tables as CSV, a record as JSON."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any

from sim.errors import RequestError
from sim.experiment.storage.atomic import becoming
from sim.validation.check import Part, Row
from sim.validation.json_record import as_json, plain
from sim.validation.words import page

CHECKS, RECORD = "checks", "validation.json"


@contextmanager
def new(folder: Path, *, force: bool) -> Iterator[Path]:
    """Yield an empty folder that becomes `folder` when the body ends well.

    Nothing is ever replaced but, if so asked, an earlier validation.

    Raises:
        RequestError: something is there already.
        ResultsError: nothing can be written there.
    """
    if folder.exists() and not (folder / RECORD).is_file():
        raise RequestError(f"--out {folder}: is there already, and is no validation; name another")
    if folder.exists() and not force:
        raise RequestError(f"--out {folder}: is there already; --force replaces it")
    with becoming(folder, replace=force) as draft:
        yield draft


def files(parts: Sequence[Part], recorded: Mapping[str, Any], made: str) -> dict[str, bytes]:
    """Return the files of a validation by name."""
    tables = {CHECKS: list(_checks(parts))} | {
        name: rows for part in parts for name, rows in part.tables.items()
    }
    written = {f"{name}.csv": as_csv(rows).encode() for name, rows in tables.items()}
    return written | {
        "validation.md": page(parts, made).encode(),
        RECORD: as_json(recorded).encode(),
    }


def write(folder: Path, content: Mapping[str, bytes]) -> None:
    """Write files into a folder."""
    for name, data in content.items():
        (folder / name).write_bytes(data)


def as_csv(rows: Sequence[Row]) -> str:
    """Return a table as any spreadsheet opens it; columns are those of any row."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    out = StringIO()
    table = csv.DictWriter(out, columns, lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
    return out.getvalue()


def _checks(parts: Sequence[Part]) -> Iterator[Row]:
    for part in parts:
        for check in plain(part)["checks"]:
            yield {"part": part.name} | check | {"sources": "; ".join(check["sources"])}
