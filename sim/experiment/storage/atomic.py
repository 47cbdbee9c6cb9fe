"""A results folder is complete or absent: written elsewhere, renamed at the end."""

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
    """Yield an empty folder that becomes `folder` when the body ends well.

    It is made at `draft`, or else as a hidden sibling.

    If the body raises, or is stopped, the draft disappears and `folder` is as it was. With
    `overwrite`, whatever stands at `folder` goes, but only once its successor is complete.

    Raises:
        ResultsError: the place cannot be written to, before the body begins; or something came to
            stand at `folder` meanwhile.
    """
    draft = draft or _hidden_sibling(folder)
    make_folder(draft)
    try:
        yield draft
        _fsync_all(draft)
        _rename_into_place(draft, folder, overwrite=overwrite)
    except OSError as error:
        what = f"{folder}: cannot be written: {error.strerror or error}"
        raise ResultsError(f"{what}\n    nothing was left half-written") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def require_absent(path: Path, advice: str, option: str = "") -> None:
    """Require that nothing would be overwritten.

    Raises:
        RequestError: something exists at the path; the message ends with the advice.
    """
    if path.exists():
        raise RequestError(f"{option} {path}: already exists; {advice}".lstrip())


def make_folder(path: Path) -> None:
    """Make a folder, and those it lies in.

    Raises:
        ResultsError: the place cannot be written to.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        what = f"--out {path.parent}: cannot be written to: {error.strerror or error}"
        raise ResultsError(f"{what}\n    choose a folder of your own with --out") from None


def _hidden_sibling(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.{token_hex(4)}")


def _rename_into_place(draft: Path, folder: Path, *, overwrite: bool) -> None:
    if not os.path.lexists(folder):
        draft.rename(folder)
    elif overwrite:
        _swap_folders(draft, folder)
    else:
        raise ResultsError(f"{folder}: came into being meanwhile; it was left as it is")
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
    """Have everything on the disk before the name says that it is complete."""
    for file in draft.iterdir():
        fsync(file)
    fsync(draft)


def fsync(path: Path) -> None:
    """Have a file, or the names in a folder, on the disk.

    A file is opened for writing, since Windows brings nothing to the disk for a reader.
    """
    if path.is_dir():
        with suppress(OSError):  # Windows opens no folders, and some file systems sync none
            _fsync_handle(path, os.O_RDONLY)
    else:
        _fsync_handle(path, os.O_RDWR)


def _fsync_handle(path: Path, flags: int) -> None:
    handle = os.open(path, flags)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
