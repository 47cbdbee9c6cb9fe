"""The matrix adds up, moves as theory says, and is compared pair by pair."""

from __future__ import annotations

import numpy as np
import pytest

from sim.analysis.stress import simulate as simulating
from sim.analysis.stress.construction import RULES, find_rule, list_rules
from sim.analysis.stress.difference_findings import list_moved, summarise_comparison
from sim.analysis.stress.findings import summarise_matrix
from sim.analysis.stress.matrix import (
    ENDINGS,
    LEVELS,
    SIDES,
    Cell,
    StressMatrix,
    compare_stress,
)
from sim.analysis.stress.names import abbreviate_crisis, describe_cell
from sim.analysis.stress.openings import CrisisKind, CrisisOpening, list_openings, parse_opening
from sim.analysis.stress.simulate import simulate_stress
from sim.errors import RequestError, SimulationError
from sim.scenario.schema.scenario import Scenario
from sim.statistics.intervals import wilson_interval
from sim.statistics.paired import count_four_way, paired_share_difference
from tests.worlds import quarrel, shock, tangle, treaty

WORLDS = 400
ATTACK = "feud:rival@war"
NO_PACT = {"treaties__pact": treaty("patron", "member", concluded=False)}


def stressed(scenario: Scenario, *crises: str) -> StressMatrix:
    openings = [parse_opening(text, scenario) for text in crises or (ATTACK,)]
    return simulate_stress(scenario, openings, WORLDS)


@pytest.fixture(scope="module")
def pact() -> StressMatrix:
    return stressed(quarrel(), ATTACK, "feud:member@war", "feud:rival@force", "feud:rival@coup")


@pytest.fixture(scope="module")
def no_pact(pact: StressMatrix) -> StressMatrix:
    return simulate_stress(quarrel(**NO_PACT), pact.openings, WORLDS)


def test_the_levels_of_aid_add_up_and_so_do_the_endings(pact: StressMatrix) -> None:
    for opening in map(str, pact.openings):
        for side in SIDES:
            levels = [pact.aid(opening, "patron", side, level).value for level in LEVELS]
            assert sum(levels) == pytest.approx(1)
            assert pact.aid(opening, "patron", side).value == pytest.approx(1 - levels[0])
        endings = [pact.interval(Cell(opening, "ending", level=name)).value for name in ENDINGS]
        assert sum(endings) == pytest.approx(1)


def test_a_share_has_wilsons_interval_and_a_mean_one_of_its_own(pact: StressMatrix) -> None:
    cell = Cell(ATTACK, "third_party")
    count = int(pact.values(cell).sum())
    assert pact.interval(cell) == wilson_interval(count, WORLDS)
    mean = pact.interval(Cell(ATTACK, "third_parties"))
    assert mean.low < pact.values(Cell(ATTACK, "third_parties")).mean() < mean.high


def test_a_patron_comes_to_the_attacked_member_and_not_to_its_rival(pact: StressMatrix) -> None:
    assert pact.aid(ATTACK, "patron").value > 0.5
    assert pact.aid(ATTACK, "patron", "attacker").value < 0.05
    assert (
        pact.aid("feud:member@war", "patron", "attacker").value < pact.aid(ATTACK, "patron").value
    )


def test_a_promise_brings_the_patron_and_takes_the_attacked_out_of_solitude(
    pact: StressMatrix, no_pact: StressMatrix
) -> None:
    comparison = compare_stress(pact, no_pact)
    assert comparison.difference(Cell(ATTACK, "aid", "patron", "attacked", "any")).low > 0.1
    assert comparison.difference(Cell(ATTACK, "alone")).high < 0
    assert comparison.difference(Cell(ATTACK, "third_parties")).low > 0


def test_a_dispute_at_force_comes_to_war_in_some_worlds_only(pact: StressMatrix) -> None:
    assert pact.interval(Cell(ATTACK, "war")).value == 1
    assert 0 < pact.interval(Cell("feud:rival@force", "war")).value < 1


def test_a_coup_takes_ground_and_moves_no_decision(pact: StressMatrix) -> None:
    coup, attack = (pact.outcome(name) for name in ("feud:rival@coup", ATTACK))
    assert coup.ground.mean() > attack.ground.mean() + 0.1
    month = simulate_stress(quarrel(), pact.openings, WORLDS, months=1)
    coup, attack = (month.outcome(name) for name in ("feud:rival@coup", ATTACK))
    for answers in ("level", "aid_due", "aid_refused", "entrapped"):
        assert np.array_equal(getattr(coup, answers), getattr(attack, answers))


def test_ground_is_counted_for_the_attacker_of_the_crisis() -> None:
    matrix = stressed(tangle(), "siege:outsider@none")
    assert matrix.outcome("siege:outsider@none").ground.mean() < 0


def test_aid_of_the_opening_day_is_not_counted_again() -> None:
    scenario = tangle(shocks__truce=None, shocks__raid=None, shocks__march=None)
    matrix = simulate_stress(scenario, list_openings(scenario), 50, months=1)
    assert scenario.wars["siege"].support["member"].side == "outsider"
    assert matrix.aid("siege:outsider@none", "member", "attacker").value == 0


def test_an_attack_on_home_soil_calls_the_ally_of_the_struck() -> None:
    league = {"treaties__league": treaty("rival", "backer", protects=["backer"])}
    without = {"treaties__league": treaty("rival", "backer", concluded=False)}
    crises = ("siege:outsider@home_soil", "siege:outsider@none")
    matrix, other = (
        stressed(tangle(**pact, shocks__raid=None), *crises) for pact in (league, without)
    )
    struck, left = (matrix.interval(Cell(name, "aid_due", "rival")) for name in crises)
    assert struck.value > left.value
    comparison = compare_stress(matrix, other)
    assert find_rule(comparison, Cell(crises[0], "aid", "rival", "attacked", "any")) == "home_soil"
    assert find_rule(comparison, Cell(crises[1], "third_party")) == "home_soil"
    assert RULES["home_soil"] in list_rules(matrix)


def test_the_scenarios_own_shock_on_a_rivalry_gives_way_to_the_crisis() -> None:
    scenario = quarrel(shocks__march=shock("dispute", 1, "member", rung="threat"))
    assert stressed(scenario).interval(Cell(ATTACK, "war")).value == 1


def test_the_difference_is_the_first_minus_the_second_with_tangos_interval(
    pact: StressMatrix, no_pact: StressMatrix
) -> None:
    comparison, cell = compare_stress(pact, no_pact), Cell(ATTACK, "third_party")
    four = count_four_way(pact.values(cell), no_pact.values(cell))
    assert comparison.difference(cell) == paired_share_difference(four)
    reverse = compare_stress(no_pact, pact).difference(cell)
    assert reverse.value == -comparison.difference(cell).value
    assert compare_stress(pact, pact).difference(Cell(ATTACK, "ground")).value == 0


def test_what_needs_a_promise_differs_by_construction(
    pact: StressMatrix, no_pact: StressMatrix
) -> None:
    comparison = compare_stress(pact, no_pact)
    assert find_rule(comparison, Cell(ATTACK, "abandoned", "member")) == "promise"
    assert find_rule(comparison, Cell(ATTACK, "aid", "patron", "attacked", "any")) == ""
    assert find_rule(compare_stress(pact, pact), Cell(ATTACK, "abandoned", "member")) == ""
    assert {each.cell.outcome for each in list_moved(comparison)}.isdisjoint(
        {"abandoned", "entrapped", "aid_due", "aid_refused"}
    )
    assert list_rules(pact, [comparison]) == [RULES["coup"], RULES["promise"]]


def test_a_lapsed_promise_is_none(pact: StressMatrix) -> None:
    lapsed = treaty("patron", "friend", ends=quarrel().start)
    other = stressed(quarrel(treaties__old=lapsed))
    assert find_rule(compare_stress(pact, other), Cell(ATTACK, "abandoned", "member")) == ""


@pytest.mark.parametrize(
    ("worlds", "months", "seed", "problem"),
    [
        (10, 12, 7, "the matrices are not of the same number of worlds"),
        (WORLDS, 3, 7, "the matrices are not of the same number of months"),
        (WORLDS, 12, 8, "the seeds are 7 and 8"),
    ],
)
def test_matrices_that_are_not_paired_are_not_compared(
    worlds: int, months: int, seed: int, problem: str, pact: StressMatrix
) -> None:
    scenario = quarrel(seed=seed)
    matrix = simulate_stress(scenario, list_openings(scenario), worlds, months=months)
    with pytest.raises(RequestError, match=problem):
        compare_stress(pact, matrix)


def test_a_cell_that_is_not_there_is_refused_with_what_is(pact: StressMatrix) -> None:
    with pytest.raises(RequestError, match="feud:rivl@war: was not simulated") as caught:
        pact.aid("feud:rivl@war", "patron")
    assert "did you mean 'feud:rival@war'?" in str(caught.value)
    with pytest.raises(RequestError, match=r"patrons: is not an actor .*\n.*mean 'patron'"):
        pact.aid(ATTACK, "patrons")


def test_every_cell_has_words(pact: StressMatrix) -> None:
    texts = {
        cell: describe_cell(cell, pact.opening(cell.opening), pact.scenario)
        for cell in pact.cells()
        if cell.opening == ATTACK
    }
    assert texts[Cell(ATTACK, "aid", "patron", "attacker", "war")].endswith(": open war")
    assert texts[Cell(ATTACK, "ending", level="at_war")] == "still at war"
    assert all(texts.values())


def test_a_crisis_has_a_short_name() -> None:
    opening = CrisisOpening("feud", "rival", "member")
    assert abbreviate_crisis(opening) == "rival > member"
    coup = CrisisOpening("feud", "rival", "member", CrisisKind.COUP)
    assert abbreviate_crisis(coup) == "rival > member (coup)"


def test_the_findings_name_the_most_and_the_least(pact: StressMatrix) -> None:
    first, *others = summarise_matrix(pact)
    assert first.startswith("A third party enters the war in ")
    assert first.endswith(", least often.")
    assert any(text.startswith("Most often refused aid that was promised") for text in others)
    assert any(text.startswith("War breaks out in ") for text in others)


def test_the_findings_of_one_crisis_compare_it_with_none() -> None:
    (first, *_) = summarise_matrix(stressed(quarrel()))
    assert "least often" not in first
    text = " ".join(summarise_matrix(stressed(quarrel(mechanisms={"mutual_defence": False}))))
    assert "Nobody is refused aid that was promised to it." in text
    assert "Nobody is entrapped by its promise." in text


def test_the_findings_of_a_comparison_say_what_differs_and_what_does_not(
    pact: StressMatrix, no_pact: StressMatrix
) -> None:
    sentences = summarise_comparison(compare_stress(pact, no_pact))
    assert sentences[0].startswith("The quarrel against The quarrel: help differs in ")
    assert sentences[1].startswith("Help for the attacked changes in ")
    alike = summarise_comparison(compare_stress(pact, pact))
    assert alike[0].endswith("differs in 0 of 4 crises.")
    assert alike[1:] == [
        "Help for attacked states does not change.",
        "Help for attackers does not change.",
        "Third-party intervention does not change.",
        "The share still at war does not change.",
    ]


def test_worlds_that_cannot_be_simulated_are_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ValueError("no such world")

    monkeypatch.setattr(simulating, "simulate_crises", fail)
    with pytest.raises(SimulationError, match="worlds 0 to 399 could not be simulated: ValueError"):
        stressed(quarrel())
