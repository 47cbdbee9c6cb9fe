"""Lessons as files: the scenario that teaches, and the one that it is compared with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from sim.analysis.lessons.outcomes import (
    Outcome,
    OutcomeError,
    label_outcome,
    list_known_measures,
    parse_outcome,
    require_outcome,
)
from sim.errors import Problem, RequestError, ScenarioError
from sim.model.measures.registry import Measure
from sim.scenario.files.layers import read_layer
from sim.scenario.files.messages import find_nearest_name, locate_problem
from sim.scenario.load import LoadedScenario, load_scenario
from sim.scenario.schema.lesson import LessonSpec
from sim.scenario.schema.scenario import Scenario


@dataclass(frozen=True)
class Lesson:
    """A scenario that teaches, with its base.

    Attributes:
        loaded: the scenario.
        base: the scenario that it is compared with.
        spec: what it teaches.
    """

    loaded: LoadedScenario
    base: LoadedScenario
    spec: LessonSpec

    @property
    def scenario(self) -> Scenario:
        """The scenario."""
        return self.loaded.scenario

    @cached_property
    def measures(self) -> dict[str, Measure]:
        """The measures of the scenario by name."""
        return list_known_measures(self.scenario)

    @property
    def outcomes(self) -> list[Outcome]:
        """The outcomes to look at; the first is the one that the question asks about."""
        return [parse_outcome(name) for name in self.spec.look_at]

    def label(self, outcome: Outcome) -> str:
        """Return an outcome in words."""
        return label_outcome(outcome, self.scenario, self.measures)


def open_lesson(file: Path) -> Lesson:
    """Return the lesson of a scenario file.

    Raises:
        ScenarioError: the file or its base cannot be used, or names an outcome that it does not
            have; the message lists every problem.
        RequestError: the file has no lesson.
    """
    loaded = load_scenario(file)
    if loaded.scenario.lesson is None:
        raise RequestError(
            f"{file}: has no lesson\n    give it a table [lesson] (docs/lessons.md), or name one "
            "that has: sim lesson lists them"
        )
    if problems := find_lesson_problems(loaded):
        raise ScenarioError(problems)
    return Lesson(loaded, load_scenario(_base_file(loaded)), loaded.scenario.lesson)


def find_lesson_problems(loaded: LoadedScenario) -> list[Problem]:
    """Return what is wrong with the lesson of a scenario; nothing where it has none."""
    if loaded.scenario.lesson is None:
        return []
    return [*_find_base_problems(loaded), *_find_outcome_problems(loaded)]


def list_lessons(folder: Path) -> list[Path]:
    """Return the files of a folder and of those directly in it that have a lesson, by name."""
    files = [*sorted(folder.glob("*.toml")), *sorted(folder.glob("*/*.toml"))]
    return [file for file in files if "lesson" in read_layer(file).tree]


def _base_file(loaded: LoadedScenario) -> Path:
    lesson = loaded.scenario.lesson
    assert lesson is not None
    return loaded.file.parent / f"{lesson.base}.toml"


def _find_base_problems(loaded: LoadedScenario) -> Iterator[Problem]:
    base = _base_file(loaded)
    others = [file.stem for file in sorted(base.parent.glob("*.toml")) if file != loaded.file]
    if base.stem not in others:
        known, nearest = ", ".join(others[:8]), find_nearest_name(base.stem, others)
        message = f"there is no other scenario {base}"
        yield locate_problem(list(loaded.layers), ("lesson", "base"), message, known, nearest)


def _find_outcome_problems(loaded: LoadedScenario) -> Iterator[Problem]:
    scenario, measures = loaded.scenario, list_known_measures(loaded.scenario)
    assert scenario.lesson is not None
    for name in scenario.lesson.look_at:
        try:
            require_outcome(parse_outcome(name), scenario, measures)
        except OutcomeError as error:
            key = ("lesson", "look_at", name)
            details = error.message, error.allowed, error.nearest
            yield locate_problem(list(loaded.layers), key, *details)
