"""From a file, and what the command line sets, to a scenario that is whole and consistent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from sim.errors import Problem, ScenarioError
from sim.scenario.checks.consistency import inconsistencies
from sim.scenario.checks.references import dangling
from sim.scenario.files.bibliography import Bibliography, read_bibliography
from sim.scenario.files.layers import FILE_KEYS, Layer, Tree, merge, named_files, read_layers
from sim.scenario.files.messages import explain, problem_at
from sim.scenario.files.settings import settings_layer
from sim.scenario.schema.scenario import Scenario


@dataclass(frozen=True)
class Loaded:
    """A scenario with what it was read from."""

    file: Path
    scenario: Scenario
    layers: tuple[Layer, ...]
    bibliography: Bibliography

    @property
    def name(self) -> str:
        """The scenario's short name: its file's, without the ending."""
        return self.file.stem


def load(file: Path, settings: Iterable[str] = ()) -> Loaded:
    """Read, layer, validate and cross-check a scenario.

    Raises:
        ScenarioError: anything in the files is wrong; the message lists all of it.
        RequestError: a setting is not of the form `key.path=value` or leaves its range.
    """
    layers = read_layers(file)
    bibliography = _bibliography(layers)
    layers.append(settings_layer(settings, merge(layers)))
    tree = {name: value for name, value in merge(layers).items() if name not in FILE_KEYS}
    scenario = _validated(tree, layers, bibliography)
    return Loaded(file, scenario, tuple(layers), bibliography)


def _bibliography(layers: list[Layer]) -> Bibliography:
    entries: Bibliography = {}
    for layer in layers:
        for file in named_files(layer, "bibliography"):
            entries |= read_bibliography(file)
    return entries


def _validated(tree: Tree, layers: list[Layer], bibliography: Bibliography) -> Scenario:
    problems = list(_uncited(layers, bibliography))
    problems += dangling(tree, layers, list(bibliography))
    try:
        scenario = Scenario.model_validate(tree)
    except ValidationError as error:
        found = [explain(detail, layers) for detail in error.errors()]
        raise ScenarioError([*problems, *found]) from None
    if not problems:
        problems = [problem_at(layers, *misfit) for misfit in inconsistencies(scenario)]
    if problems:
        raise ScenarioError(problems)
    return scenario


def _uncited(layers: list[Layer], bibliography: Bibliography) -> Iterator[Problem]:
    if not bibliography:
        what = "no file explains the keys under `source`"
        yield problem_at(layers, ("bibliography",), what, "a path or a list of paths")
