from __future__ import annotations

import csv
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from sim.analysis.comparison.compare import compare_runs
from sim.analysis.comparison.tables import (
    difference_rows,
    input_rows,
    measure_rows,
    write_comparison,
)
from sim.errors import RequestError
from tests.analysis.conftest import WITHOUT, SimulateSmall

TABLES = ("inputs", "measures", "differences")


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_each_table_is_written_for_spreadsheets_and_for_programs(
    simulate_small: SimulateSmall, tmp_path: Path
) -> None:
    out = tmp_path / "compared"
    write_comparison(out, compare_runs([simulate_small(), simulate_small(WITHOUT)]))
    assert sorted(file.name for file in out.iterdir()) == sorted(
        f"{name}.{kind}" for name in TABLES for kind in ("csv", "parquet")
    )
    for name in TABLES:
        table = pq.read_table(out / f"{name}.parquet")
        assert table.num_rows == len(rows(out / f"{name}.csv")) > 0
        assert table.column_names == list(rows(out / f"{name}.csv")[0])


def test_rows_say_which_side_they_are_of(simulate_small: SimulateSmall) -> None:
    comparison = compare_runs(
        [simulate_small(), simulate_small(WITHOUT, "rules.honour.reputation=1.3")]
    )
    rows = [(row["key"], row["side"], row["text"]) for row in input_rows(comparison)]
    assert rows == [
        ("treaties.pact.concluded", "A", "True"),
        ("treaties.pact.concluded", "B", "False"),
        ("rules.honour.reputation", "A", "1.2"),
        ("rules.honour.reputation", "B", "1.3"),
    ]
    assert [(row["measure"], row["side"]) for row in measure_rows(comparison)] == [
        (name, side) for name in ("war", "length") for side in "AB"
    ]


def test_a_difference_has_its_pairs_counted(simulate_small: SimulateSmall) -> None:
    comparison = compare_runs([simulate_small(), simulate_small(WITHOUT)])
    [war, length] = difference_rows(comparison)
    assert (war["with"], war["without"], war["paired"]) == ("A", "B", True)
    assert sum(int(str(war[k])) for k in ("both", "added", "averted", "neither")) == 100
    assert length["both"] is None


def test_unpaired_runs_leave_the_cells_of_pairs_empty(simulate_small: SimulateSmall) -> None:
    [war, _] = difference_rows(compare_runs([simulate_small(), simulate_small("seed=9")]))
    assert war["paired"] is False
    assert [war[k] for k in ("both", "times_fewer_worlds", "same_in_every_world")] == [None] * 3


def test_tables_without_rows_keep_their_columns(
    simulate_small: SimulateSmall, tmp_path: Path
) -> None:
    write_comparison(tmp_path / "out", compare_runs([simulate_small(), simulate_small()]))
    table = pq.read_table(tmp_path / "out" / "inputs.parquet")
    assert table.num_rows == 0
    assert "meaning" in table.column_names


def test_nothing_is_written_over(simulate_small: SimulateSmall, tmp_path: Path) -> None:
    comparison = compare_runs([simulate_small(), simulate_small()])
    with pytest.raises(RequestError, match="already exists; name another folder"):
        write_comparison(tmp_path, comparison)
