"""Pictures as files, each with its table beside it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sim.errors import RequestError
from sim.experiment.storage.atomic import require_absent
from sim.report.figures.figure import IMAGE_FORMATS, Figure


def check_image_format(image_format: str) -> None:
    """See to it that pictures can be written in a format.

    Raises:
        RequestError: they cannot.
    """
    if image_format not in IMAGE_FORMATS:
        raise RequestError(
            f"--format {image_format}: is not a format of pictures\n    allowed: {', '.join(IMAGE_FORMATS)}"
        )


def save_figures(
    figures: Sequence[Figure], folder: Path, image_format: str, *, force: bool = False
) -> list[Path]:
    """Write every picture and its table; return the pictures' files.

    Raises:
        RequestError: a file is there already and is not to be written over, or cannot be written.
    """
    files = [folder / f"{figure.name}.{image_format}" for figure in figures]
    if not force:
        for file in files:
            for path in (file, file.with_suffix(".csv")):
                require_absent(path, "--force overwrites it")
    for figure, file in zip(figures, files, strict=True):
        write_file(file.with_suffix(".csv"), figure.render_csv().encode())
        write_file(file, figure.render_image(image_format))
    return files


def write_file(file: Path, content: bytes) -> None:
    """Write a file, and the folder it is in if there is none.

    Raises:
        RequestError: it cannot be written.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    except OSError as error:
        raise RequestError(f"{file}: cannot be written: {error.strerror or error}") from None
