"""A scenario that points are made from, and values as settings write them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from sim.errors import ScenarioError
from sim.scenario.checks.consistency import inconsistencies
from sim.scenario.checks.references import dangling
from sim.scenario.files.layers import Layer, Tree, merge
from sim.scenario.files.messages import explain, problem_at
from sim.scenario.files.settings import settings_layer
from sim.scenario.load import Loaded
from sim.scenario.schema.scenario import Scenario
from sim.scenario.schema.sweep import Level


@dataclass(frozen=True)
class Base:
    """A scenario that points are made from, as data that settings are laid upon."""

    loaded: Loaded
    tree: Tree = field(repr=False)

    @classmethod
    def of(cls, loaded: Loaded) -> Base:
        """Return a scenario as a base."""
        tree: dict[str, Any] = loaded.scenario.model_dump(mode="json", exclude={"sweep"})
        return cls(loaded, tree)

    def with_levels(self, levels: dict[str, Level], *, fitting: bool = True) -> Scenario:
        """Return the scenario with some values set, as `--set` would; see that the parts fit.

        Raises:
            ScenarioError: a name leads nowhere, or the parts do not fit together any more.
            RequestError: a value is not possible at its key.
        """
        settings = [f"{key}={toml(level)}" for key, level in levels.items()]
        layers = [Layer(None, self.tree), settings_layer(settings, self.tree)]
        tree = merge(layers)
        if fitting and (astray := list(dangling(tree, layers, list(self.loaded.bibliography)))):
            raise ScenarioError(astray)
        try:
            scenario = Scenario.model_validate(tree)
        except ValidationError as error:
            raise ScenarioError(explain(found, layers) for found in error.errors()) from None
        misfits = inconsistencies(scenario) if fitting else ()
        if problems := [problem_at(layers, *misfit) for misfit in misfits]:
            raise ScenarioError(problems)
        return scenario


def toml(level: Level) -> str:
    """Return a value as a setting writes it."""
    if isinstance(level, bool):
        return str(level).lower()
    return json.dumps(level) if isinstance(level, str) else str(level)
