"""A scenario that points are made from, and values in the form of settings."""

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
from sim.scenario.theories.layer import spell_out_settings, switch_theories


@dataclass(frozen=True)
class BaseScenario:
    """A scenario that points are made from, as data to which settings are applied."""

    loaded: LoadedScenario
    tree: Tree = field(repr=False)

    @classmethod
    def from_loaded(cls, loaded: LoadedScenario) -> BaseScenario:
        """Return a base made of a scenario."""
        tree: dict[str, Any] = loaded.scenario.model_dump(mode="json", exclude={"sweep"})
        return cls(loaded, tree)

    def with_levels(
        self, levels: dict[str, FactorLevel], *, check_consistency: bool = True
    ) -> Scenario:
        """Return the scenario with some values set, as by `--set`, and check its consistency.

        Raises:
            ScenarioError: a name refers to nothing, or the scenario is no longer consistent.
            RequestError: a value is not allowed for its key.
        """
        settings = [f"{key}={_format_toml(level)}" for key, level in levels.items()]
        settings = spell_out_settings(settings)
        base = switch_theories(self.tree, settings)
        layers = [Layer(None, base), build_settings_layer(settings, base)]
        tree = merge_layers(layers)
        if check_consistency and (
            dangling := list(find_dangling_references(tree, layers, list(self.loaded.bibliography)))
        ):
            raise ScenarioError(dangling)
        try:
            scenario = Scenario.model_validate(tree)
        except ValidationError as error:
            raise ScenarioError(
                convert_validation_error(detail, layers) for detail in error.errors()
            ) from None
        inconsistencies = find_inconsistencies(scenario) if check_consistency else ()
        if problems := [locate_problem(layers, *problem) for problem in inconsistencies]:
            raise ScenarioError(problems)
        return scenario


def _format_toml(level: FactorLevel) -> str:
    """Return a value in the form of a setting."""
    if isinstance(level, bool):
        return str(level).lower()
    return json.dumps(level) if isinstance(level, str) else str(level)
