"""The shipped casebook is as its page says: coded by one rule, without coefficients of its own."""

from __future__ import annotations

import csv
import re
from collections import Counter
from functools import cache

import numpy as np
import pytest

from sim.experiment.headlines import select_headline_measures
from sim.model.decisions.calls import Call
from sim.model.decisions.record import class_anchor
from sim.model.opening import opening_state
from sim.model.randomness.streams import RandomStreams
from sim.model.simulate import simulate
from sim.scenario.files.layers import read_layer
from sim.scenario.load import load_scenario
from sim.scenario.schema.quantity import SignedShare
from sim.validation.studies.casebook.cases import WarCase, read_cases
from sim.validation.studies.casebook.features import (
    ANSWER_CLASSES,
    COMMITMENTS,
    answer_class,
    are_contiguous,
    commitment_of,
    pair_facts,
)
from sim.validation.studies.casebook.recorded import read_war_numbers, record_casebook
from tests.worlds import SCENARIOS, real

FOLDER = SCENARIOS / "history"
FACTS = ("kin", "bound", "quarrel")
PAST = ("neighbour", "disputes", "joint_disputes", *FACTS)


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


def test_the_page_counts_the_marks() -> None:
    marks = Counter(answer.mark for case in cases().values() for answer in case.answers)
    page = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert f"There are {marks['F']} F, {marks['C']} C and {marks['K']} K." in page


def test_open_war_is_confirmed_only_where_the_data_of_wars_list_the_war() -> None:
    wars = read_war_numbers(FOLDER, [*cases().values()])
    confirmed = {
        answer.case for case in cases().values() for answer in case.answers if answer.mark == "C"
    }
    assert all(wars[name] for name in confirmed)


def test_the_five_that_differ_from_the_data_stay_recalled() -> None:
    differ = {
        ("1940_greece", "yugoslavia"): 0,
        ("1967_sinai", "iraq"): 3,
        ("1973_october", "morocco"): 3,
        ("2001_article5", "germany"): 3,
        ("2001_article5", "italy"): 3,
    }
    for (name, ally), level in differ.items():
        (answer,) = (answer for answer in cases()[name].answers if answer.ally == ally)
        assert (answer.answer, answer.mark) == (level, "K")
        assert "COW" in answer.note


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
    rules = cases()[name].scenario.rules
    answers = {code: era for code, era in rules.answers.items() if code != "to_1945"}
    assert rules.model_copy(update={"answers": answers}) == real("pact").rules
    assert cases()[name].scenario.mechanisms == real("pact").mechanisms


@pytest.mark.parametrize("name", NAMES)
def test_a_file_sets_no_rules(name: str) -> None:
    assert "rules" not in read_layer(FOLDER / f"{name}.toml").tree


def test_the_common_part_sets_no_rules_but_the_record_to_1945() -> None:
    tree = read_layer(FOLDER / "parts" / "common.toml").tree
    assert "mechanisms" not in tree
    assert {*tree["rules"]} == {"answers"}
    assert {*tree["rules"]["answers"]} == {"to_1945"}


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
def facts() -> dict[tuple[str, str, str], dict[str, int]]:
    with (FOLDER / "facts.csv").open(encoding="utf-8", newline="") as file:
        return {
            (row["case"], row["ally"], row["towards"]): {name: int(row[name]) for name in PAST}
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
                sum(weights()[fact] for fact in FACTS if true.get(fact)),
            )
            assert (number.value if number else 0) == pytest.approx(due)
            if number:
                assert number.low == pytest.approx(max(due - 0.25, -1))
                assert number.high == pytest.approx(min(due + 0.25, 1))


def test_no_fact_is_about_anybody_else() -> None:
    for name, who, towards in facts():
        assert who in {answer.ally for answer in cases()[name].answers}
        assert towards in cases()[name].rivalry.between


@cache
def listed_worth() -> dict[tuple[str, str, str], float]:
    with (FOLDER / "facts.csv").open(encoding="utf-8", newline="") as file:
        return {
            (row["case"], row["ally"], row["towards"]): float(row["worth"])
            for row in csv.DictReader(file)
        }


def test_the_table_of_facts_has_the_worth_of_the_files() -> None:
    for (name, who, towards), listed in listed_worth().items():
        number = worth(cases()[name], who, towards)
        assert listed == (number.value if number else 0)


# -- the past of the pairs ------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_the_files_have_the_past_of_the_table(name: str) -> None:
    case = cases()[name]
    for answer in case.answers:
        for towards in case.rivalry.between:
            listed = facts().get((name, answer.ally, towards), dict.fromkeys(PAST, 0))
            pair = pair_facts(case.scenario, answer.ally, towards)
            assert are_contiguous(case.scenario, answer.ally, towards) == bool(listed["neighbour"])
            assert bool(pair and pair.rivals) == bool(listed["quarrel"])
            assert (pair.disputes if pair else 0) == listed["disputes"]
            assert (pair.joint_disputes if pair else 0) == listed["joint_disputes"]


@pytest.mark.parametrize("name", NAMES)
def test_neighbours_by_land_need_no_water(name: str) -> None:
    actors = cases()[name].scenario.actors
    for pair in cases()[name].scenario.pairs.values():
        one, other = pair.between
        land = other in actors[one].borders or one in actors[other].borders
        assert not (land and pair.sea_neighbours)


@pytest.mark.parametrize("name", NAMES)
def test_a_pair_is_of_an_ally_and_a_principal(name: str) -> None:
    case = cases()[name]
    for pair in case.scenario.pairs.values():
        assert len({*pair.between} & {*case.rivalry.between}) == 1


@pytest.mark.parametrize("name", NAMES)
def test_own_quarrels_and_joint_disputes_follow_from_the_table(name: str) -> None:
    case = cases()[name]
    known = record_casebook([case], {name: 1})
    for answer, row in zip(case.answers, known.record.rows, strict=True):
        none = dict.fromkeys(PAST, 0)
        foe = facts().get((name, answer.ally, case.opponent_of(answer.partner)), none)
        friend = facts().get((name, answer.ally, answer.partner), none)
        assert row.own_quarrels == foe["neighbour"] + foe["quarrel"] + (foe["disputes"] > 0)
        assert row.joint_disputes == (friend["joint_disputes"] > 0)


def test_the_past_of_all_answers_adds_up() -> None:
    known = record_casebook([*cases().values()], dict.fromkeys(cases(), 1))
    quarrels = Counter(row.own_quarrels for row in known.record.rows)
    assert sum(quarrels.values()) == 269
    assert [quarrels[count] for count in range(4)] == [128, 48, 43, 50]
    assert sum(row.joint_disputes for row in known.record.rows) == 81


@pytest.mark.parametrize("name", NAMES)
def test_the_model_starts_from_the_same_class_and_the_same_past(name: str) -> None:
    case = cases()[name]
    state = opening_state(case.scenario, RandomStreams(1, 0, 50))
    state.binding.update(dict.fromkeys(state.treaties, np.ones(50)))
    index = {code: place for place, code in enumerate(case.scenario.actors)}
    rows = record_casebook([case], {name: 1}).record.rows
    for answer, row in zip(case.answers, rows, strict=True):
        foe = case.opponent_of(answer.partner)
        ally, partner, opponent = (index[who] for who in (answer.ally, answer.partner, foe))
        began = np.full(50, case.attacker == answer.partner)
        call = Call(
            ally=ally,
            partner=partner,
            opponent=opponent,
            rivalry=next(iter(case.scenario.rivalries)),
            began=began,
            home_soil=np.zeros(50, dtype=bool),
            nuclear=state.nuclear[opponent],
        )
        expected = state.anchors.recorded[answer_class(case, answer)]
        found = class_anchor(state, call)
        same = np.isclose(found.open_war, expected.open_war)
        assert same.mean() > 0.3
        assert (same | (found.at_zero > expected.at_zero)).all(), "another pact may promise more"
        assert (state.own_quarrels[ally, opponent] == row.own_quarrels).all()
        assert (state.joint_disputes[ally, partner] == row.joint_disputes).all()
        assert (state.nuclear[opponent] == row.nuclear_opponent).all()


def test_every_class_of_the_record_occurs() -> None:
    known = (answer_class(case, answer) for case in cases().values() for answer in case.answers)
    assert {*known} == {*ANSWER_CLASSES}


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


def test_the_weights_are_set_beside_the_world_of_2024() -> None:
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
        due = sum(weights()[fact] for fact in true.split(", ") if fact != "none")
        assert float(by_rule) == pytest.approx(due)
        assert float(given) == number.value
        assert abs(due - number.value) <= 0.2 + 1e-9, "the page says that all lie within .2"
    assert "All lie within .2." in page


# -- what a case is ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_treaties_are_older_than_the_war(name: str) -> None:
    scenario = cases()[name].scenario
    assert all(
        treaty.signed and treaty.signed < scenario.start for treaty in scenario.treaties.values()
    )


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
