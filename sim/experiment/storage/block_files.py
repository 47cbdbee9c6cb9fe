"""Tables of worlds on disk: stored blocks and finished runs.

A stored block is a zip archive of Arrow streams, one per table; texts that repeat are numbers
there. Results are assembled table by table, so that no more than one table of one block is in
memory.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Protocol

import pyarrow as pa
import pyarrow.parquet as pq

from sim.errors import ResultsError
from sim.experiment.blocks import Block
from sim.experiment.layout import TABLES
from sim.experiment.storage.parquet import ROW_GROUP_SIZE, narrow_floats, reporting_damage, to_arrow
from sim.model.recording.history import History

_CODED_TABLES = ("events", "month_counts")
_COUNTS_AT_ONCE = 16
"""Tables of counts that are added up at once."""
_COUNT_KEYS = ["column", "month", "value"]


class WorldTables(Protocol):
    """Worlds that have been simulated already."""

    @property
    def block(self) -> Block:
        """The numbers of the worlds."""

    def read_table(self, name: str) -> Iterator[pa.Table]:
        """Yield one of the tables in order, in one or more parts."""


@dataclass(frozen=True)
class BlockFile:
    """A stored block."""

    file: Path
    block: Block

    def read_table(self, name: str) -> Iterator[pa.Table]:
        """Yield one of its tables.

        Raises:
            ResultsError: the file is damaged; it is deleted.
        """
        try:
            with zipfile.ZipFile(self.file) as bundle, bundle.open(f"{name}.arrow") as stream:
                table = pa.ipc.open_stream(stream).read_all()
                stream.read()  # to the end, where the checksum is verified
        except (zipfile.BadZipFile, pa.ArrowException, OSError):
            self.file.unlink(missing_ok=True)
            raise ResultsError(
                f"{self.file}: is damaged and was deleted\n"
                "    the same command simulates these worlds again"
            ) from None
        yield _spell_out(table)

    def is_valid(self) -> bool:
        """Whether the archive opens and lists tables; their content is checked on reading."""
        try:
            with zipfile.ZipFile(self.file) as bundle:
                return bundle.namelist()[:1] == ["worlds.arrow"]
        except (OSError, zipfile.BadZipFile):
            return False


@dataclass(frozen=True)
class FinishedRun:
    """The tables of a finished run."""

    folder: Path
    block: Block

    def read_table(self, name: str) -> Iterator[pa.Table]:
        """Yield one of its tables, row group by row group."""
        path = self.folder / f"{name}.parquet"
        with reporting_damage(path), pq.ParquetFile(path) as file:
            yield _compact_table(name, file.schema_arrow.empty_table())
            for batch in file.iter_batches(ROW_GROUP_SIZE):
                yield _compact_table(name, pa.Table.from_batches([batch]))


def pack_history(history: History, tables: Sequence[str] = TABLES) -> bytes:
    """Return some tables of a block, that of the worlds first, as the content of its file."""
    options, packed = pa.ipc.IpcWriteOptions(compression="zstd"), BytesIO()
    with zipfile.ZipFile(packed, "w") as bundle:
        for name in tables:
            codes = history.codes if name in _CODED_TABLES else {}
            table = _compact_table(name, to_arrow(getattr(history, name), codes))
            with (
                bundle.open(f"{name}.arrow", "w", force_zip64=True) as stream,
                pa.ipc.new_stream(stream, table.schema, options=options) as out,
            ):
                out.write_table(table)
    return packed.getvalue()


def _compact_table(name: str, table: pa.Table) -> pa.Table:
    """Return one of the tables in its stored form."""
    return narrow_floats(table) if name in ("months", "month_samples") else table


def _spell_out(table: pa.Table) -> pa.Table:
    """Return a table whose texts are texts, not numbers with a legend."""
    fields = [
        field.with_type(pa.string()) if pa.types.is_dictionary(field.type) else field
        for field in table.schema
    ]
    return table.cast(pa.schema(fields))


def merge_tables(sources: Iterable[WorldTables], name: str) -> Iterator[pa.Table]:
    """Yield one table of several sources in the order of the worlds; shared worlds appear once."""
    next_world = 0
    for source in sources:
        for table in source.read_table(name):
            overlaps = source.block.first < next_world
            yield _drop_worlds_before(table, next_world) if overlaps else table
        next_world = max(next_world, source.block.end)


def add_counts(sources: Sequence[WorldTables], name: str) -> Iterator[pa.Table]:
    """Yield the counts of worlds of all sources, added up, in order of column, month and value.

    Raises:
        ResultsError: the same world is counted in two sources.
    """
    _require_disjoint([source.block for source in sources])
    waiting: list[pa.Table] = []
    for source in sources:
        waiting += source.read_table(name)
        if len(waiting) >= _COUNTS_AT_ONCE:
            waiting = [_add_counts(waiting)]
    yield _add_counts(waiting).sort_by([(key, "ascending") for key in _COUNT_KEYS])


def _require_disjoint(blocks: Sequence[Block]) -> None:
    for earlier, later in pairwise(sorted(blocks)):
        if later.first < earlier.end:
            raise ResultsError(
                f"world {later.first} was counted twice\n    --force simulates them all again"
            )


def _add_counts(tables: Sequence[pa.Table]) -> pa.Table:
    names, rows = tables[0].column_names, pa.concat_tables(tables)
    sums = rows.group_by(_COUNT_KEYS).aggregate([("worlds", "sum")])
    return sums.rename_columns({"worlds_sum": "worlds"}).select(names)


def _drop_worlds_before(table: pa.Table, first_world: int) -> pa.Table:
    import pyarrow.compute as pc  # noqa: PLC0415  slow to load, and seldom needed

    return table.filter(pc.greater_equal(table["world"], first_world))
