"""The measures of the short table: those that the scenario names, in its order."""

from __future__ import annotations

from collections.abc import Sequence

from sim.errors import Problem, ScenarioError
from sim.experiment.engine import MODEL_ENGINE, Engine
from sim.experiment.storage.results import find_measure
from sim.model.measures.registry import Measure
from sim.scenario.files.messages import find_nearest_name, locate_problem
from sim.scenario.load import LoadedScenario


def select_shown_measures(
    loaded: LoadedScenario, names: Sequence[str], engine: Engine = MODEL_ENGINE
) -> list[Measure]:
    """Return the measures of these names, or else those of the scenario's short table.

    Raises:
        RequestError: there is no measure of such a name.
        ScenarioError: the scenario selects a measure that it does not have.
    """
    if not names:
        return select_headline_measures(loaded, engine)
    known = {measure.name: measure for measure in engine.list_measures(loaded.scenario)}
    return [find_measure(name, known) for name in dict.fromkeys(names)]


def select_headline_measures(
    loaded: LoadedScenario, engine: Engine = MODEL_ENGINE
) -> list[Measure]:
    """Return the measures that a scenario selects for its short table.

    Raises:
        ScenarioError: it selects a measure that it does not have.
    """
    known = {measure.name: measure for measure in engine.list_measures(loaded.scenario)}
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
