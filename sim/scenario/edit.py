"""A scenario that is at hand, with some of its values set otherwise."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import ValidationError

from sim.errors import ScenarioError
from sim.scenario.checks.consistency import find_inconsistencies
from sim.scenario.files.layers import Layer, merge_layers
from sim.scenario.files.messages import convert_validation_error, locate_problem
from sim.scenario.files.settings import build_settings_layer
from sim.scenario.schema.scenario import Scenario


def edit_scenario(scenario: Scenario, settings: Iterable[str]) -> Scenario:
    """Return the scenario with settings of the form `key.path=value`, as `--set` takes them.

    Raises:
        ScenarioError: the result is no valid scenario; the message lists every problem.
        RequestError: a setting is not of this form or leaves the range of its number.
    """
    base = Layer(None, scenario.model_dump())
    layers = [base, build_settings_layer(settings, base.tree)]
    try:
        edited = Scenario.model_validate(merge_layers(layers))
    except ValidationError as error:
        problems = [convert_validation_error(detail, layers) for detail in error.errors()]
        raise ScenarioError(problems) from None
    if problems := [locate_problem(layers, *misfit) for misfit in find_inconsistencies(edited)]:
        raise ScenarioError(problems)
    return edited
