from __future__ import annotations

import os
from pathlib import Path

import pytest

from sim.errors import RequestError, ResultsError
from sim.experiment.storage.atomic import atomic_folder, write_file


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_it_appears_when_it_is_complete(tmp_path: Path) -> None:
    folder = tmp_path / "pact-1"
    with atomic_folder(folder, tmp_path / ".draft") as draft:
        (draft / "table").write_text("whole")
        assert not folder.exists()
        assert draft == tmp_path / ".draft"
    assert names(tmp_path) == ["pact-1"]
    assert (folder / "table").read_text() == "whole"


@pytest.mark.parametrize("stop", [ValueError, KeyboardInterrupt, SystemExit])
def test_nothing_is_left_when_it_is_not(tmp_path: Path, stop: type[BaseException]) -> None:
    def work() -> None:
        with atomic_folder(tmp_path / "pact-1", tmp_path / ".draft") as draft:
            (draft / "table").write_text("hal")
            raise stop

    with pytest.raises(stop):
        work()
    assert names(tmp_path) == []


def test_a_full_disk_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    with (
        pytest.raises(ResultsError) as error,
        atomic_folder(tmp_path / "pact-1", tmp_path / ".draft"),
    ):
        raise OSError(28, "No space left on device")
    assert str(error.value) == (
        f"{tmp_path / 'pact-1'}: cannot be written: No space left on device\n"
        "    no incomplete files were left"
    )
    assert names(tmp_path) == []


def test_what_stands_there_is_never_overwritten(tmp_path: Path) -> None:
    folder = tmp_path / "pact-1"

    def work() -> None:
        with atomic_folder(folder, tmp_path / ".draft") as draft:
            (draft / "table").write_text("mine")
            folder.mkdir()
            (folder / "table").write_text("theirs")

    with pytest.raises(ResultsError) as error:
        work()
    assert str(error.value) == f"{folder}: was created meanwhile; it was left unchanged"
    assert names(tmp_path) == ["pact-1"]
    assert (folder / "table").read_text() == "theirs"


class TestReplacing:
    """What stands there goes, but only once its successor is complete."""

    def test_a_folder(self, tmp_path: Path) -> None:
        folder = tmp_path / "pact-1"
        folder.mkdir()
        (folder / "old").touch()
        with atomic_folder(folder, tmp_path / ".draft", overwrite=True) as draft:
            (draft / "new").touch()
            assert names(folder) == ["old"]
        assert names(tmp_path) == ["pact-1"]
        assert names(folder) == ["new"]

    def test_a_file(self, tmp_path: Path) -> None:
        (tmp_path / "pact-1").write_text("old")
        with atomic_folder(tmp_path / "pact-1", tmp_path / ".draft", overwrite=True):
            pass
        assert (tmp_path / "pact-1").is_dir()

    def test_a_link_goes_and_what_it_led_to_stays(self, tmp_path: Path) -> None:
        (tmp_path / "elsewhere").mkdir()
        (tmp_path / "elsewhere" / "table").touch()
        (tmp_path / "pact-1").symlink_to(tmp_path / "elsewhere")
        with atomic_folder(tmp_path / "pact-1", tmp_path / ".draft", overwrite=True):
            pass
        assert not (tmp_path / "pact-1").is_symlink()
        assert names(tmp_path / "elsewhere") == ["table"]

    def test_not_by_something_half_done(self, tmp_path: Path) -> None:
        folder = tmp_path / "pact-1"
        folder.mkdir()
        (folder / "old").touch()
        with (
            pytest.raises(KeyboardInterrupt),
            atomic_folder(folder, tmp_path / ".draft", overwrite=True),
        ):
            raise KeyboardInterrupt
        assert names(tmp_path) == ["pact-1"]
        assert names(folder) == ["old"]

    def test_the_old_comes_back_if_the_new_cannot_take_its_place(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        folder = tmp_path / "pact-1"
        folder.mkdir()
        (folder / "old").touch()
        rename = os.rename

        def refuse(source: Path, target: Path) -> None:
            if (source / "new").exists():
                raise OSError(5, "Input/output error")
            rename(source, target)

        monkeypatch.setattr("os.rename", refuse)
        with (
            pytest.raises(ResultsError),
            atomic_folder(folder, tmp_path / ".draft", overwrite=True) as draft,
        ):
            (draft / "new").touch()
        assert names(tmp_path) == ["pact-1"]
        assert names(folder) == ["old"]


def test_files_reach_the_disk_where_a_handle_for_reading_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows, which opens no folders either."""
    opened: dict[int, int] = {}
    open_, fsync, synced = os.open, os.fsync, []

    def open_like_windows(path: Path, flags: int) -> int:
        if Path(path).is_dir():
            raise PermissionError(13, "Permission denied")
        handle = open_(path, flags)
        opened[handle] = flags
        return handle

    def fsync_like_windows(handle: int) -> None:
        if not opened[handle] & (os.O_RDWR | os.O_WRONLY):
            raise OSError(9, "Bad file descriptor")
        synced.append(handle)
        fsync(handle)

    with monkeypatch.context() as windows:
        windows.setattr("os.open", open_like_windows)
        windows.setattr("os.fsync", fsync_like_windows)
        with atomic_folder(tmp_path / "pact-1", tmp_path / ".draft") as draft:
            (draft / "table").write_text("whole")
    assert (tmp_path / "pact-1" / "table").read_text() == "whole"
    assert len(synced) == 1


def test_it_can_be_read_by_whoever_may_read_other_new_folders(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    with atomic_folder(tmp_path / "pact-1", tmp_path / ".draft"):
        pass
    assert (tmp_path / "pact-1").stat().st_mode == (tmp_path / "other").stat().st_mode


class TestFile:
    """A file is written whole or not at all."""

    def test_its_folder_is_made(self, tmp_path: Path) -> None:
        write_file(tmp_path / "new" / "page.html", b"whole")
        assert (tmp_path / "new" / "page.html").read_bytes() == b"whole"

    def test_an_existing_one_is_refused(self, tmp_path: Path) -> None:
        file = tmp_path / "page.html"
        file.write_text("mine")
        with pytest.raises(RequestError, match="already exists; name another file"):
            write_file(file, b"whole")
        assert file.read_text() == "mine"

    def test_on_a_full_disk_the_old_one_stays_and_nothing_is_left(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file = tmp_path / "page.html"
        file.write_text("mine")

        def fail(path: Path, content: bytes) -> None:
            path.touch()
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(Path, "write_bytes", fail)
        with pytest.raises(RequestError) as error:
            write_file(file, b"whole", overwrite=True, option="--html")
        assert str(error.value) == (f"--html {file}: cannot be written: No space left on device")
        assert (file.read_text(), names(tmp_path)) == ("mine", ["page.html"])

    @pytest.mark.skipif(not Path("/dev/null").exists(), reason="the system has no such device")
    def test_a_device_is_written_to_and_stays(self) -> None:
        write_file(Path("/dev/null"), b"whole", overwrite=True)
        assert not Path("/dev/null").is_file()
