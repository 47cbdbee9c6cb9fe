"""Rules that select the world of a story from the tables of a run."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

import numpy as np
import pyarrow.parquet as pq
from numpy.typing import NDArray

from sim.analysis.data.resolve import ScenarioSource
from sim.errors import RequestError
from sim.experiment.storage.parquet import reporting_damage
from sim.experiment.storage.results import Results
from sim.model.calendar import first_day
from sim.model.measures.measure import Measure, MeasureKind
from sim.model.measures.needs import has_aid_obligation
from sim.scenario.schema.scenario import Scenario

_TAIL_QUANTILES = 0.1, 0.9


class SelectionRule(StrEnum):
    """The rules by which a world can be selected."""

    TYPICAL = "typical"
    WAR = "war"
    SURPRISING = "surprising"
    FIRST_HONOURED = "first-honoured"


class SelectedWorld(NamedTuple):
    """The number of a world, and why it was selected."""

    world: int
    reason: str


def select_world(source: ScenarioSource, rule: SelectionRule) -> SelectedWorld:
    """Select a world; of several that fit equally, the one with the lowest number.

    Raises:
        RequestError: there are no tables to select from, or no world fits.
    """
    if source.results is None:
        raise RequestError(
            f"--pick {rule}: {source.path} is a scenario, and --pick selects among the worlds of a "
            f"run\n    run it first: sim run {source.path}; or name a world with --world"
        )
    return _SELECTORS[rule](source.results, source.scenario)


def _select_typical(results: Results, _scenario: Scenario) -> SelectedWorld:
    distance = np.zeros(len(results.worlds))
    for _, values in _headline_values(results):
        spread = values.std()
        if spread > 0:
            distance += ((values - np.median(values)) / spread) ** 2
    reason = (
        "the world nearest the medians of all headline measures, in units of their standard "
        "deviations"
    )
    return SelectedWorld(int(results.worlds[distance.argmin()]), reason)


def _select_first_war(results: Results, _scenario: Scenario) -> SelectedWorld:
    wars = np.flatnonzero(results.column("war_any"))
    if not wars.size:
        count = len(results.worlds)
        raise RequestError(f"--pick war: no new war breaks out in any of {count:,} worlds")
    return SelectedWorld(
        int(results.worlds[wars[0]]), "the first world in which a new war breaks out"
    )


def _select_surprising(results: Results, _scenario: Scenario) -> SelectedWorld:
    rarity = np.zeros(len(results.worlds))
    for measure, values in _headline_values(results):
        rarity -= np.log(_outcome_shares(_classify(measure, values)))
    reason = (
        "the world with the least likely headline outcomes, by the product of their shares of "
        "worlds; an amount counts as low (lowest tenth), middle or high (highest tenth)"
    )
    return SelectedWorld(int(results.worlds[rarity.argmax()]), reason)


def _select_first_honoured(results: Results, scenario: Scenario) -> SelectedWorld:
    code = latest_defence_pact(scenario)
    file = results.require_table("events")
    with reporting_damage(file):
        events = pq.read_table(
            file,
            columns=["world", "month"],
            filters=[("event", "=", "honoured"), ("subject", "=", code)],
        )
    name = scenario.treaties[code].name if code else "any treaty"
    if not events.num_rows:
        raise RequestError(f"--pick first-honoured: no world honours the {name}")
    worlds, months = (events[name].to_numpy() for name in ("world", "month"))
    first = np.lexsort((worlds, months))[0]
    day = first_day(int(months[first]), scenario.start)
    reason = (
        f"no other world honours the {name} earlier than this one, in the month from {day.day} "
        f"{day:%B %Y}"
    )
    return SelectedWorld(int(worlds[first]), reason)


_SELECTORS: dict[SelectionRule, Callable[[Results, Scenario], SelectedWorld]] = {
    SelectionRule.TYPICAL: _select_typical,
    SelectionRule.WAR: _select_first_war,
    SelectionRule.SURPRISING: _select_surprising,
    SelectionRule.FIRST_HONOURED: _select_first_honoured,
}


def latest_defence_pact(scenario: Scenario) -> str:
    """Return the code of the defence treaty that was signed last, concluded or not."""
    pacts = [code for code, treaty in scenario.treaties.items() if has_aid_obligation(treaty)]
    return max(pacts, key=lambda code: scenario.treaties[code].signed or date.max, default="")


def _headline_measures(results: Results) -> list[Measure]:
    """Return the headline measures of the scenario, or all where it has none."""
    measures = list(results.measures.values())
    return [measure for measure in measures if measure.headline] or measures


def _headline_values(results: Results) -> list[tuple[Measure, NDArray[Any]]]:
    return [
        (measure, results.column(measure.name).astype(float))
        for measure in _headline_measures(results)
    ]


def _classify(measure: Measure, values: NDArray[Any]) -> NDArray[Any]:
    if measure.kind is MeasureKind.HAPPENED:
        return values
    low, high = np.quantile(values, _TAIL_QUANTILES)
    return np.where(values < low, -1, np.where(values > high, 1, 0))


def _outcome_shares(outcomes: NDArray[Any]) -> NDArray[Any]:
    """Return for every world the share of worlds with the same outcome."""
    _, which, counts = np.unique(outcomes, return_inverse=True, return_counts=True)
    return counts[which] / outcomes.size
