"""Atomic folders and files: written under a temporary name, and renamed when complete."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex

from sim.errors import RequestError, ResultsError


@contextmanager
def atomic_folder(
    folder: Path, draft: Path | None = None, *, overwrite: bool = False
) -> Iterator[Path]:
    """Yield an empty folder that becomes `folder` when the body ends without an error.

    The draft is `draft`, or else a hidden sibling of `folder`. If the body raises, the draft is
    deleted and `folder` is unchanged. With `overwrite`, an existing `folder` is replaced, but only
    once the draft is complete.

    Raises:
        ResultsError: the place cannot be written to, which is noticed before the body runs; or
            `folder` was created meanwhile.
    """
    draft = draft or _hidden_sibling(folder)
    make_folder(draft)
    try:
        yield draft
        _fsync_all(draft)
        _rename_into_place(draft, folder, overwrite=overwrite)
    except OSError as error:
        reason = f"{folder}: cannot be written: {error.strerror or error}"
        raise ResultsError(f"{reason}\n    no incomplete files were left") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def write_file(file: Path, content: bytes, *, overwrite: bool = False, option: str = "") -> None:
    """Write a file whole or not at all, and make its folder if necessary.

    An existing file keeps its content until the new one is complete. What is no regular file, such
    as a device, is written to directly.

    Args:
        file: where.
        content: what.
        overwrite: whether an existing file may be replaced.
        option: the option that named the file, for messages.

    Raises:
        RequestError: the file already exists, or cannot be written.
    """
    where = f"{option} {file}".lstrip()
    if file.exists() and not overwrite:
        raise RequestError(f"{where}: already exists; name another file")
    draft = file if file.exists() and not file.is_file() else _hidden_sibling(file)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(content)
        if draft is not file:
            fsync(draft)
            draft.replace(file)
    except OSError as error:
        raise RequestError(f"{where}: cannot be written: {error.strerror or error}") from None
    finally:
        if draft is not file:
            with suppress(OSError):  # where the folder is a file, nothing was written
                draft.unlink()


def require_absent(path: Path, advice: str, option: str = "") -> None:
    """Require that nothing would be overwritten.

    Raises:
        RequestError: something exists at the path; the message ends with the advice.
    """
    if path.exists():
        raise RequestError(f"{option} {path}: already exists; {advice}".lstrip())


def make_folder(path: Path) -> None:
    """Make a folder and its parents.

    Raises:
        ResultsError: the place cannot be written to.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = f"--out {path.parent}: cannot be written to: {error.strerror or error}"
        raise ResultsError(f"{reason}\n    choose a folder of your own with --out") from None


def _hidden_sibling(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.{token_hex(4)}")


def _rename_into_place(draft: Path, folder: Path, *, overwrite: bool) -> None:
    if not os.path.lexists(folder):
        draft.rename(folder)
    elif overwrite:
        _swap_folders(draft, folder)
    else:
        raise ResultsError(f"{folder}: was created meanwhile; it was left unchanged")
    fsync(folder.parent)


def _swap_folders(draft: Path, folder: Path) -> None:
    old = _hidden_sibling(folder)
    folder.rename(old)
    try:
        draft.rename(folder)
    except OSError:
        old.rename(folder)
        raise
    if old.is_dir() and not old.is_symlink():
        shutil.rmtree(old)
    else:
        old.unlink()


def _fsync_all(draft: Path) -> None:
    """Sync all files, so that they are on the disk before the folder gets its final name."""
    for file in draft.iterdir():
        fsync(file)
    fsync(draft)


def fsync(path: Path) -> None:
    """Sync a file, or the entries of a folder, to the disk.

    A file is opened for writing, since Windows refuses to sync it for a reader.
    """
    if path.is_dir():
        with suppress(
            OSError
        ):  # Windows cannot open folders, and some file systems cannot sync them
            _fsync_handle(path, os.O_RDONLY)
    else:
        _fsync_handle(path, os.O_RDWR)


def _fsync_handle(path: Path, flags: int) -> None:
    handle = os.open(path, flags)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
