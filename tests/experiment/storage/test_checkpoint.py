from __future__ import annotations

import json
import os
import zipfile
from contextlib import suppress
from pathlib import Path

import pyarrow as pa
import pytest

from sim.errors import ResultsError
from sim.experiment.blocks import Block
from sim.experiment.layout import TABLES
from sim.experiment.run import run_scenario
from sim.experiment.storage import checkpoint as checkpoint_module
from sim.experiment.storage.block_files import FinishedRun, WorldTables, merge_tables, pack_history
from sim.experiment.storage.checkpoint import checkpoint_path, discard_checkpoint, open_checkpoint
from sim.experiment.storage.parquet import narrow_floats, to_arrow
from sim.model.recording.history import History
from tests.experiment import fakes
from tests.experiment.conftest import Ask


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out" / "pact-1"


def stored_blocks(out: Path, key: str = "q") -> list[Block]:
    with open_checkpoint(out, key) as checkpoint:
        return [file.block for file in checkpoint.block_files("p")]


@pytest.fixture
def two(ask: Ask, out: Path) -> Path:
    """Where two blocks of ten are kept."""
    with open_checkpoint(out, "q") as checkpoint:
        for first in (10, 0):
            checkpoint.save(
                "p", Block(first, 10), pack_history(fakes.simulate(ask().scenario, first, 10))
            )
    return checkpoint_path(out)


def as_stored(name: str, history: History) -> pa.Table:
    """Return a table of a history; months are stored with seven digits."""
    table = to_arrow(getattr(history, name))
    return narrow_floats(table) if name == "months" else table


def test_blocks_are_found_again_in_the_order_of_the_worlds(two: Path, out: Path) -> None:
    assert stored_blocks(out) == [Block(0, 10), Block(10, 10)]


def test_a_block_comes_back_as_it_was(two: Path, out: Path, ask: Ask) -> None:
    with open_checkpoint(out, "q") as checkpoint:
        sources = checkpoint.block_files("p")
        history = fakes.simulate(ask().scenario, 0, 20)
        for name in TABLES:
            assert pa.concat_tables(merge_tables(sources, name)).equals(as_stored(name, history))


def test_unfinished_blocks_do_not_count(two: Path, out: Path) -> None:
    (two / "blocks" / "p" / "000000000020-000010.aside").write_bytes(b"half")
    assert stored_blocks(out) == [Block(0, 10), Block(10, 10)]
    assert not list(two.rglob("*.aside"))


def test_what_others_leave_there_is_left_alone(two: Path, out: Path) -> None:
    stray = two / "blocks" / "p" / ".DS_Store"
    stray.touch()
    assert stored_blocks(out) == [Block(0, 10), Block(10, 10)]
    assert stray.exists()


@pytest.mark.parametrize("name", TABLES)
def test_a_block_that_the_disk_gives_back_otherwise_is_thrown_away(
    two: Path, out: Path, name: str
) -> None:
    file = two / "blocks" / "p" / "000000000000-000010.zip"
    with zipfile.ZipFile(file) as bundle:
        entry = bundle.getinfo(f"{name}.arrow")
        at = entry.header_offset + 30 + len(entry.filename) + entry.compress_size // 2
    bytes_ = bytearray(file.read_bytes())
    bytes_[at] ^= 255
    file.write_bytes(bytes_)
    with open_checkpoint(out, "q") as checkpoint, pytest.raises(ResultsError) as error:
        list(merge_tables(checkpoint.block_files("p"), name))
    assert str(error.value) == (
        f"{file}: is damaged and was deleted\n    the same command simulates these worlds again"
    )
    assert stored_blocks(out) == [Block(10, 10)]


def test_a_stop_while_a_block_is_written_leaves_no_half_of_it(
    two: Path, out: Path, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(file: Path, _: bytes) -> None:
        file.write_bytes(b"half")
        raise KeyboardInterrupt

    monkeypatch.setattr(checkpoint_module, "write_block", stop)
    with suppress(KeyboardInterrupt), open_checkpoint(out, "q") as checkpoint:
        checkpoint.save("p", Block(20, 10), pack_history(fakes.simulate(ask().scenario, 20, 10)))
    assert not list(two.rglob("*.aside"))
    assert stored_blocks(out) == [Block(0, 10), Block(10, 10)]


@pytest.mark.parametrize("size", [0, 10, 400])
def test_a_block_that_the_disk_has_lost_does_not_count(two: Path, out: Path, size: int) -> None:
    os.truncate(two / "blocks" / "p" / "000000000000-000010.zip", size)
    assert stored_blocks(out) == [Block(10, 10)]


@pytest.mark.parametrize("change", [{"format": 0}, {"question": "another"}])
def test_blocks_of_another_kind_do_not_count(
    two: Path, out: Path, change: dict[str, object]
) -> None:
    marker = json.loads((two / "making.json").read_text(encoding="utf-8"))
    (two / "making.json").write_text(json.dumps(marker | change), encoding="utf-8")
    assert stored_blocks(out) == []


def test_blocks_of_another_run_do_not_count(two: Path, out: Path) -> None:
    assert stored_blocks(out, "another") == []


def test_no_block_counts_when_a_fresh_checkpoint_is_requested(two: Path, out: Path) -> None:
    with open_checkpoint(out, "q", fresh=True) as checkpoint:
        assert checkpoint.block_files("p") == []


def test_where_nothing_was_simulated_nothing_is_left(out: Path) -> None:
    with suppress(KeyboardInterrupt), open_checkpoint(out, "q"):
        raise KeyboardInterrupt
    assert list(out.parent.iterdir()) == []


def test_two_at_a_time_are_refused(two: Path, out: Path) -> None:
    with open_checkpoint(out, "q"), pytest.raises(ResultsError) as error, open_checkpoint(out, "q"):
        pytest.fail("both were let in")
    assert str(error.value) == (
        f"{two}: another process is simulating these worlds\n"
        "    wait until it has finished, or choose another place with --out"
    )


def test_a_leftover_checkpoint_is_deleted_unless_a_process_works_on_it(
    two: Path, out: Path
) -> None:
    with open_checkpoint(out, "q"):
        discard_checkpoint(out)
        assert two.is_dir()
    discard_checkpoint(out)
    assert not two.exists()
    discard_checkpoint(out)


def test_a_full_disk_is_reported_and_stored_blocks_remain(
    two: Path, out: Path, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(file: Path, _: bytes) -> None:
        file.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(checkpoint_module, "write_block", fill)
    with open_checkpoint(out, "q") as checkpoint, pytest.raises(ResultsError) as error:
        checkpoint.save("p", Block(20, 10), pack_history(fakes.simulate(ask().scenario, 20, 10)))
    assert str(error.value) == (
        f"{two}: cannot be written: No space left on device\n"
        "    finished blocks are saved; the same command continues from there"
    )
    assert not list(two.rglob("*.aside"))
    assert stored_blocks(out) == [Block(0, 10), Block(10, 10)]


def test_a_disk_that_is_full_before_the_first_block_keeps_nothing_and_says_so(
    tmp_path: Path, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(file: Path, _: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(checkpoint_module, "write_block", fill)
    out = tmp_path / "pact-1"
    with open_checkpoint(out, "q") as checkpoint, pytest.raises(ResultsError) as error:
        checkpoint.save("p", Block(0, 10), pack_history(fakes.simulate(ask().scenario, 0, 10)))
    assert str(error.value).endswith("No space left on device\n    nothing was left there")


def test_a_place_that_is_no_folder_is_reported_before_the_work(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with (
        pytest.raises(ResultsError) as error,
        open_checkpoint(tmp_path / "file" / "out" / "pact-1", "q"),
    ):
        pytest.fail("the work began")
    assert str(error.value) == (
        f"--out {tmp_path / 'file' / 'out'}: cannot be written to: Not a directory\n"
        "    choose a folder of your own with --out"
    )


def test_a_place_without_permission_is_reported_before_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refuse)
    with (
        pytest.raises(ResultsError, match="cannot be written to: Permission denied"),
        open_checkpoint(tmp_path / "pact-1", "q"),
    ):
        pytest.fail("the work began")


@pytest.mark.parametrize("call", ["os.open", "pathlib.Path.write_text"])
def test_a_disk_that_is_full_at_first_is_reported_before_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(call, full)
    with (
        pytest.raises(ResultsError, match=r": cannot be written.*: No space left on device$"),
        open_checkpoint(tmp_path / "pact-1", "q"),
    ):
        pytest.fail("the work began")


def test_a_finished_run_is_a_source_too_and_shared_worlds_count_once(
    two: Path, out: Path, ask: Ask, tmp_path: Path
) -> None:
    ran = run_scenario(ask("worlds=15"), tmp_path / "runs", fakes.options()).results.folder
    with open_checkpoint(out, "q") as checkpoint:
        sources: list[WorldTables] = [FinishedRun(ran, Block(0, 15)), *checkpoint.block_files("p")]
        history = fakes.simulate(ask().scenario, 0, 20)
        for name in TABLES:
            assert pa.concat_tables(merge_tables(sources, name)).equals(as_stored(name, history))
