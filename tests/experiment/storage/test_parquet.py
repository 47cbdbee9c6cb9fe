from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sim.errors import ResultsError
from sim.experiment.storage import parquet
from sim.experiment.storage.parquet import (
    TableWriter,
    hold_columns,
    narrow_floats,
    read_column,
    to_arrow,
)
from sim.model.recording.history import Columns


def part(first: int, count: int) -> Columns:
    world = np.arange(first, first + count)
    return {
        "world": world,
        "war": world % 2 == 0,
        "event": np.array([f"event {w}" for w in world], dtype=object),
    }


def write(file: Path, *counts: int) -> Path:
    first = 0
    with TableWriter(file) as writer:
        for count in counts:
            writer.add(to_arrow(part(first, count)))
            first += count
    assert writer.rows == first
    return file


def test_the_parts_stand_below_each_other(tmp_path: Path) -> None:
    table = pq.read_table(write(tmp_path / "parts.parquet", 3, 4))
    assert table["world"].to_pylist() == list(range(7))
    assert table["event"].to_pylist() == [f"event {w}" for w in range(7)]


def test_the_file_does_not_show_how_it_was_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "ROW_GROUP_SIZE", 10)
    complete = write(tmp_path / "whole.parquet", 35)
    parts = write(tmp_path / "parts.parquet", 1, 0, 12, 9, 13)
    assert complete.read_bytes() == parts.read_bytes()
    assert pq.ParquetFile(complete).num_row_groups == 4


def test_a_part_without_rows_has_its_types_all_the_same(tmp_path: Path) -> None:
    schema = pq.read_schema(write(tmp_path / "empty.parquet", 0, 0))
    assert schema.types == [pa.int64(), pa.bool_(), pa.string()]


def test_strings_may_be_objects_or_numpy_strings(tmp_path: Path) -> None:
    with TableWriter(tmp_path / "strings.parquet") as writer:
        writer.add(to_arrow({"event": np.array(["war"], dtype=object)}))
        writer.add(to_arrow({"event": np.array(["a longer one"])}))
    assert read_column(tmp_path / "strings.parquet", "event").tolist() == ["war", "a longer one"]


def test_one_column_is_read_alone(tmp_path: Path) -> None:
    war = read_column(write(tmp_path / "table.parquet", 4), "war")
    assert war.dtype == bool
    assert war.tolist() == [True, False, True, False]


def test_what_is_not_a_number_is_an_empty_cell(tmp_path: Path) -> None:
    file = tmp_path / "table.parquet"
    with TableWriter(file) as writer:
        writer.add(to_arrow({"front": np.array([0.5, np.nan])}))
    assert pq.read_table(file)["front"].to_pylist() == [0.5, None]
    assert np.isnan(read_column(file, "front")).tolist() == [False, True]


@pytest.mark.parametrize("largest", [0, 10**6])
def test_columns_of_a_table_held_in_memory_are_those_of_the_file(
    largest: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "_LARGEST_HELD", largest)
    file = write(tmp_path / "table.parquet", 4)
    read = hold_columns(file)
    for name in ("world", "war", "event"):
        assert read(name).tolist() == read_column(file, name).tolist()


@pytest.mark.parametrize("length", [0, 4, 200])
def test_a_truncated_table_is_reported(tmp_path: Path, length: int) -> None:
    file = write(tmp_path / "table.parquet", 4)
    file.write_bytes(file.read_bytes()[:length])
    with pytest.raises(ResultsError) as error:
        read_column(file, "war")
    with pytest.raises(ResultsError, match="is damaged and cannot be read"):
        hold_columns(file)("war")
    assert str(error.value).startswith(f"{file}: is damaged and cannot be read: ")


def test_fractions_are_narrowed_and_nothing_else() -> None:
    table = to_arrow(part(0, 3) | {"front": np.array([1 / 3, np.nan, -1.0])})
    narrowed = narrow_floats(table)
    assert narrowed["front"].to_pylist() == [float(np.float32(1 / 3)), None, -1.0]
    assert narrowed.drop(["front"]).equals(table.drop(["front"]))
    assert narrow_floats(narrowed).equals(narrowed)
