"""A scenario that points are made from, and values as settings write them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from sim.errors import ScenarioError
from sim.scenario.checks.consistency import find_inconsistencies
from sim.scenario.checks.references import find_dangling_references
from sim.scenario.files.layers import Layer, Tree, merge_layers
from sim.scenario.files.messages import convert_validation_error, locate_problem
from sim.scenario.files.settings import build_settings_layer
from sim.scenario.load import LoadedScenario
from sim.scenario.schema.scenario import Scenario
from sim.scenario.schema.sweep import FactorLevel


@dataclass(frozen=True)
class BaseScenario:
    """A scenario that points are made from, as data that settings are laid upon."""

    loaded: LoadedScenario
    tree: Tree = field(repr=False)

    @classmethod
    def from_loaded(cls, loaded: LoadedScenario) -> BaseScenario:
        """Return a scenario as a base."""
        tree: dict[str, Any] = loaded.scenario.model_dump(mode="json", exclude={"sweep"})
        return cls(loaded, tree)

    def with_levels(
        self, levels: dict[str, FactorLevel], *, check_consistency: bool = True
    ) -> Scenario:
        """Return the scenario with some values set, as `--set` would; see that the parts fit.

        Raises:
            ScenarioError: a name leads nowhere, or the parts do not fit together any more.
            RequestError: a value is not possible at its key.
        """
        settings = [f"{key}={format_toml(level)}" for key, level in levels.items()]
        layers = [Layer(None, self.tree), build_settings_layer(settings, self.tree)]
        tree = merge_layers(layers)
        if check_consistency and (
            astray := list(find_dangling_references(tree, layers, list(self.loaded.bibliography)))
        ):
            raise ScenarioError(astray)
        try:
            scenario = Scenario.model_validate(tree)
        except ValidationError as error:
            raise ScenarioError(
                convert_validation_error(found, layers) for found in error.errors()
            ) from None
        misfits = find_inconsistencies(scenario) if check_consistency else ()
        if problems := [locate_problem(layers, *misfit) for misfit in misfits]:
            raise ScenarioError(problems)
        return scenario


def format_toml(level: FactorLevel) -> str:
    """Return a value as a setting writes it."""
    if isinstance(level, bool):
        return str(level).lower()
    return json.dumps(level) if isinstance(level, str) else str(level)
