"""Sizes of effects among the four invented states of scenarios/theory, for `.ci/theory.py`.

An effect is a difference between scenarios in an expected rate of choices, in paired worlds.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from math import inf, isnan, nan
from pathlib import Path

import numpy as np

from sim.analysis.choices.measure import ChoiceTable, measure_choices
from sim.scenario.load import load_scenario
from sim.statistics.arrays import Vector
from sim.statistics.bootstrap import Estimate, Resampling, bootstrap_sums
from sim.statistics.intervals import Interval

TOP = Path(__file__).resolve().parents[1]
FOLDER = TOP / "scenarios" / "theory"
WORLDS = 2000
RESAMPLING = Resampling(seed=2011, replicates=400)
NOTHING = 0.0005
"""What is shown as 0 in per cent with one decimal."""
RIVALRY = "frontier"
RIVALS = ("borduria", "syldavia")

_RELIABLE = "rules.answers.since_1946.aid_due_two.open_war"


def fixed(key: str, value: float) -> tuple[str, ...]:
    """Return the settings that give a number the same value in every world."""
    return tuple(f"{key}.{end}={value}" for end in ("value", "low", "high"))


VARIANTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "base": ("as it is", ()),
    "begins": ("the challenger is sure to begin the war", fixed("rules.challenge.begins", 1)),
    "to_1945": ("allies as reliable as to 1945", fixed(_RELIABLE, 0.47)),
    "certain": ("allies certain to fight", fixed(_RELIABLE, 8)),
    "no_deterrence": ("without `deterrence`", ("mechanisms.deterrence=false",)),
    "no_emboldenment": ("without `emboldenment`", ("mechanisms.emboldenment=false",)),
    "no_hazard": ("without `moral_hazard`", ("mechanisms.moral_hazard=false",)),
    "no_advice": ("without `advice`", ("mechanisms.advice=false",)),
    "no_misjudgement": ("without `misjudgement`", ("mechanisms.misjudgement=false",)),
}
"""What is changed in both scenarios of a pair, to see what accounts for a difference."""
SHOWN = ("D1", "D5a", "E1", "E2", "R1", "X1")
"""The effects that the second table shows under every variant."""


@dataclass(frozen=True)
class Effect:
    """A difference between scenarios.

    Attributes:
        measured: relative, points, or difference of changes.
        scenarios: with and without; then with and without of the pair that it is set against.
        outcome: what differs.
    """

    measured: str
    scenarios: tuple[str, ...]
    outcome: str

    @cache  # noqa: B019  one process, a few effects
    def estimate(self, variant: str = "base") -> Estimate:
        """Return its size with a bootstrap over worlds; the pairs of all scenarios are the same."""
        return bootstrap_sums([self._columns(variant)], self._size, RESAMPLING)

    def spread(self) -> Interval:
        """Return the median over worlds, with the range of the middle nine tenths of worlds.

        It is n/a for rates that are 0 in some worlds.
        """
        columns = self._columns("base")
        if not columns.all():
            return Interval(nan, nan, nan)
        sizes = [self._size(world) for world in columns]
        return Interval(*np.quantile(sizes, (0.5, 0.05, 0.95)))

    def _columns(self, variant: str) -> Vector:
        """Return numerators and denominators of all scenarios, (world, quantity)."""
        tables = [measure(name, variant) for name in self.scenarios]
        parts = [part for table in tables for part in outcome_parts(table, self.outcome)]
        return np.stack(parts, axis=1)

    def _size(self, sums: Vector) -> float:
        rates = sums[0::2] / sums[1::2]
        if self.measured == "points":
            return float(rates[0] - rates[1])
        changes = rates[0::2] / rates[1::2] - 1
        return float(changes[0] - (changes[1] if len(changes) > 1 else 0))

    def render(self, interval: Interval) -> str:
        """Return a size and its interval, such as -13% (-14 to -12)."""
        if isnan(interval.value):
            return "n/a"
        unit = "%" if self.measured == "relative" else " points"
        value, low, high = (100 * part for part in interval)
        return f"{signed(value)}{unit} ({signed(low)} to {signed(high)})"


@dataclass(frozen=True)
class Claim:
    """A published claim, and what the model has for it.

    Attributes:
        row: the line of published.csv.
    """

    row: dict[str, str]

    @property
    def effect(self) -> Effect:
        """What is measured."""
        names = (self.row[column] for column in ("scenario", "base", "against", "against_base"))
        return Effect(self.row["measured"], tuple(filter(None, names)), self.row["outcome"])

    def verdict(self, estimate: Estimate) -> str:
        """Return met where the whole interval lies in the range, missed where all is outside."""
        low, high = float(self.row["low"] or -inf), float(self.row["high"] or inf)
        if max(abs(estimate.low), abs(estimate.high)) < NOTHING:
            return "missed: no effect"
        if low <= estimate.low and estimate.high <= high:
            return "met"
        if estimate.high < low or estimate.low > high:
            return f"missed: {self._how(estimate, low, high)}"
        return "undecided"

    def _how(self, estimate: Estimate, low: float, high: float) -> str:
        sought = 1 if low >= 0 else -1
        if estimate.value * sought <= 0:
            return "wrong direction"
        return "too small" if abs(estimate.value) < min(abs(low), abs(high)) else "too large"


def signed(value: float) -> str:
    """Return a number of per cent with sign: whole where it is large, else with one decimal."""
    text = f"{value:+.0f}" if abs(value) >= 9.95 else f"{value:+.1f}"
    return "0" if text in ("+0.0", "-0.0") else text


@cache
def measure(name: str, variant: str = "base") -> ChoiceTable:
    """Return the expected rates of choices in a scenario."""
    scenario = load_scenario(FOLDER / f"{name}.toml", VARIANTS[variant][1]).scenario
    return measure_choices(scenario, WORLDS)


def outcome_parts(table: ChoiceTable, outcome: str) -> tuple[Vector, Vector]:
    """Return numerator and denominator of an outcome in each world, (world,) each."""
    kind, _, who = outcome.partition(":")
    once = np.ones(table.worlds)
    if kind == "wars":
        return both(table, "war"), once
    if kind == "wars per dispute":
        return both(table, "war"), both(table, "challenge")
    if kind == "resisted":
        return of(table, "resist", who), of(table, "challenge", other(who))
    return of(table, kind, who), once


def of(table: ChoiceTable, kind: str, who: str) -> Vector:
    """Return the expected rate of a choice of one actor, (world,)."""
    return table.values[table.find(kind, RIVALRY, who)]


def both(table: ChoiceTable, kind: str) -> Vector:
    """Return the expected rate of a choice of either rival, (world,)."""
    return of(table, kind, RIVALS[0]) + of(table, kind, RIVALS[1])


def other(who: str) -> str:
    """Return the other rival."""
    return RIVALS[1 - RIVALS.index(who)]


def read_claims() -> list[Claim]:
    """Return the published claims in the order of the file."""
    with (FOLDER / "published.csv").open(encoding="utf-8", newline="") as file:
        return [Claim(row) for row in csv.DictReader(file)]


def find_effect(code: str, claims: list[Claim]) -> Effect:
    """Return the effect of a claim; D5a is the whole effect of a nuclear patron's pact."""
    if code == "D5a":
        return Effect("relative", ("umbrella", "umbrella_unallied"), "challenge:borduria")
    return next(claim.effect for claim in claims if claim.row["code"] == code)
