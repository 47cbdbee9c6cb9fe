"""Which tables of a run are stored, and that a run with fewer has the same worlds."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from sim.errors import MissingTableError, RequestError, ResultsError
from sim.experiment.blocks import Block
from sim.experiment.layout import COUNT_TABLES, METRICS_FILE, StoredTables
from sim.experiment.rerun import rerun_results
from sim.experiment.run import extend_finished_run, run_scenario
from sim.experiment.run_until import parse_precisions, run_until
from sim.experiment.storage.block_files import BlockFile, add_counts, pack_history
from sim.experiment.storage.results import Results
from tests.experiment import fakes
from tests.experiment.conftest import Ask

ALL, MONTHS, WORLDS = StoredTables.ALL, StoredTables.MONTHS, StoredTables.WORLDS


def run(ask: Ask, out: Path, tables: StoredTables, block_size: int = 100) -> Results:
    """Return a run of the small scenario by the fake engine."""
    options = fakes.options(tables=tables, block_size=block_size)
    return run_scenario(ask("worlds=250"), out, options).results


@pytest.mark.parametrize(
    ("tables", "names"),
    [
        (ALL, {"worlds", "months", "events"}),
        (MONTHS, {"worlds", "months"}),
        (WORLDS, {"worlds", *COUNT_TABLES}),
    ],
)
def test_only_the_tables_asked_for_are_stored(
    tables: StoredTables, names: set[str], ask: Ask, tmp_path: Path
) -> None:
    results = run(ask, tmp_path, tables)
    assert {file.stem for file in results.folder.glob("*.parquet")} == names
    assert results.stored is tables


def test_worlds_and_metrics_are_the_same_whatever_else_is_stored(ask: Ask, tmp_path: Path) -> None:
    folders = [run(ask, tmp_path, tables).folder for tables in StoredTables]
    assert len(set(folders)) == 3
    for name in ("worlds.parquet", METRICS_FILE):
        assert len({(folder / name).read_bytes() for folder in folders}) == 1


def test_counts_do_not_depend_on_the_blocks(ask: Ask, tmp_path: Path) -> None:
    folders = [
        run(ask, tmp_path / str(size), WORLDS, block_size=size).folder for size in (10, 100, 250)
    ]
    for name in COUNT_TABLES:
        assert len({(folder / f"{name}.parquet").read_bytes() for folder in folders}) == 1
    counts = pq.read_table(folders[0] / "month_counts.parquet").to_pandas()
    assert (counts.groupby(["column", "month"])["worlds"].sum() == 250).all()


def test_many_blocks_are_added_up_a_few_at_a_time(
    ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = run(ask, tmp_path / "whole", WORLDS).folder / "month_counts.parquet"
    monkeypatch.setattr("sim.experiment.storage.block_files._COUNTS_AT_ONCE", 2)
    parts = run(ask, tmp_path / "parts", WORLDS, block_size=20).folder / "month_counts.parquet"
    assert parts.read_bytes() == whole.read_bytes()


def test_the_same_world_is_never_counted_twice(ask: Ask, tmp_path: Path) -> None:
    blocks = [BlockFile(tmp_path / "none", Block(first, 100)) for first in (0, 50)]
    with pytest.raises(ResultsError, match="world 50 was counted twice\n    --force simulates"):
        list(add_counts(blocks, "month_counts"))


def test_a_table_that_was_left_out_is_named_with_what_to_do(ask: Ask, tmp_path: Path) -> None:
    results = run(ask, tmp_path, WORLDS)
    message = (
        "holds no table of months, which --tables worlds left out\n"
        "    simulate it again with --tables all, perhaps with fewer worlds"
    )
    for read in (lambda: results.column("tension", "months"), lambda: results.frame("months")):
        with pytest.raises(MissingTableError, match=message):
            read()


def test_a_table_that_is_lost_is_damage(ask: Ask, tmp_path: Path) -> None:
    results = run(ask, tmp_path, WORLDS)
    results.table_path("month_counts").unlink()
    with pytest.raises(ResultsError, match=r"is damaged: month_counts\.parquet is missing"):
        run(ask, tmp_path, WORLDS)


def test_more_worlds_are_added_to_a_run_with_the_same_tables(ask: Ask, tmp_path: Path) -> None:
    run(ask, tmp_path, WORLDS)
    with pytest.raises(RequestError, match="holds no finished run of this scenario"):
        extend_finished_run(ask("worlds=250"), 50, tmp_path)
    with pytest.raises(RequestError, match="and this engine, with --tables months"):
        extend_finished_run(ask("worlds=250"), 50, tmp_path, MONTHS)
    larger, before = extend_finished_run(ask("worlds=250"), 50, tmp_path, WORLDS)
    options = fakes.options(tables=WORLDS)
    extended = run_scenario(larger, tmp_path, options, finished_runs=[before]).results
    at_once = run_scenario(ask("worlds=300"), tmp_path / "once", options).results
    for name in ("worlds", *COUNT_TABLES):
        assert extended.table_path(name).read_bytes() == at_once.table_path(name).read_bytes()


def test_a_run_is_repeated_with_the_tables_it_has(ask: Ask, tmp_path: Path) -> None:
    folder = run(ask, tmp_path, WORLDS).folder
    comparison = rerun_results(folder, fakes.options())
    assert set(comparison.identical) == {path.name for path in folder.iterdir()} - {"manifest.json"}


def test_a_run_until_it_is_precise_stores_what_is_asked(ask: Ask, tmp_path: Path) -> None:
    loaded, options = ask("worlds=100"), fakes.options(tables=WORLDS)
    precisions = parse_precisions(["war +-20pp"], loaded, options.engine)
    results = run_until(loaded, precisions, tmp_path, options, 200).results
    assert results.has_table("month_counts")
    assert not results.has_table("months")


def test_a_block_holds_its_texts_as_numbers_and_gives_them_back(tmp_path: Path) -> None:
    from sim.model.simulate import simulate  # noqa: PLC0415
    from tests.worlds import EAGER, tangle  # noqa: PLC0415

    history = simulate(tangle(**EAGER), 0, 20)
    file = tmp_path / "block.zip"
    file.write_bytes(pack_history(history))
    [table] = BlockFile(file, Block(0, 20)).read_table("events")
    assert [str(field.type) for field in table.schema][2:6] == ["string"] * 4
    assert table["event"].to_pylist() == history.events["event"].tolist()
    assert table["subject"].to_pylist() == history.events["subject"].tolist()
