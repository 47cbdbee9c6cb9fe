"""Which measures the short table shows: those the scenario names, in its order."""

from __future__ import annotations

from sim.errors import Problem, ScenarioError
from sim.model.measures.registry import Measure, list_measures
from sim.scenario.files.messages import find_nearest_name, locate_problem
from sim.scenario.load import LoadedScenario


def select_headline_measures(loaded: LoadedScenario) -> list[Measure]:
    """Return the measures that a scenario wants shown.

    Raises:
        ScenarioError: it names one that it does not have.
    """
    known = {measure.name: measure for measure in list_measures(loaded.scenario)}
    names = loaded.scenario.headlines
    if problems := [_unknown_measure(loaded, name, known) for name in names if name not in known]:
        raise ScenarioError(problems)
    return [known[name] for name in names]


def _unknown_measure(loaded: LoadedScenario, name: str, known: dict[str, Measure]) -> Problem:
    return locate_problem(
        list(loaded.layers),
        ("headlines",),
        f"{name!r} is not a measure of this scenario",
        f"one of {len(known)}, such as {', '.join(list(known)[:4])}",
        find_nearest_name(name, known),
    )
