"""The shipped casebook is as its page says: coded by one rule, without coefficients of its own."""

from __future__ import annotations

import csv
import re
from functools import cache

import numpy as np
import pytest

from sim.experiment.headlines import select_headline_measures
from sim.model.simulate import simulate
from sim.scenario.files.layers import read_layer
from sim.scenario.load import load_scenario
from sim.scenario.schema.quantity import SignedShare
from sim.validation.studies.casebook.cases import WarCase, read_cases
from sim.validation.studies.casebook.features import COMMITMENTS, commitment_of
from tests.worlds import SCENARIOS, real

FOLDER = SCENARIOS / "history"
FACTS = ("neighbour", "adversary", "kin", "bound", "quarrel")


@cache
def cases() -> dict[str, WarCase]:
    return {case.name: case for case in read_cases(FOLDER)}


NAMES = sorted(cases())


# -- what is in it ----------------------------------------------------------------------------


def test_it_holds_enough_answers_of_every_kind() -> None:
    answers = [answer for case in cases().values() for answer in case.answers]
    assert len(answers) >= 60
    assert len({answer.crisis for answer in answers}) >= 25
    assert {answer.answer for answer in answers} == {0, 1, 2, 3}
    assert sum(answer.answer == 0 for answer in answers) > len(answers) / 2
    bound = {commitment_of(case, answer) for case in cases().values() for answer in case.answers}
    assert bound == {*COMMITMENTS}


def test_the_mark_f_means_the_data_of_wars() -> None:
    answers = [answer for case in cases().values() for answer in case.answers]
    assert all((answer.mark == "F") == (answer.source == "cow-war-4") for answer in answers)


@pytest.mark.parametrize("name", NAMES)
def test_a_case_begins_in_the_year_of_its_name(name: str) -> None:
    case = cases()[name]
    assert name.startswith(f"{case.scenario.start.year}_")
    assert str(case.scenario.start.year) in case.scenario.title
    assert all(0 <= answer.year - case.scenario.start.year <= 1 for answer in case.answers)


@pytest.mark.parametrize("name", NAMES)
def test_the_headline_table_has_every_ally(name: str) -> None:
    shown = [
        measure.name for measure in select_headline_measures(load_scenario(FOLDER / f"{name}.toml"))
    ]
    assert shown == [f"entered_{answer.ally}" for answer in cases()[name].answers]


# -- nothing is tuned to it -------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_its_coefficients_are_those_of_the_pact(name: str) -> None:
    assert cases()[name].scenario.rules == real("pact").rules
    assert cases()[name].scenario.mechanisms == real("pact").mechanisms


@pytest.mark.parametrize("name", NAMES)
def test_a_file_sets_no_rules(name: str) -> None:
    assert "rules" not in read_layer(FOLDER / f"{name}.toml").tree


def test_the_common_part_sets_no_rules() -> None:
    assert {"rules", "mechanisms"}.isdisjoint(read_layer(FOLDER / "parts" / "common.toml").tree)


@pytest.mark.parametrize("name", NAMES)
def test_the_quarrel_weighs_the_same_in_every_case(name: str) -> None:
    war, first = cases()[name].rivalry, cases()[NAMES[0]].rivalry
    assert {*war.stake.values(), *war.onset.values()} == {
        *first.stake.values(),
        *first.onset.values(),
    }
    assert war.reciprocation == first.reciprocation


# -- worth follows from facts -----------------------------------------------------------------


@cache
def weights() -> dict[str, float]:
    """Return what each fact adds, as the page says."""
    page = (FOLDER / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\w+) \|.*\| (-?\.\d+) \|$", page, re.MULTILINE)
    return {name: float(adds) for name, adds in rows if name in FACTS}


@cache
def facts() -> dict[tuple[str, str, str], dict[str, bool]]:
    with (FOLDER / "facts.csv").open(encoding="utf-8", newline="") as file:
        return {
            (row["case"], row["ally"], row["towards"]): {name: row[name] == "1" for name in FACTS}
            for row in csv.DictReader(file)
        }


def worth(case: WarCase, who: str, towards: str) -> SignedShare | None:
    tie = case.scenario.ties.get(who, {}).get(towards)
    return tie.worth if tie else None


def test_the_page_has_a_weight_for_every_fact() -> None:
    assert {*weights()} == {*FACTS}


@pytest.mark.parametrize("name", NAMES)
def test_every_worth_is_the_sum_of_its_facts(name: str) -> None:
    case = cases()[name]
    for answer in case.answers:
        for towards in case.rivalry.between:
            true = facts().get((name, answer.ally, towards), {})
            number, due = (
                worth(case, answer.ally, towards),
                sum(weights()[f] for f in true if true[f]),
            )
            assert (number.value if number else 0) == pytest.approx(due)
            if number:
                assert number.low == pytest.approx(max(due - 0.25, -1))
                assert number.high == pytest.approx(min(due + 0.25, 1))


def test_no_fact_is_about_anybody_else() -> None:
    for name, who, towards in facts():
        assert who in {answer.ally for answer in cases()[name].answers}
        assert towards in cases()[name].rivalry.between


@pytest.mark.parametrize("name", NAMES)
def test_a_land_border_makes_neighbours(name: str) -> None:
    case = cases()[name]
    for answer in case.answers:
        for towards in case.rivalry.between:
            actors = case.scenario.actors
            pair = answer.ally in actors[towards].borders or towards in actors[answer.ally].borders
            assert not pair or facts()[name, answer.ally, towards]["neighbour"]


@pytest.mark.parametrize("name", NAMES)
def test_an_adversary_of_one_principal_has_a_quarrel_with_it(name: str) -> None:
    case = cases()[name]
    for answer in case.answers:
        for towards in case.rivalry.between:
            own = facts().get((name, answer.ally, towards), {})
            opposed = facts().get((name, answer.ally, case.opponent_of(towards)), {})
            assert own.get("adversary", False) == opposed.get("quarrel", False)


@pytest.mark.parametrize("name", NAMES)
def test_everybody_stands_between_the_principals_by_worth(name: str) -> None:
    case = cases()[name]
    attacker, attacked = case.attacker, case.opponent_of(case.attacker)
    points = {code: actor.ideal_point.value for code, actor in case.scenario.actors.items()}
    assert (points.pop(attacker), points.pop(attacked)) == (1, -1)
    for code, point in points.items():
        near, far = (worth(case, code, towards) for towards in (attacker, attacked))
        due = (near.value if near else 0) - (far.value if far else 0)
        assert point == pytest.approx(np.clip(due, -1, 1))


def test_the_weights_give_what_the_world_of_2024_has() -> None:
    page = (FOLDER / "README.md").read_text(encoding="utf-8")
    rows = re.findall(
        r"^\| ([^|]+), ([^|]+) \| ([a-z, ]+) \| (\S+) \| (\S+) \|$", page, re.MULTILINE
    )
    pact = real("pact")
    codes = {actor.name: code for code, actor in pact.actors.items()}
    assert len(rows) >= 9
    for who, towards, true, by_rule, given in rows:
        number = pact.ties[codes[who]][codes[towards]].worth
        assert number
        assert float(by_rule) == pytest.approx(sum(weights()[fact] for fact in true.split(", ")))
        assert float(given) == number.value
        assert abs(float(by_rule) - float(given)) <= 0.2


# -- what a case is ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_treaties_are_older_than_the_war(name: str) -> None:
    scenario = cases()[name].scenario
    assert all(treaty.signed < scenario.start for treaty in scenario.treaties.values())


@pytest.mark.parametrize("name", NAMES)
def test_every_treaty_between_an_ally_and_its_partner_bears_on_the_war(name: str) -> None:
    case = cases()[name]
    for answer in case.answers:
        if not answer.treaty:
            assert commitment_of(case, answer) == COMMITMENTS[-1]


@pytest.mark.parametrize("name", NAMES)
def test_the_war_breaks_out_in_the_first_month_in_every_world(name: str) -> None:
    case = cases()[name]
    events = simulate(case.scenario, 0, 5).events
    wars = (events["event"] == "war") & (events["month"] == 1)
    assert [*events["world"][wars]] == [0, 1, 2, 3, 4]
    assert {*events["actor"][wars]} == {case.attacker}


def test_every_diagnosis_is_of_a_case() -> None:
    with (FOLDER / "diagnoses.csv").open(encoding="utf-8", newline="") as file:
        rows = [*csv.DictReader(file)]
    assert {row["case"] for row in rows} <= {*NAMES}
    assert all(row["diagnosis"].endswith(".") for row in rows)
