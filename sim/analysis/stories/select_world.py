"""Which world is worth telling: rules that choose one from the tables of a run."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any, NamedTuple

import numpy as np
import pyarrow.parquet as pq
from numpy.typing import NDArray

from sim.analysis.stories.source import Source
from sim.errors import RequestError
from sim.experiment.storage.parquet import read_column
from sim.experiment.storage.results import Results
from sim.model.calendar import first_day
from sim.model.measures.camps import promises_aid
from sim.model.measures.measure import Kind, Measure
from sim.scenario.schema.scenario import Scenario

_TAILS = 0.1, 0.9


class Pick(StrEnum):
    """The rules by which a world can be chosen."""

    TYPICAL = "typical"
    WAR = "war"
    SURPRISING = "surprising"
    FIRST_HONOURED = "first-honoured"


class Picked(NamedTuple):
    """A world, and why it was chosen."""

    world: int
    why: str


def pick(source: Source, rule: Pick) -> Picked:
    """Choose a world; of several that fit alike, the one with the lowest number.

    Raises:
        RequestError: there are no tables to choose from, or no world fits.
    """
    if source.results is None:
        raise RequestError(
            f"--pick {rule}: {source.path} is a scenario, and a pick looks through the worlds of a "
            f"run\n    run it first: sim run {source.path}; or name a world with --world"
        )
    return _RULES[rule](source.results, source.scenario)


def _typical(results: Results, _scenario: Scenario) -> Picked:
    distance = np.zeros(len(_worlds(results)))
    for _, values in _headlines(results):
        spread = values.std()
        if spread > 0:
            distance += ((values - np.median(values)) / spread) ** 2
    why = "the world nearest the median of every headline measure, each in its own spread"
    return Picked(int(_worlds(results)[distance.argmin()]), why)


def _war(results: Results, _scenario: Scenario) -> Picked:
    wars = np.flatnonzero(read_column(results.table("worlds"), "war_any"))
    if not wars.size:
        count = len(_worlds(results))
        raise RequestError(f"--pick war: no new war breaks out in any of {count:,} worlds")
    return Picked(int(_worlds(results)[wars[0]]), "the first world in which a new war breaks out")


def _surprising(results: Results, _scenario: Scenario) -> Picked:
    rarity = np.zeros(len(_worlds(results)))
    for measure, values in _headlines(results):
        rarity -= np.log(_shares(_outcomes(measure, values)))
    why = (
        "the world with the least likely headline outcomes: the shares of worlds that had each are "
        "multiplied, an amount counting as low, middling or high (tenths at either end)"
    )
    return Picked(int(_worlds(results)[rarity.argmax()]), why)


def _first_honoured(results: Results, scenario: Scenario) -> Picked:
    code = newest_pact(scenario)
    events = pq.read_table(
        results.table("events"),
        columns=["world", "month"],
        filters=[("event", "=", "honoured"), ("subject", "=", code)],
    )
    name = scenario.treaties[code].name if code else "any treaty"
    if not events.num_rows:
        raise RequestError(f"--pick first-honoured: no world honours the {name}")
    worlds, months = (events[name].to_numpy() for name in ("world", "month"))
    first = np.lexsort((worlds, months))[0]
    day = first_day(int(months[first]), scenario.start)
    when = f"{day.day} {day:%B %Y}"
    why = f"no world honours the {name} earlier: in the month from {when}"
    return Picked(int(worlds[first]), why)


_RULES: dict[Pick, Callable[[Results, Scenario], Picked]] = {
    Pick.TYPICAL: _typical,
    Pick.WAR: _war,
    Pick.SURPRISING: _surprising,
    Pick.FIRST_HONOURED: _first_honoured,
}


def newest_pact(scenario: Scenario) -> str:
    """Return the code of the treaty promising aid that was signed last, concluded or not."""
    pacts = [code for code, treaty in scenario.treaties.items() if promises_aid(treaty)]
    return max(pacts, key=lambda code: scenario.treaties[code].signed, default="")


def headline_measures(results: Results) -> list[Measure]:
    """Return the measures that the scenario shows, or all where it shows none."""
    measures = results.measures()
    return [measure for measure in measures if measure.headline] or measures


def _headlines(results: Results) -> list[tuple[Measure, NDArray[Any]]]:
    file = results.table("worlds")
    return [
        (measure, read_column(file, measure.name).astype(float))
        for measure in headline_measures(results)
    ]


def _outcomes(measure: Measure, values: NDArray[Any]) -> NDArray[Any]:
    if measure.kind is Kind.HAPPENED:
        return values
    low, high = np.quantile(values, _TAILS)
    return np.where(values < low, -1, np.where(values > high, 1, 0))


def _shares(outcomes: NDArray[Any]) -> NDArray[Any]:
    """Return for every world the share of worlds with its outcome."""
    _, which, counts = np.unique(outcomes, return_inverse=True, return_counts=True)
    return counts[which] / outcomes.size


def _worlds(results: Results) -> NDArray[Any]:
    return read_column(results.table("worlds"), "world")
