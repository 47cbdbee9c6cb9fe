"""Pieces of a history on the disk: kept blocks, and runs that are finished, row by row.

A kept block is a zip of three Arrow streams, each table packed for itself, so that results are
put together table by table and never more than a block of one of them is in memory.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Protocol

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from sim.errors import ResultsError
from sim.experiment.blocks import Block
from sim.experiment.layout import TABLES
from sim.experiment.storage.parquet import ROW_GROUP_SIZE, narrow_floats, to_arrow
from sim.model.recording.history import History


class WorldTables(Protocol):
    """Worlds that were lived already."""

    @property
    def block(self) -> Block:
        """Which worlds they are."""

    def read_table(self, name: str) -> Iterator[pa.Table]:
        """Yield one of the three tables in parts, in order, at least one part."""


@dataclass(frozen=True)
class BlockFile:
    """A block that is kept."""

    file: Path
    block: Block

    def read_table(self, name: str) -> Iterator[pa.Table]:
        """Yield one of its tables.

        Raises:
            ResultsError: the disk does not give back what was written; the block is thrown away.
        """
        try:
            with zipfile.ZipFile(self.file) as bundle, bundle.open(f"{name}.arrow") as stream:
                table = pa.ipc.open_stream(stream).read_all()
                stream.read()  # to the end, where the checksum is looked at
        except (zipfile.BadZipFile, pa.ArrowException, OSError):
            self.file.unlink(missing_ok=True)
            raise ResultsError(
                f"{self.file}: is damaged and was thrown away\n"
                "    the same command lives these worlds again"
            ) from None
        yield table

    def is_valid(self) -> bool:
        """Whether it is as it was written, as far as a glance can tell."""
        try:
            with zipfile.ZipFile(self.file) as bundle:
                return bundle.namelist() == [f"{name}.arrow" for name in TABLES]
        except (OSError, zipfile.BadZipFile):
            return False


@dataclass(frozen=True)
class FinishedRun:
    """The tables of a run's folder."""

    folder: Path
    block: Block

    def read_table(self, name: str) -> Iterator[pa.Table]:
        """Yield one of its tables, group by group."""
        with pq.ParquetFile(self.folder / f"{name}.parquet") as file:
            yield _compact_table(name, file.schema_arrow.empty_table())
            for batch in file.iter_batches(ROW_GROUP_SIZE):
                yield _compact_table(name, pa.Table.from_batches([batch]))


def pack_history(history: History) -> bytes:
    """Return the three tables of a block as the file that they are kept in."""
    options, packed = pa.ipc.IpcWriteOptions(compression="zstd"), BytesIO()
    with zipfile.ZipFile(packed, "w") as bundle:
        for name in TABLES:
            table = _compact_table(name, to_arrow(getattr(history, name)))
            with (
                bundle.open(f"{name}.arrow", "w", force_zip64=True) as stream,
                pa.ipc.new_stream(stream, table.schema, options=options) as out,
            ):
                out.write_table(table)
    return packed.getvalue()


def _compact_table(name: str, table: pa.Table) -> pa.Table:
    """Return one of the three tables as it is kept."""
    return narrow_floats(table) if name == "months" else table


def merge_tables(sources: Iterable[WorldTables], name: str) -> Iterator[pa.Table]:
    """Yield one table of pieces in the order of the worlds; worlds that two have count once."""
    at = 0
    for piece in sources:
        for table in piece.read_table(name):
            yield table if piece.block.first >= at else _drop_worlds_before(table, at)
        at = max(at, piece.block.end)


def _drop_worlds_before(table: pa.Table, first_world: int) -> pa.Table:
    return table.filter(pc.greater_equal(table["world"], first_world))
