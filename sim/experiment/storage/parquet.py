"""Parquet tables that are written block by block and do not depend on the size of the blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Any, Self

import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from sim.errors import ResultsError
from sim.experiment.storage.arrow_arrays import make_array, make_coded, read_array
from sim.experiment.storage.table_notes import TableNotes
from sim.model.recording.history import Coded, Columns

ROW_GROUP_SIZE = 100_000
"""Rows of a Parquet row group; fixed, so that the file does not depend on the blocks."""
_LARGEST_HELD = 64_000_000
"""Bytes of a file up to which it is held in memory while its columns are read."""


class TableWriter:
    """Writes a Parquet file in full row groups; other rows wait until their group is full."""

    def __init__(self, file: Path, notes: TableNotes | None = None) -> None:
        """Write to a file, with these notes if any."""
        self._file = file
        self._notes = notes or TableNotes()
        self._writer: pq.ParquetWriter | None = None
        self._pending: list[pa.Table] = []
        self.rows = 0

    def add(self, table: pa.Table) -> None:
        """Append rows."""
        if self._writer is None:
            self._writer = pq.ParquetWriter(
                self._file,
                self._notes.annotate(table.schema),
                compression="zstd",
                use_dictionary=_dictionary_columns(table.schema),
            )
        self.rows += table.num_rows
        self._pending.append(table)
        self._flush(ROW_GROUP_SIZE)

    def close(self) -> None:
        """Write the remaining rows and finish the file."""
        if self._writer is not None:
            self._flush(1)
            self._writer.add_key_value_metadata(self._notes.list_columns(self._writer.schema.names))
            self._writer.close()

    def _flush(self, min_rows: int) -> None:
        """Write row groups as long as at least so many rows wait."""
        assert self._writer is not None
        if sum(table.num_rows for table in self._pending) < min_rows:
            return
        remaining = pa.concat_tables(self._pending)
        while remaining.num_rows >= min_rows:
            self._writer.write_table(
                remaining.slice(0, ROW_GROUP_SIZE).combine_chunks(), row_group_size=ROW_GROUP_SIZE
            )
            remaining = remaining.slice(ROW_GROUP_SIZE)
        self._pending = [remaining]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()


def to_arrow(columns: Columns, codes: Mapping[str, Coded] = MappingProxyType({})) -> pa.Table:
    """Return columns as an Arrow table whose types depend on numpy's types alone.

    A column of which `codes` has the texts as numbers is one with a dictionary.

    Types are never inferred from the values: a block without events has string columns too. NaN,
    such as the front where there is no war, becomes an empty cell, which other tools leave out of
    a mean.
    """
    return pa.table(
        {
            name: make_coded(codes[name]) if name in codes else make_array(values)
            for name, values in columns.items()
        }
    )


def narrow_floats(table: pa.Table) -> pa.Table:
    """Return a table whose floats have 32 bits, about seven digits.

    Monthly values are only plotted, never summed exactly, and take most of the disk space of a run.
    """
    fields = [
        field.with_type(pa.float32()) if field.type == pa.float64() else field
        for field in table.schema
    ]
    return table.cast(pa.schema(fields))


@contextmanager
def open_columns(file: Path) -> Iterator[Callable[[str], NDArray[Any]]]:
    """Yield a function that returns a column of a table as an array; empty cells become NaN.

    Raises:
        ResultsError: the file is damaged.
    """
    with reporting_damage(file), pq.ParquetFile(file) as table:
        yield lambda name: read_array(table.read([name])[name])


def hold_columns(file: Path) -> Callable[[str], NDArray[Any]]:
    """Return a function that returns a column of a table as an array; empty cells become NaN.

    A file that is not large is read and its description worked out once, not for every column.

    Raises:
        ResultsError: the file is damaged.
    """
    if file.stat().st_size > _LARGEST_HELD:
        return partial(read_column, file)
    with reporting_damage(file):
        table = pq.ParquetFile(pa.BufferReader(file.read_bytes()))

    def read(name: str) -> NDArray[Any]:
        with reporting_damage(file):
            return read_array(table.read([name])[name])

    return read


def read_column(file: Path, name: str, point_id: str = "") -> NDArray[Any]:
    """Return a column of a table as an array; of a sweep, the rows of one point if given.

    Raises:
        ResultsError: the file is damaged.
    """
    if not point_id:
        with open_columns(file) as read:
            return read(name)
    with reporting_damage(file):
        rows = pq.read_table(file, columns=[name], filters=[("point", "=", point_id)])
        column: NDArray[Any] = rows[name].to_numpy()
        return column


def read_rows(file: Path) -> list[dict[str, Any]]:
    """Return the rows of a small table as mappings from column to cell.

    Raises:
        ResultsError: the file is damaged.
    """
    with reporting_damage(file):
        rows: list[dict[str, Any]] = pq.read_table(file).to_pylist()
        return rows


@contextmanager
def reporting_damage(file: Path) -> Iterator[None]:
    """Report damage inside a table that the body reads.

    Raises:
        ResultsError: the file is damaged.
    """
    try:
        yield
    except (pa.ArrowException, OSError) as error:
        raise ResultsError(f"{file}: is damaged and cannot be read: {error}") from None


def _dictionary_columns(schema: pa.Schema) -> list[str]:
    """Return the columns of repeated values; a dictionary of floats would only take space."""
    return [field.name for field in schema if not pa.types.is_floating(field.type)]
