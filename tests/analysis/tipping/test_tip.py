"""The planted engine: level = 3 strong + weak + noise, each drawn evenly from 0 to 1; mean 2."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.analysis.tipping import tip as tipping
from sim.analysis.tipping.sentences import describe_move, describe_tip
from sim.analysis.tipping.target import parse_target
from sim.analysis.tipping.tip import TipPlan, TipResult, find_tipping, select_outcome
from sim.errors import RequestError
from sim.scenario.schema.scenario import Scenario
from tests.analysis import variance_engine
from tests.scenario.folder import Folder

PLAN = TipPlan(candidates=3, worlds=100, fresh=600)


@pytest.fixture
def scenario(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scenario:
    variance_engine.put(monkeypatch)
    monkeypatch.setattr(tipping, "list_measures", variance_engine.measures)
    return Folder.at(tmp_path).load().scenario


def find(scenario: Scenario, name: str, to: str, plan: TipPlan = PLAN) -> TipResult:
    measure = select_outcome(scenario, name)
    return find_tipping(scenario, measure, parse_target(to, measure), plan)


def test_one_assumption_is_enough_where_it_is_and_no_further_than_needed(
    scenario: Scenario,
) -> None:
    result = find(scenario, "level", "<1")
    assert result.tipping
    assert result.tipping.certified
    [move] = result.tipping.moves
    assert (move.key, move.upwards) == (variance_engine.STRONG, False)
    # 3 (1 - share) / 2 + 1/2 < 1 from a share of 2/3 on; the next eighth is 3/4
    assert result.tipping.share == 0.75
    assert move.number.low < move.value < move.number.value
    assert result.tipping.rarity == pytest.approx(0.125)
    assert result.tipping.fresh.value == pytest.approx(0.875, abs=0.1)
    assert result.tried == (3,)


def test_two_are_sought_only_where_no_one_is_enough(scenario: Scenario) -> None:
    result = find(scenario, "level", "<.3")
    assert result.tipping
    assert result.tipping.certified
    moved = {move.key: move.upwards for move in result.tipping.moves}
    assert moved == {variance_engine.STRONG: False, variance_engine.WEAK: False}
    assert result.tipping.share == 0.875  # 2 - 2 share < .3 from .85 on
    assert len(result.tried) == 2
    text = " ".join(describe_tip(result))
    assert "Two assumptions turn it: in fresh worlds it is 0.2" in text
    assert "about 1 world in 256 draws both as far out or further." in text
    assert "No single assumption does, even at the ends of their ranges" in text
    assert f"alone, {variance_engine.STRONG} moves it furthest" in text


def test_an_outcome_can_be_raised_as_well_as_lowered(scenario: Scenario) -> None:
    result = find(scenario, "level", ">3.2")
    assert result.tipping
    assert all(move.upwards for move in result.tipping.moves)
    assert result.tipping.moves[0].key == variance_engine.STRONG
    assert describe_move(result.tipping.moves[0]).startswith("up to ")


def test_none_is_a_finding_that_names_what_comes_nearest(scenario: Scenario) -> None:
    result = find(scenario, "level", "<-1")
    assert result.tipping is None
    assert len(result.tried) == 3
    assert result.nearest
    assert {move.key for move in result.nearest.moves} >= {
        variance_engine.STRONG,
        variance_engine.WEAK,
    }
    text = " ".join(describe_tip(result))
    assert "No one, two or three assumptions turn it: none of 7 sets tried" in text
    assert "Nearest comes" in text


def test_an_outcome_that_is_there_already_needs_no_change(scenario: Scenario) -> None:
    result = find(scenario, "level", "<3")
    assert result.holds_already
    assert result.tipping is None
    assert next(iter(describe_tip(result))).startswith("Nothing need change: it is 2.0")


def test_what_the_search_found_by_chance_is_not_certified(
    scenario: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(variance_engine, "NOISE", 0.0)
    bound = find(scenario, "level", "<1").tipping
    assert bound
    assert bound.certified
    monkeypatch.setattr(variance_engine, "NOISE", 8.0)
    # at both ends the mean is 0: the search may fall below by chance, the whole interval cannot
    result = find(scenario, "level", "<-.5", TipPlan(candidates=2, worlds=20, fresh=600))
    assert result.tipping is None or not result.tipping.certified


def test_a_conditional_outcome_is_counted_where_it_is_defined(scenario: Scenario) -> None:
    result = find(scenario, "kept", ">.9", TipPlan(candidates=3, worlds=400, fresh=2000))
    assert result.tipping
    assert [move.key for move in result.tipping.moves] == [variance_engine.WEAK]
    assert "It is counted only where called." in list(describe_tip(result))


def test_an_outcome_defined_nowhere_is_refused(scenario: Scenario) -> None:
    with pytest.raises(RequestError) as caught:
        find(scenario, "scared", ">.5")
    assert str(caught.value) == (
        "--outcome scared: is defined only where never, in fewer than twenty of 600 worlds\n"
        "    allowed: an outcome that is more often defined, or more worlds with --fresh"
    )


def test_progress_counts_every_world_once(scenario: Scenario) -> None:
    counts: list[int] = []
    measure = select_outcome(scenario, "level")
    find_tipping(scenario, measure, parse_target("<.3", measure), PLAN, counts.append)
    assert counts == sorted(counts)
    assert counts[-1] <= PLAN.most_worlds
    drawn_back = counts[-1] - (600 + 6 * 100 + 3 * 100 + 600)  # as drawn, ends, pairs, one look
    assert drawn_back in (800, 1600, 2400)  # eight steps for each pair that reaches the bound
