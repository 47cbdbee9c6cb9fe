"""The checkpoint: every finished block on disk at once, so that an interrupted run loses nothing.

It stands beside the place of the results, under a hidden name:

    .<folder>.part/making.json          the key of the run that the blocks belong to
    .<folder>.part/lock                 locked by the process that works on it
    .<folder>.part/blocks/<point>/      a file for each block, named after its worlds
    .<folder>.part/whole/               the draft of the results, renamed when complete

A block is written under a temporary name, synced and renamed. It is therefore complete or absent,
whenever a process is killed. The same command finds its checkpoint again by the name.
"""

from __future__ import annotations

import json
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
"""Increases when blocks can no longer be read as before."""
RESUME_HINT = "    finished blocks are saved; the same command continues from there"
_LOCK_FILE = "lock"
_TEMPORARY_SUFFIX = ".aside"


class Checkpoint:
    """The blocks of a run or sweep that have been simulated."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._block_files: dict[str, list[BlockFile]] = {}

    @property
    def draft_folder(self) -> Path:
        """The folder in which the results are assembled; absent at first."""
        return self.path / "whole"

    def save(self, point_id: str, block: Block, packed: bytes) -> None:
        """Store a block, packed by `block_files.pack_history`.

        Raises:
            ResultsError: it cannot be written; the other blocks are unchanged.
        """
        from sim.experiment.storage.block_files import BlockFile  # noqa: PLC0415  Arrow, as below

        file = self._point_folder(point_id) / f"{block.first:012d}-{block.size:06d}.zip"
        temporary = file.with_suffix(_TEMPORARY_SUFFIX)
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            write_block(temporary, packed)
            temporary.rename(file)
            fsync(file.parent)
        except OSError as error:
            cause = error.strerror or error
            hint = RESUME_HINT if self._has_blocks() else "    nothing was left there"
            raise ResultsError(f"{self.path}: cannot be written: {cause}\n{hint}") from error
        finally:
            with suppress(OSError):  # it is gone already, unless this was interrupted
                temporary.unlink()
        self._block_files.setdefault(point_id, []).append(BlockFile(file, block))

    def block_files(self, point_id: str) -> list[BlockFile]:
        """Return the stored blocks of a point, in the order of their worlds."""
        if point_id not in self._block_files:
            self._block_files[point_id] = list(_find_block_files(self._point_folder(point_id)))
        return sorted(self._block_files[point_id], key=lambda file: file.block)

    def _has_blocks(self) -> bool:
        return any(self.path.glob("blocks/*/*.zip"))

    def discard(self) -> None:
        """Delete everything, once the results are complete."""
        shutil.rmtree(self.path, ignore_errors=True)

    def _point_folder(self, point_id: str) -> Path:
        return self.path / "blocks" / point_id


def write_block(file: Path, packed: bytes) -> None:
    """Write a block and sync it to the disk."""
    file.write_bytes(packed)
    fsync(file)


@contextmanager
def open_checkpoint(folder: Path, key_digest: str, *, fresh: bool = False) -> Iterator[Checkpoint]:
    """Yield the checkpoint of a run whose results will stand at `folder`, and lock it.

    With `fresh`, blocks that were stored before are deleted.

    Raises:
        ResultsError: the place cannot be written to, or another process works on it.
    """
    path = checkpoint_path(folder)
    make_folder(path)
    with _hold_lock(path):
        checkpoint = Checkpoint(path)
        try:
            _claim_folder(path, {"format": _CHECKPOINT_FORMAT, "question": key_digest}, fresh=fresh)
            shutil.rmtree(checkpoint.draft_folder, ignore_errors=True)
            yield checkpoint
        finally:
            if not any(path.glob("blocks/*/*")):
                checkpoint.discard()


def checkpoint_path(folder: Path) -> Path:
    """Return the folder of the checkpoint of the results that will stand at `folder`."""
    return folder.with_name(f".{folder.name}.part")


def discard_checkpoint(folder: Path) -> None:
    """Delete the checkpoint of results that are complete, unless another process works on it."""
    path = checkpoint_path(folder)
    if path.is_dir():
        with suppress(ResultsError), _hold_lock(path):
            Checkpoint(path).discard()


def _find_block_files(folder: Path) -> Iterator[BlockFile]:
    from sim.experiment.storage.block_files import BlockFile  # noqa: PLC0415  Arrow is slow to load

    for file in sorted(folder.glob("[0-9]*-[0-9]*.*")):
        first, _, size = file.stem.partition("-")
        block_file = BlockFile(file, Block(int(first), int(size)))
        if file.suffix == ".zip" and block_file.is_valid():
            yield block_file
        else:
            file.unlink()


def _claim_folder(path: Path, marker: dict[str, object], *, fresh: bool) -> None:
    """Record which run the blocks belong to; delete those of another run."""
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
        elif entry.name != _LOCK_FILE:
            entry.unlink()


def _read_marker(path: Path) -> Any:
    try:
        return json.loads((path / "making.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


@contextmanager
def _hold_lock(path: Path) -> Iterator[None]:
    """Hold a lock that the system releases when this process ends, however it ends."""
    from filelock import FileLock, Timeout  # noqa: PLC0415  slow to load

    lock = FileLock(path / _LOCK_FILE, timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise ResultsError(
            f"{path}: another process is simulating these worlds\n"
            "    wait until it has finished, or choose another place with --out"
        ) from None
    except OSError as error:
        raise ResultsError(f"{path}: cannot be written to: {error.strerror or error}") from None
    try:
        yield
    finally:
        lock.release()
        with suppress(OSError):  # Windows cannot delete a folder while a lock in it is held
            path.rmdir()
