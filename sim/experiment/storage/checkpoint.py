"""The folder in the making: every finished block on the disk at once, so that nothing is lost.

Beside where the results will stand, under a hidden name:

    .<folder>.part/making.json          the question that the worlds answer
    .<folder>.part/lock                 held by whoever works on it
    .<folder>.part/blocks/<point>/      a file for each block, named after its worlds
    .<folder>.part/whole/               the results being put together, renamed when complete

A block is written aside, brought to the disk and renamed, so that it is complete or absent
whatever is killed, and whenever. What was begun and not finished is found again by its name.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.errors import ResultsError
from sim.experiment.blocks import Block
from sim.experiment.storage.atomic import fsync, make_folder

if TYPE_CHECKING:
    from sim.experiment.storage.block_files import BlockFile

_CHECKPOINT_FORMAT = 2
"""Counts up when blocks of old cannot be read as those of today."""
RESUME_HINT = "    what was lived so far is kept; the same command goes on from there"
_TEMPORARY_SUFFIX = ".aside"


class Checkpoint:
    """The blocks of a question that have been lived."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._block_files: dict[str, list[BlockFile]] = {}

    @property
    def draft_folder(self) -> Path:
        """Where the results are put together; there is nothing to begin with."""
        return self.path / "whole"

    def save(self, point_id: str, block: Block, packed: bytes) -> None:
        """Keep a block, packed as whoever lived it hands it back (`pieces.pack`).

        Raises:
            ResultsError: it cannot be written; what was kept before is as it was.
        """
        from sim.experiment.storage.block_files import BlockFile  # noqa: PLC0415  Parquet, as below

        file = self._point_folder(point_id) / f"{block.first:012d}-{block.size:06d}.zip"
        aside = file.with_suffix(_TEMPORARY_SUFFIX)
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            write_block(aside, packed)
            aside.rename(file)
            fsync(file.parent)
        except OSError as error:
            said = error.strerror or error
            raise ResultsError(f"{self.path}: cannot be written: {said}\n{RESUME_HINT}") from error
        finally:
            with suppress(OSError):  # there is none any more, unless this was broken off
                aside.unlink()
        self._block_files.setdefault(point_id, []).append(BlockFile(file, block))

    def block_files(self, point_id: str) -> list[BlockFile]:
        """Return the blocks of a point that are kept, in the order of the worlds."""
        if point_id not in self._block_files:
            self._block_files[point_id] = list(_find_block_files(self._point_folder(point_id)))
        return sorted(self._block_files[point_id], key=lambda piece: piece.block)

    def discard(self) -> None:
        """Throw away everything, once the results are complete or are wanted anew."""
        shutil.rmtree(self.path, ignore_errors=True)

    def _point_folder(self, point_id: str) -> Path:
        return self.path / "blocks" / point_id


def write_block(file: Path, packed: bytes) -> None:
    """Write a block and bring it to the disk."""
    file.write_bytes(packed)
    fsync(file)


@contextmanager
def open_checkpoint(folder: Path, key_digest: str, *, fresh: bool = False) -> Iterator[Checkpoint]:
    """Yield what is kept for a question whose results will stand at `folder`.

    With `fresh`, nothing that was kept counts.

    Raises:
        ResultsError: the place cannot be written to, or somebody else works there.
    """
    path = checkpoint_path(folder)
    make_folder(path)
    with _hold_lock(path):
        keep = Checkpoint(path)
        try:
            _claim_folder(path, {"format": _CHECKPOINT_FORMAT, "question": key_digest}, fresh=fresh)
            shutil.rmtree(keep.draft_folder, ignore_errors=True)
            yield keep
        finally:
            if not any(path.glob("blocks/*/*")):
                keep.discard()


def checkpoint_path(folder: Path) -> Path:
    """Return where the results that will stand at `folder` are made."""
    return folder.with_name(f".{folder.name}.part")


def discard_checkpoint(folder: Path) -> None:
    """Throw away what is still kept for results that are complete, unless somebody is at it."""
    path = checkpoint_path(folder)
    if path.is_dir():
        with suppress(ResultsError), _hold_lock(path):
            Checkpoint(path).discard()


def _find_block_files(folder: Path) -> Iterator[BlockFile]:
    from sim.experiment.storage.block_files import BlockFile  # noqa: PLC0415  Parquet takes a while to load

    for file in sorted(folder.glob("[0-9]*-[0-9]*.*")):
        first, _, size = file.stem.partition("-")
        piece = BlockFile(file, Block(int(first), int(size)))
        if file.suffix == ".zip" and piece.is_valid():
            yield piece
        else:
            file.unlink()


def _claim_folder(path: Path, marker: dict[str, object], *, fresh: bool) -> None:
    """Say whose blocks these are; those of another question go."""
    if _read_marker(path) == marker and not fresh:
        return
    _empty_folder(path)
    try:
        (path / "making.json").write_text(json.dumps(marker), encoding="utf-8")
    except OSError as error:
        raise ResultsError(f"{path}: cannot be written: {error.strerror}") from None


def _empty_folder(path: Path) -> None:
    for entry in path.iterdir():
        if entry.is_dir():
            shutil.rmtree(entry)
        elif entry.name != "lock":
            entry.unlink()


def _read_marker(path: Path) -> Any:
    try:
        return json.loads((path / "making.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


@contextmanager
def _hold_lock(path: Path) -> Iterator[None]:
    """Hold a lock that the system lets go of when this process ends, however it ends."""
    try:
        handle = os.open(path / "lock", os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise ResultsError(f"{path}: cannot be written to: {error.strerror}") from None
    try:
        _acquire_lock(handle, path)
        yield
    finally:
        os.close(handle)


def _acquire_lock(handle: int, path: Path) -> None:
    try:
        import fcntl  # noqa: PLC0415  not on every system
    except ImportError:
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise ResultsError(
            f"{path}: another process is living these worlds\n"
            "    wait until it is done, or choose another place with --out"
        ) from None
