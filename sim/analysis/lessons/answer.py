"""The answer to a lesson: what was found at each outcome, and whether its text says so."""

from __future__ import annotations

from dataclasses import dataclass

from sim.analysis.lessons.differences import OutcomeDifference, compare_outcome
from sim.analysis.lessons.lesson import Lesson
from sim.analysis.lessons.worlds import DEFAULT_SIMULATION, ScenarioWorlds, Simulation
from sim.scenario.schema.lesson import Turn


@dataclass(frozen=True)
class Finding:
    """What was found at one outcome.

    Attributes:
        label: the outcome in words.
        expected: how it differs from the base, as the text says.
        difference: how it differs.
    """

    label: str
    expected: Turn
    difference: OutcomeDifference

    @property
    def agrees(self) -> bool:
        """Whether it differs as the text says."""
        return self.expected is self.difference.turn


@dataclass(frozen=True)
class Answer:
    """The answer to a lesson.

    Attributes:
        lesson: the lesson.
        worlds: pairs of worlds simulated.
        findings: what was found, outcome by outcome; the question asks about the first.
    """

    lesson: Lesson
    worlds: int
    findings: tuple[Finding, ...]

    @property
    def moves(self) -> bool:
        """Whether the outcome that the question asks about differs from the base."""
        return self.findings[0].difference.turn is not Turn.SAME

    @property
    def agrees(self) -> bool:
        """Whether every outcome differs as the text says."""
        return all(finding.agrees for finding in self.findings)


def answer_lesson(lesson: Lesson, simulation: Simulation = DEFAULT_SIMULATION) -> Answer:
    """Simulate a lesson and its base in paired worlds; return what was found.

    Errors are those of `compare_outcome`.
    """
    side, base = (
        ScenarioWorlds(loaded.file, simulation) for loaded in (lesson.loaded, lesson.base)
    )
    return find_answer(lesson, side, base)


def find_answer(lesson: Lesson, side: ScenarioWorlds, base: ScenarioWorlds) -> Answer:
    """Return what was found in the worlds of a lesson and of its base.

    Errors are those of `compare_outcome`.
    """
    findings = tuple(
        Finding(lesson.label(outcome), expected, compare_outcome(outcome, side, base))
        for outcome, expected in zip(lesson.outcomes, lesson.spec.look_at.values(), strict=True)
    )
    return Answer(lesson, side.simulation.worlds, findings)
