"""Writes figures as files, each with its table."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sim.errors import RequestError
from sim.experiment.storage.atomic import require_absent, write_file
from sim.report.figures.figure import IMAGE_FORMATS, Figure
from sim.steps import announce


def check_image_format(image_format: str) -> None:
    """Require a format that figures can be written in.

    Raises:
        RequestError: the format is not supported.
    """
    if image_format not in IMAGE_FORMATS:
        allowed = ", ".join(IMAGE_FORMATS)
        raise RequestError(
            f"--format {image_format}: is not a format of figures\n    allowed: {allowed}"
        )


def save_figures(
    figures: Sequence[Figure], folder: Path, image_format: str, *, force: bool = False
) -> list[Path]:
    """Write every figure and its table; return the files of the figures.

    Raises:
        RequestError: a file already exists and `force` is not set, or it cannot be written.
    """
    files = [folder / f"{figure.name}.{image_format}" for figure in figures]
    if not force:
        for file in files:
            for path in (file, file.with_suffix(".csv")):
                require_absent(path, "--force overwrites it")
    for figure, file in zip(figures, files, strict=True):
        announce("Drawing figures", of=len(files))
        write_file(file.with_suffix(".csv"), figure.render_csv().encode(), overwrite=True)
        write_file(file, figure.render_image(image_format), overwrite=True)
    return files
