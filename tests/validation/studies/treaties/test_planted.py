"""Shares of worlds, differences of paired worlds, and what is planted in them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sim.model.measures.registry import list_measures
from sim.model.recording.history import History
from sim.scenario.load import load_scenario
from sim.statistics.intervals import wilson_interval
from sim.validation.studies.hindcast.simulated import HistoryCache
from sim.validation.studies.treaties import planted
from sim.validation.studies.treaties.ends import possible_counts
from sim.validation.studies.treaties.planted import (
    PlantedRate,
    build_act_checks,
    paired_difference,
    plant_rate,
    rate_check,
)
from sim.validation.studies.treaties.results import ExpectedFigure, PlantedAct
from sim.validation.studies.treaties.simulated import build_figure_checks, share_of_worlds
from tests.validation.studies.treaties.handmade import RECORD
from tests.worlds import SCENARIOS

ACT = PlantedAct(
    scenario="rok_japan_sign",
    act="they sign",
    measure="disputes",
    what="disputes",
    expected=1.0,
    unit="disputes a world",
    diagnosis="why",
)


def history(disputes: list[float], *events: tuple[int, str, str]) -> History:
    """Return worlds with so many disputes, and events of a world, a name and a subject."""
    worlds = np.arange(len(disputes))
    columns = [np.array(column) for column in zip(*events, strict=True)] or [np.array([])] * 3
    return History(
        worlds={"world": worlds, "disputes": np.array(disputes)},
        months={},
        events=dict(zip(("world", "event", "subject"), columns, strict=True)),
    )


SIGNED = history(
    [0.0] * 4,
    (0, "signed", "new_defence_a_b"),
    (0, "signed", "new_defence_a_c"),
    (2, "signed", "new_consultation_a_b"),
    (3, "notice", "new_defence_a_b"),
)


@pytest.mark.parametrize(
    ("event", "subject", "count"),
    [("signed", "new_defence_", 1), ("signed", "", 2), ("signed", "pact", 0), ("notice", "", 1)],
)
def test_a_world_counts_once_where_the_event_is_of_that_kind(
    event: str, subject: str, count: int
) -> None:
    assert share_of_worlds(SIGNED, event, subject) == wilson_interval(count, 4)


@pytest.mark.parametrize(("value", "verdict"), [(0.25, "met"), (0.97, "missed")])
def test_a_figure_agrees_where_the_intervals_meet(value: float, verdict: str) -> None:
    figure = ExpectedFigure(
        figure="a pact",
        event="signed",
        subject="new_defence_",
        value=value,
        low=value - 0.02,
        high=value + 0.02,
        says="",
    )
    (found,) = build_figure_checks((figure,), SIGNED)
    assert found.verdict == verdict


def test_a_difference_is_that_of_paired_worlds() -> None:
    difference = paired_difference(history([3.0, 5.0, 4.0]), history([2.0, 4.0, 3.0]), "disputes")
    assert difference == (1.0, 1.0, 1.0)


@pytest.mark.parametrize(
    ("after", "verdict", "says"), [([2.0, 0.0], "met", ""), ([9.0, 9.1], "missed", "why")]
)
def test_an_act_agrees_with_another_engine_within_the_errors_of_both(
    tmp_path: Path, after: list[float], verdict: str, says: str
) -> None:
    histories = HistoryCache(tmp_path, 2)
    made = {"pact": history([0.0, 0.0]), "rok_japan_sign": history(after)}
    for name, worlds in made.items():
        histories.require_months(name, 36)
        histories._histories[name, 36] = worlds
    (found,) = build_act_checks((ACT,), histories)
    assert (found.verdict, found.says) == (verdict, says)


def test_a_planted_rate_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planted, "MONTHS", 12)
    reported: list[int] = []
    found = plant_rate(SCENARIOS, 250, reported.append)
    assert reported == [250]
    assert found.expected.value == pytest.approx(250 * 5 * 0.02)
    assert rate_check(found).verdict == "met"


def test_a_rate_that_does_not_come_back_is_missed() -> None:
    assert rate_check(PlantedRate(possible_counts(100), 200, 10)).verdict == "missed"


@pytest.mark.parametrize("name", dict.fromkeys(act.scenario for act in RECORD.planted))
def test_a_planted_act_has_its_scenario_and_its_measures(name: str) -> None:
    scenario = load_scenario(SCENARIOS / f"{name}.toml").scenario
    measures = {measure.name for measure in list_measures(scenario)}
    assert {act.measure for act in RECORD.planted if act.scenario == name} <= measures
