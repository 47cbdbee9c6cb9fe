"""Which numbers of a scenario differ between its worlds."""

from __future__ import annotations

from sim.scenario.schema.past import RulesAfterwards
from sim.scenario.schema.quantity import Quantity
from sim.scenario.schema.scenario import Scenario

_RULES = "rules."
"""With what the keys of coefficients of behaviour begin."""


def list_drawn_numbers(scenario: Scenario) -> dict[str, Quantity]:
    """Return the numbers that each world draws for itself, by dotted key, in the order of the file.

    Worlds that share a past have the numbers of the past world, except for the coefficients of
    behaviour where these are drawn anew after it.
    """
    uncertain = {key: number for key, number in scenario.iter_quantities() if not number.is_fixed}
    if scenario.past is None:
        return uncertain
    if scenario.past.rules is RulesAfterwards.OWN:
        return {}
    return {key: number for key, number in uncertain.items() if key.startswith(_RULES)}
