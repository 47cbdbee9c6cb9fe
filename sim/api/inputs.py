"""What the functions of the Python interface are given: scenarios, results, and overrides.

A scenario is its name, its file, or a `Scenario` as `read_scenario` returns it. Overrides are a
dictionary by dotted key, such as `{"rules.honour.reputation": 1.2}`, or texts as of `--set`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from sim.analysis.data.frames import Frames
from sim.analysis.data.resolve import RunSettings, Side
from sim.errors import RequestError
from sim.scenario.files.bibliography import Bibliography
from sim.scenario.files.settings import write_setting
from sim.scenario.load import LoadedScenario, load_scenario, wrap_scenario
from sim.scenario.schema.scenario import Scenario

StrPath = str | Path
ScenarioInput = StrPath | Scenario
"""A scenario: its name, its file, or as `read_scenario` returns it."""
ResultsInput = ScenarioInput | Frames
"""Results: a folder or its name, a result of `run` or `load`, or a scenario."""
Settings = Iterable[str] | Mapping[str, object]
"""Values that override those of a scenario, by dotted key."""

_SOURCES_READ: Bibliography = {}
"""The sources of scenarios that were read; a `Scenario` names them, and does not hold them."""
_SCENARIOS = (
    "a name such as 'pact', a file, or a Scenario as read_scenario returns it; values are "
    'overridden by settings={"rules.honour.reputation": 1.2}'
)
_RESULTS = f"a results folder, what run or load returns, or a scenario: {_SCENARIOS}"


def load_input(
    given: ScenarioInput,
    settings: Settings = (),
    worlds: int | None = None,
    months: int | None = None,
    seed: int | None = None,
) -> LoadedScenario:
    """Return a scenario with what overrides it.

    Raises:
        ScenarioError: it is not valid; the message lists every problem.
        RequestError: it is nothing that names a scenario, or a setting is not valid.
    """
    assignments = [*list_settings(settings), *RunSettings(worlds, months, seed).as_assignments()]
    if isinstance(given, Scenario):
        return wrap_scenario(given, assignments, _SOURCES_READ)
    loaded = load_scenario(as_path(given, "scenario", _SCENARIOS), assignments)
    _SOURCES_READ.update(loaded.bibliography)
    return loaded


def as_side(given: ResultsInput) -> Side:
    """Return results as their folder, and a scenario as it is.

    Raises:
        RequestError: it is nothing that names results or a scenario.
    """
    if isinstance(given, Scenario):
        return wrap_scenario(given, more=_SOURCES_READ)
    if isinstance(given, Frames):
        return given.folder
    return as_path(given, "results", _RESULTS)


def list_settings(settings: Settings) -> list[str]:
    """Return overrides as texts of the form `key.path=value`.

    Raises:
        RequestError: they are neither a dictionary nor texts, or a value is none of a scenario.
    """
    if isinstance(settings, Mapping):
        return [write_setting(str(key), value) for key, value in settings.items()]
    return as_list(settings, "settings")


def as_list(values: Iterable[str], name: str = "values") -> list[str]:
    """Return texts as a list; a single text is one element.

    Raises:
        RequestError: something among them is no text.
    """
    listed = [values] if isinstance(values, str) else _iterate(values, name)
    for value in listed:
        if not isinstance(value, str):
            raise RequestError(
                f"{name}: {value!r} is no text\n    allowed: a text, or a list of them"
            )
    return listed


def as_path(given: object, name: str = "file", allowed: str = "a text or a path") -> Path:
    """Return a path from a text or a path.

    Raises:
        RequestError: it is neither; the message says what is `allowed` of the argument `name`.
    """
    if isinstance(given, str | Path):
        return Path(given)
    raise RequestError(f"{name}: a {type(given).__name__} is none\n    allowed: {allowed}")


def _iterate(values: object, name: str) -> list[str]:
    if isinstance(values, Iterable):
        return list(values)
    raise RequestError(f"{name}: {values!r} is no text\n    allowed: a text, or a list of them")
