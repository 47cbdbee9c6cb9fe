"""The rules of formation and leaving as the scenario files have them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sim.statistics.intervals import Interval
from sim.validation.studies.treaties.record import CELLS, Cell
from sim.validation.studies.universe.shipped import find_quantity, read_toml

RULES_FILE = Path("parts") / "rules.toml"
"""The file with the numbers, in the folder of scenarios."""
_NO_RATE = {("nonaggression", "major"), ("nonaggression", "other")}
"""Cells in which the rule lets nobody sign."""
_LEAVING = ("leave", "supporters")
RULE_CELLS: tuple[Cell, ...] = tuple(
    (pact_class, cell)
    for pact_class, cells in CELLS.items()
    for cell in cells
    if (pact_class, cell) not in _NO_RATE
)
"""The cells that have a rate in the rule."""


@dataclass(frozen=True)
class ShippedRule:
    """Numbers of the rules, each with its range.

    Attributes:
        rates: treaties per pair and year, by cell.
        counter: log-odds added where a rival has signed.
        leaving: coefficients of leaving by name: `leave` and `supporters`.
    """

    rates: Mapping[Cell, Interval]
    counter: Interval
    leaving: Mapping[str, Interval]

    def rates_of(self, pact_class: str) -> list[tuple[Cell, Interval]]:
        """Return the rates of a class, by cell."""
        return [(cell, rate) for cell, rate in self.rates.items() if cell[0] == pact_class]


def read_shipped_rule(scenarios: Path) -> ShippedRule:
    """Return the numbers that the scenario files have.

    Raises:
        ScenarioError: the file is missing or lacks one of the numbers.
    """
    file = scenarios / RULES_FILE
    content = read_toml(file)
    return ShippedRule(
        {cell: find_quantity(file, content, key_of_rate(cell)) for cell in RULE_CELLS},
        find_quantity(file, content, "rules.formation.counter"),
        {name: find_quantity(file, content, f"rules.leaving.{name}") for name in _LEAVING},
    )


def key_of_rate(cell: Cell) -> str:
    """Return the key of the rate of a cell in the scenario files."""
    pact_class, place = cell
    return f"rules.formation.{pact_class}{'' if place == 'none' else f'_{place}'}"
