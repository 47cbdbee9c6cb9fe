"""Whether a scenario that was loaded can be run, swept and taught."""

from __future__ import annotations

from sim.analysis.futures.levers import read_levers
from sim.analysis.lessons.lesson import find_lesson_problems
from sim.errors import ScenarioError
from sim.experiment.design.design import build_design
from sim.experiment.headlines import select_headline_measures
from sim.scenario.load import LoadedScenario


def check_scenario(loaded: LoadedScenario) -> None:
    """Require that its headlines, its lesson and its sweep are those of such a scenario.

    Raises:
        ScenarioError: a headline, a lever or the lesson names what the scenario does not have.
        RequestError: the sweep varies what it cannot.
    """
    select_headline_measures(loaded)
    if problems := find_lesson_problems(loaded):
        raise ScenarioError(problems)
    build_design(loaded)
    read_levers(loaded)
