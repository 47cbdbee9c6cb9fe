"""A crisis is named by its rivalry, its attacker and its kind; what is not possible is refused."""

from __future__ import annotations

import pytest

from sim.analysis.stress.openings import CrisisKind, CrisisOpening, list_openings, parse_opening
from sim.analysis.stress.simulate import simulate_stress
from sim.errors import RequestError
from sim.scenario.schema.rivalries import Rung, ShockKind
from tests.worlds import quarrel, rivalry, tangle


def message(text: str) -> str:
    """Return the message to a user who asks for a crisis of the tangle that is not possible."""
    with pytest.raises(RequestError) as caught:
        parse_opening(text, tangle())
    return str(caught.value)


def test_by_default_each_side_of_each_rivalry_attacks_outright() -> None:
    assert list(map(str, list_openings(quarrel()))) == ["feud:rival@war", "feud:member@war"]


def test_where_a_war_is_under_way_its_defender_attacks_home_soil_or_nothing_happens() -> None:
    assert list(map(str, list_openings(tangle()))) == [
        "feud:rival@war",
        "feud:member@war",
        "grudge:backer@war",
        "grudge:friend@war",
        "siege:outsider@home_soil",
        "siege:outsider@none",
        "spite:rival@war",
        "spite:outsider@war",
    ]


@pytest.mark.parametrize("kind", CrisisKind)
def test_an_opening_is_read_as_it_is_written(kind: CrisisKind) -> None:
    place = ("siege", "outsider", "backer") if kind is CrisisKind.HOME_SOIL else ("feud", "member")
    opening = parse_opening(f"{place[0]}:{place[1]}@{kind}", tangle())
    assert (opening.rivalry, opening.attacker, opening.kind) == (*place[:2], kind)
    assert opening.attacked == ("backer" if kind is CrisisKind.HOME_SOIL else "rival")
    assert parse_opening(str(opening), tangle()) == opening


def test_without_a_kind_it_is_war_or_where_there_is_one_an_attack_on_home_soil() -> None:
    assert parse_opening("feud:rival", tangle()).kind is CrisisKind.WAR
    assert parse_opening("siege:outsider", tangle()).kind is CrisisKind.HOME_SOIL


FEUD = "feud:rival@war, feud:member@war"
SIEGE = "siege:outsider@home_soil"
ALL = f"{FEUD}, grudge:backer@war, grudge:friend@war, {SIEGE}, spite:rival@war, spite:outsider@war"
FORM = "should be of the form rivalry:attacker@kind, such as korea:dprk@force"
KINDS = "war, force, coup, home_soil, none"
NO_WAR = "there is no war under way on feud that could reach home soil"


@pytest.mark.parametrize(
    ("text", "problem", "allowed"),
    [
        ("feud", FORM, ALL),
        ("feud:", FORM, ALL),
        (
            "fued:rival",
            "'fued' is not a rivalry of this scenario",
            "feud, grudge, siege, spite; did you mean 'feud'?",
        ),
        (
            "feud:rivel@war",
            "'rivel' is not one of the rivals of feud",
            "rival, member; did you mean 'rival'?",
        ),
        ("feud:patron", "'patron' is not one of the rivals of feud", "rival, member"),
        (
            "feud:rival@farce",
            "'farce' is not a kind of opening",
            f"{KINDS}; did you mean 'force'?",
        ),
        ("feud:rival@", "'' is not a kind of opening", KINDS),
        ("feud:rival@home_soil", NO_WAR, "feud:rival@war, feud:rival@force, feud:rival@coup"),
        ("siege:backer@war", "the two are at war already, since 2022-02-24", SIEGE),
        (
            "siege:backer@home_soil",
            "backer began the war, which is already fought on outsider",
            SIEGE,
        ),
    ],
)
def test_what_is_not_possible_is_refused_with_what_is(
    text: str, problem: str, allowed: str
) -> None:
    assert message(text) == f"--crisis {text}: {problem}\n    allowed: {allowed}"


def test_an_opening_of_another_scenario_is_refused_before_anything_is_simulated() -> None:
    with pytest.raises(RequestError, match="'grudge' is not a rivalry of this scenario"):
        simulate_stress(quarrel(), list_openings(tangle()), 10)


def test_a_scenario_without_rivalries_has_no_crisis_to_open() -> None:
    with pytest.raises(RequestError, match="there is no crisis to open"):
        simulate_stress(quarrel(rivalries={}), [], 10)


@pytest.mark.parametrize(("worlds", "months"), [(0, 12), (10, 0)])
def test_no_worlds_and_no_months_are_refused(worlds: int, months: int) -> None:
    with pytest.raises(RequestError, match="at least one of each is needed"):
        simulate_stress(quarrel(), list_openings(quarrel()), worlds, months=months)


def test_the_shock_is_what_a_scenario_would_write() -> None:
    scenario = tangle()
    strike = parse_opening("siege:outsider", scenario).shock(scenario)
    assert strike
    assert (strike.kind, strike.actor) == (ShockKind.HOME_SOIL_ATTACK, "backer")
    coup = CrisisOpening("feud", "rival", "member", CrisisKind.COUP).shock(scenario)
    assert coup
    assert (coup.rung, coup.actor, coup.fait_accompli) == (Rung.WAR, "rival", True)
    assert CrisisOpening("feud", "rival", "member", CrisisKind.NONE).shock(scenario) is None


def test_two_rivals_of_one_rivalry_are_all_it_knows() -> None:
    scenario = quarrel(rivalries__grudge=rivalry("backer", "friend"))
    assert len(list_openings(scenario)) == 4
