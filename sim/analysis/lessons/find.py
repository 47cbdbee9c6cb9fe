"""Lessons found by name."""

from __future__ import annotations

from pathlib import Path

from sim.analysis.lessons.lesson import list_lessons
from sim.errors import RequestError
from sim.scenario.files.lookup import (
    SCENARIO_FOLDER,
    SUFFIX,
    find_installed_folder,
    find_scenario,
    name_scenario,
)
from sim.scenario.files.messages import find_nearest_name


def list_lesson_files() -> list[Path]:
    """Return the lessons of the working folder, or else those that came with the package."""
    return list_lessons(Path(SCENARIO_FOLDER)) or list_lessons(find_installed_folder())


def find_lesson_file(name: Path) -> Path:
    """Return the file of a scenario.

    Raises:
        RequestError: there is none; the message lists lessons with the nearest name.
    """
    if file := find_scenario(name):
        return file
    if name.suffix == SUFFIX:
        return name
    known = [name_scenario(file) for file in list_lesson_files()]
    nearest = find_nearest_name(str(name), known)
    hint = f"; did you mean {nearest!r}?" if nearest else ""
    raise RequestError(
        f"{name}: there is no scenario of that name\n    allowed: {', '.join(known)}{hint}"
    )
