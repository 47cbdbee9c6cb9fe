"""A results folder is complete or absent: written under a hidden name, renamed at the end."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex

from sim.errors import ResultsError


@contextmanager
def becoming(folder: Path, *, replace: bool = False) -> Iterator[Path]:
    """Yield an empty hidden sibling that becomes `folder` when the body ends well.

    If the body raises, or is stopped, the sibling disappears and `folder` is as it was. With
    `replace`, whatever stands at `folder` goes, but only once its successor is complete.

    Raises:
        ResultsError: the place cannot be written to, before the body begins; or something came to
            stand at `folder` meanwhile.
    """
    draft = _hidden(folder)
    _make(draft)
    try:
        yield draft
        _settle(draft)
        _publish(draft, folder, replace=replace)
    except OSError as error:
        what = f"{folder}: cannot be written: {error.strerror or error}"
        raise ResultsError(f"{what}\n    nothing was left half-written") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _hidden(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.{token_hex(4)}")


def _make(draft: Path) -> None:
    try:
        draft.parent.mkdir(parents=True, exist_ok=True)
        draft.mkdir()
    except OSError as error:
        what = f"--out {draft.parent}: cannot be written to: {error.strerror or error}"
        raise ResultsError(f"{what}\n    choose a folder of your own with --out") from None


def _publish(draft: Path, folder: Path, *, replace: bool) -> None:
    if not os.path.lexists(folder):
        draft.rename(folder)
    elif replace:
        _swap(draft, folder)
    else:
        raise ResultsError(f"{folder}: came into being meanwhile; it was left as it is")
    _sync(folder.parent)


def _swap(draft: Path, folder: Path) -> None:
    old = _hidden(folder)
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


def _settle(draft: Path) -> None:
    """Have everything on the disk before the name says that it is complete."""
    for file in draft.iterdir():
        _sync(file)
    _sync(draft)


def _sync(path: Path) -> None:
    with suppress(PermissionError):  # some systems do not open folders
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
