"""Pictures as files, each with its table beside it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sim.errors import RequestError
from sim.report.figures.figure import FORMATS, Figure


def check_format(form: str) -> None:
    """See to it that pictures can be written in a format.

    Raises:
        RequestError: they cannot.
    """
    if form not in FORMATS:
        raise RequestError(
            f"--format {form}: is not a format of pictures\n    allowed: {', '.join(FORMATS)}"
        )


def save(figures: Sequence[Figure], out: Path, form: str, *, force: bool = False) -> list[Path]:
    """Write every picture and its table; return the pictures' files.

    Raises:
        RequestError: a file is there already and is not to be written over, or cannot be written.
    """
    files = [out / f"{figure.name}.{form}" for figure in figures]
    if not force:
        for file in files:
            check_free(file)
            check_free(file.with_suffix(".csv"))
    for figure, file in zip(figures, files, strict=True):
        write(file.with_suffix(".csv"), figure.csv().encode())
        write(file, figure.picture(form))
    return files


def check_free(file: Path) -> None:
    """See to it that nothing is written over.

    Raises:
        RequestError: something is there already.
    """
    if file.exists():
        raise RequestError(f"{file}: is there already; --force writes over it")


def write(file: Path, content: bytes) -> None:
    """Write a file, and the folder it is in if there is none.

    Raises:
        RequestError: it cannot be written.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    except OSError as error:
        raise RequestError(f"{file}: cannot be written: {error.strerror or error}") from None
