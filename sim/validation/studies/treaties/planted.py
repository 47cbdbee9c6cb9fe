"""Acts and rates that are planted in worlds: what they do, and whether they come back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

import numpy as np

from sim.experiment.blocks import OnProgress
from sim.model.recording.history import History
from sim.model.simulate import simulate
from sim.scenario.load import load_scenario
from sim.statistics.intervals import Interval, student_interval
from sim.validation.check import Check
from sim.validation.studies.hindcast.simulated import HistoryCache
from sim.validation.studies.treaties.checks import inside, number_check
from sim.validation.studies.treaties.ends import possible_counts
from sim.validation.studies.treaties.results import PlantedAct
from sim.validation.studies.treaties.simulated import MONTHS, SCENARIO

_BOTH_SAMPLED = sqrt(2)
"""The figure to compare with comes from as many pairs, so its error is as large."""
_RATE = 0.02
_CELLS = ("near_major", "near", "major", "other", "rivals")
_PAIRS = ("russia_china", "rok_japan", "usa_ukraine", "japan_ukraine", "rok_ukraine")
"""Pairs that no defence pact binds and no quarrel keeps apart."""


@dataclass(frozen=True)
class PlantedRate:
    """New defence pacts of some pairs, all of which have one rate.

    Attributes:
        expected: how many the rate expects, with 95% of the numbers that chance allows.
        signed: how many were signed.
        worlds: in how many worlds.
    """

    expected: Interval
    signed: int
    worlds: int


def build_act_checks(acts: tuple[PlantedAct, ...], histories: HistoryCache) -> Iterator[Check]:
    """Yield a check of each act that was planted in an earlier engine as well, without codes."""
    for act in acts:
        histories.require_months(act.scenario, MONTHS)
        difference = paired_difference(
            histories.longest_history(act.scenario),
            histories.longest_history(SCENARIO),
            act.measure,
        )
        half = _BOTH_SAMPLED * (difference.high - difference.value)
        agrees = abs(difference.value - act.expected) <= half
        yield number_check(
            f"Planted, {act.act}: {act.what}",
            f"{act.expected:+.3g}, in the engine of before",
            difference,
            act.unit,
            "met" if agrees else "missed",
            "" if agrees else act.diagnosis,
        )


def paired_difference(with_act: History, without: History, measure: str) -> Interval:
    """Return the mean difference of a measure in paired worlds, with a 95% interval."""
    values = (np.asarray(history.worlds[measure], dtype=float) for history in (with_act, without))
    first, second = values
    return student_interval(first - second)


def plant_rate(scenarios: Path, worlds: int, on_progress: OnProgress) -> PlantedRate:
    """Give every pair one rate of defence pacts, and count those that are signed.

    Args:
        scenarios: the folder of scenarios.
        worlds: how many worlds to simulate.
        on_progress: called with their number when they are done.
    """
    settings = [
        f"rules.formation.defence_{cell}.{part}={_RATE}"
        for cell in _CELLS
        for part in Interval._fields
    ]
    settings += [f"rules.formation.{term}=0" for term in ("affinity", "counter")]
    scenario = load_scenario(scenarios / f"{SCENARIO}.toml", [*settings, f"months={MONTHS}"])
    events = simulate(scenario.scenario, 0, worlds).events
    on_progress(worlds)
    subjects = [f"new_defence_{pair}" for pair in _PAIRS]
    named = (events["event"] == "signed") & np.isin(events["subject"], subjects)
    signed = set(zip(events["world"][named], events["subject"][named], strict=True))
    chance = 1 - (1 - _RATE) ** (MONTHS / 12)
    return PlantedRate(possible_counts(worlds * len(_PAIRS) * chance), len(signed), worlds)


def rate_check(planted: PlantedRate) -> Check:
    """Return the check that a planted rate comes back, without a code."""
    return number_check(
        f"Planted, a rate of {_RATE:g} a year for every pair: as many defence pacts are signed",
        f"{planted.signed} signed by {len(_PAIRS)} pairs in {planted.worlds} worlds",
        planted.expected,
        "treaties",
        inside(planted.signed, planted.expected),
        "",
    )
