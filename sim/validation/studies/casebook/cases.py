"""Cases: a war as a scenario, with the answers of the allies that were asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sim.errors import Problem, ScenarioError
from sim.scenario.files.messages import find_nearest_name
from sim.scenario.load import LoadedScenario, load_scenario
from sim.scenario.schema.rivalries import RivalrySpec
from sim.scenario.schema.scenario import Scenario
from sim.validation.studies.casebook.answers import ANSWERS_FILE, AllyAnswer, read_answers

_SOURCES_FILE = "sources.toml"


@dataclass(frozen=True)
class WarCase:
    """A war that breaks out in the first month, with the answers of the allies."""

    name: str
    scenario: Scenario
    answers: tuple[AllyAnswer, ...]

    @property
    def rivalry(self) -> RivalrySpec:
        """The rivalry over which the war is fought; a case has no other."""
        return next(iter(self.scenario.rivalries.values()))

    @property
    def attacker(self) -> str:
        """The principal that began the war."""
        return next(iter(self.scenario.shocks.values())).actor

    def opponent_of(self, partner: str) -> str:
        """Return the other principal."""
        return next(rival for rival in self.rivalry.between if rival != partner)


def read_cases(folder: Path) -> tuple[WarCase, ...]:
    """Return the cases of a folder, in the order of their names.

    Raises:
        ScenarioError: a scenario or the table of answers is invalid, or they disagree; the message
            lists every fault.
    """
    answers = read_answers(folder / ANSWERS_FILE)
    files = sorted(file for file in folder.glob("*.toml") if file.name != _SOURCES_FILE)
    loaded = {file.stem: load_scenario(file) for file in files}
    problems = list(_case_problems(folder / ANSWERS_FILE, answers, loaded))
    if problems:
        raise ScenarioError(problems)
    return tuple(
        WarCase(name, case.scenario, tuple(answer for answer in answers if answer.case == name))
        for name, case in loaded.items()
    )


def _case_problems(
    file: Path, answers: tuple[AllyAnswer, ...], loaded: dict[str, LoadedScenario]
) -> Iterator[Problem]:
    for name, case in loaded.items():
        yield from _shape_problems(case)
        yield from _missing_answer_problems(file, name, case, answers)
    for answer in answers:
        if answer.case not in loaded:
            yield _unknown_name_problem(file, answer, "case", "case", list(loaded))
        else:
            yield from _answer_problems(file, answer, loaded[answer.case])


def _shape_problems(case: LoadedScenario) -> Iterator[Problem]:
    """Yield a problem unless there is exactly one rivalry, and one war that breaks out."""
    scenario = case.scenario
    if len(scenario.rivalries) != 1 or len(scenario.shocks) != 1 or scenario.wars:
        what = "is not a case: it needs one rivalry, one shock that opens it, and no earlier war"
        yield Problem(case.file, None, "", what)


def _missing_answer_problems(
    file: Path, name: str, case: LoadedScenario, answers: tuple[AllyAnswer, ...]
) -> Iterator[Problem]:
    answered = {answer.ally for answer in answers if answer.case == name}
    for actor in case.scenario.actors:
        if actor not in answered | _principals_of(case.scenario):
            yield Problem(file, None, name, f"has no answer of {actor!r}, which is in the scenario")


def _answer_problems(file: Path, answer: AllyAnswer, case: LoadedScenario) -> Iterator[Problem]:
    scenario, principals = case.scenario, _principals_of(case.scenario)
    allies = [code for code in scenario.actors if code not in principals]
    if answer.ally not in allies:
        yield _unknown_name_problem(file, answer, "ally", f"ally in {answer.case}", allies)
    if answer.partner not in principals:
        yield _unknown_name_problem(
            file, answer, "partner", f"principal of {answer.case}", sorted(principals)
        )
    if answer.source not in case.bibliography:
        yield _unknown_name_problem(file, answer, "source", "source", list(case.bibliography))
    if answer.treaty:
        both = {answer.ally, answer.partner}
        bonds = [code for code, treaty in scenario.treaties.items() if both <= set(treaty.parties)]
        if answer.treaty not in bonds:
            yield _unknown_name_problem(file, answer, "treaty", "treaty between the two", bonds)


def _unknown_name_problem(
    file: Path, answer: AllyAnswer, key: str, kind: str, known: list[str]
) -> Problem:
    name = getattr(answer, key)
    allowed = ", ".join(known) if len(known) <= 12 else f"one of {len(known)}"
    what = f"{name!r} is not a known {kind}"
    return Problem(file, answer.line, key, what, allowed or "none", find_nearest_name(name, known))


def _principals_of(scenario: Scenario) -> set[str]:
    return {rival for rivalry in scenario.rivalries.values() for rival in rivalry.between}
