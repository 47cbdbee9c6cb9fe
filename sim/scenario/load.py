"""Loading: from a file and command-line settings to a complete, consistent scenario."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import ValidationError

from sim.errors import Problem, ScenarioError
from sim.scenario.checks.consistency import find_inconsistencies
from sim.scenario.checks.references import find_dangling_references
from sim.scenario.files.bare_numbers import fix_bare_numbers
from sim.scenario.files.bibliography import Bibliography, read_bibliography
from sim.scenario.files.layers import (
    FILE_KEYS,
    Layer,
    Tree,
    merge_layers,
    read_layers,
    resolve_file_references,
)
from sim.scenario.files.lookup import locate_scenario
from sim.scenario.files.messages import convert_validation_error, locate_problem
from sim.scenario.files.settings import build_settings_layer
from sim.scenario.schema.scenario import Scenario
from sim.scenario.theories.layer import add_theories, spell_out_settings


@dataclass(frozen=True)
class LoadedScenario:
    """A scenario with the files it was read from."""

    file: Path
    scenario: Scenario
    layers: tuple[Layer, ...]
    bibliography: Bibliography

    @property
    def name(self) -> str:
        """The scenario's short name: its file name without the suffix."""
        return self.file.stem


def load_scenario(file: Path, settings: Iterable[str] = ()) -> LoadedScenario:
    """Read, layer, validate and cross-check a scenario, given by its file or by its name.

    Raises:
        ScenarioError: the files are invalid; the message lists every problem.
        RequestError: a setting is not of the form `key.path=value` or leaves its range.
    """
    file = locate_scenario(file)
    settings = spell_out_settings(settings)
    own = add_theories(_drop_inherited_lessons(read_layers(file)), settings)
    layers = fix_bare_numbers(own)
    bibliography = _read_bibliographies(layers)
    layers.append(build_settings_layer(settings, merge_layers(layers)))
    tree = {name: value for name, value in merge_layers(layers).items() if name not in FILE_KEYS}
    scenario = _validate_scenario(tree, layers, bibliography)
    return LoadedScenario(file, scenario, tuple(layers), bibliography)


def _drop_inherited_lessons(layers: list[Layer]) -> list[Layer]:
    """Return the layers, the last of which is the file itself, with its lesson only."""
    *inherited, own = layers
    return [*(replace(layer, tree=_without_lesson(layer.tree)) for layer in inherited), own]


def _without_lesson(tree: Tree) -> Tree:
    return {name: value for name, value in tree.items() if name != "lesson"}


def _read_bibliographies(layers: list[Layer]) -> Bibliography:
    entries: Bibliography = {}
    for layer in layers:
        for file in resolve_file_references(layer, "bibliography"):
            entries |= read_bibliography(file)
    return entries


def _validate_scenario(tree: Tree, layers: list[Layer], bibliography: Bibliography) -> Scenario:
    _require_something_beneath(tree, layers)
    problems = list(_find_missing_bibliography(layers, bibliography))
    problems += find_dangling_references(tree, layers, list(bibliography))
    try:
        scenario = Scenario.model_validate(tree)
    except ValidationError as error:
        invalid = [convert_validation_error(detail, layers) for detail in error.errors()]
        raise ScenarioError([*problems, *invalid]) from None
    if not problems:
        problems = [locate_problem(layers, *misfit) for misfit in find_inconsistencies(scenario)]
    if problems:
        raise ScenarioError(problems)
    return scenario


def _require_something_beneath(tree: Tree, layers: list[Layer]) -> None:
    """Require that a file that leaves out the actors and the rules extends one that has them."""
    own = layers[-2]
    if "extends" in own.tree or tree.keys() & {"actors", "rules"}:
        return
    message = "is missing, and so are the actors and the rules of a scenario to start from"
    example = 'extends = "pact.toml" as the first line'
    raise ScenarioError([Problem(own.file, None, "extends", message, example)])


def _find_missing_bibliography(
    layers: list[Layer], bibliography: Bibliography
) -> Iterator[Problem]:
    if not bibliography:
        message = "no file explains the keys under `source`"
        yield locate_problem(layers, ("bibliography",), message, "a path or a list of paths")
