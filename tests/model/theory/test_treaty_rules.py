"""The rules of formation and of leaving give what a scalar restatement gives."""

from __future__ import annotations

from dataclasses import replace
from math import exp, log
from typing import Any

import numpy as np
import pytest

from sim.model.randomness.parameters import SampledGroup
from sim.model.randomness.streams import RandomStreams
from sim.model.theory import formation, leaving
from sim.model.theory.formation import CONSULTATION, DEFENCE, NONAGGRESSION, Cell, PairFacts
from sim.model.theory.leaving import PartyFacts, TreatyFacts
from sim.model.theory.supporters import is_recent
from tests.worlds import quarrel

WORLDS = 40
RULES = quarrel().rules
STREAMS = RandomStreams(3, 0, WORLDS)
FORMATION = SampledGroup(RULES.formation, "rules.formation", STREAMS)
LEAVING = SampledGroup(RULES.leaving, "rules.leaving", STREAMS)
AFFINITY = STREAMS.uniform("test", 0, "affinity")
TRUE, FALSE = np.ones(WORLDS, dtype=bool), np.zeros(WORLDS, dtype=bool)
SOME = STREAMS.uniform("test", 0, "some") < 0.5


def chance(odds: float) -> float:
    return 1 / (1 + exp(-odds))


def monthly(yearly: float) -> float:
    return 1 - (1 - yearly) ** (1 / 12)


def facts(cell: Cell, *, major: bool = False, enemy: bool = False) -> PairFacts:
    return PairFacts(cell, major, enemy)


@pytest.mark.parametrize(
    ("near", "major", "rivals", "cell"),
    [
        (True, True, False, Cell.NEAR_MAJOR),
        (True, False, False, Cell.NEAR),
        (False, True, False, Cell.MAJOR),
        (False, False, False, Cell.OTHER),
        (True, True, True, Cell.RIVALS),
    ],
)
def test_two_are_in_one_cell(near: bool, major: bool, rivals: bool, cell: Cell) -> None:
    assert formation.cell_of(near=near, major=major, rivals=rivals) is cell


@pytest.mark.parametrize("cell", list(Cell))
@pytest.mark.parametrize("promise", formation.CLASSES)
def test_a_pact_s_chance_is_that_of_its_cell_shifted_by_affinity_and_a_rival_s_pact(
    cell: Cell, promise: int
) -> None:
    two = facts(cell)
    rate = formation.yearly_rate(FORMATION, two, promise, SOME)
    if rate is None:
        assert promise == NONAGGRESSION
        assert cell in {Cell.MAJOR, Cell.OTHER}
        return
    terms = formation.formation_terms(FORMATION, two, promise, rate, AFFINITY, SOME)
    found = formation.formation_chance(FORMATION, rate, terms)
    for w in range(WORLDS):
        usual = getattr(FORMATION, f"mean_{cell}")[w]
        nearer = 0.0 if promise == CONSULTATION else AFFINITY[w] - usual
        odds = log(rate[w] / (1 - rate[w])) + FORMATION.affinity[w] * nearer
        odds += log(FORMATION.pace[w]) + FORMATION.counter[w] * SOME[w]
        assert found[w] == pytest.approx(monthly(chance(odds)), rel=1e-9)


def test_rivals_with_a_major_power_conclude_no_defence_pact() -> None:
    two = facts(Cell.RIVALS, major=True)
    assert formation.yearly_rate(FORMATION, two, DEFENCE, FALSE) is None
    assert formation.formation_chance_at_most(FORMATION, two, DEFENCE, SOME) is None
    assert formation.yearly_rate(FORMATION, two, CONSULTATION, FALSE) is not None


@pytest.mark.parametrize(
    ("enemy", "lesser", "name"),
    [
        (False, FALSE, "consultation"),
        (False, TRUE, "consultation_lesser_pact"),
        (True, FALSE, "consultation_common_enemy"),
        (True, TRUE, "consultation_both"),
    ],
)
def test_a_common_enemy_and_a_lesser_pact_matter_for_consultation_alone(
    enemy: bool, lesser: Any, name: str
) -> None:
    two = facts(Cell.NEAR_MAJOR, major=True, enemy=enemy)
    rate = formation.yearly_rate(FORMATION, two, CONSULTATION, lesser)
    assert rate is not None
    assert np.array_equal(rate, getattr(FORMATION, name))
    defence = formation.yearly_rate(FORMATION, two, DEFENCE, lesser)
    assert defence is FORMATION.defence_near_major


def test_at_pace_nothing_nothing_is_concluded() -> None:
    rules = quarrel(rules__formation__pace=0.0).rules.formation
    still = SampledGroup(rules, "rules.formation", STREAMS)
    rate = still.defence_near
    terms = formation.formation_terms(still, facts(Cell.NEAR), DEFENCE, rate, AFFINITY, TRUE)
    assert not formation.formation_chance(still, rate, terms).any()


@pytest.mark.parametrize("cell", list(Cell))
def test_no_chance_of_a_pact_exceeds_its_bound(cell: Cell) -> None:
    two = facts(cell, enemy=True)
    for promise in formation.CLASSES:
        most = formation.formation_chance_at_most(FORMATION, two, promise, SOME)
        rate = formation.yearly_rate(FORMATION, two, promise, SOME)
        if most is not None and rate is not None:
            terms = formation.formation_terms(FORMATION, two, promise, rate, AFFINITY, SOME)
            assert (formation.formation_chance(FORMATION, rate, terms) <= most).all()


# -- leaving -------------------------------------------------------------------------------------


def party(polyarchy: float, **more: Any) -> PartyFacts:
    usual = PartyFacts(TRUE, FALSE, FALSE, np.full(WORLDS, polyarchy))
    return replace(usual, **more)


PACT = TreatyFacts(defence=True, major=True, affinity=AFFINITY, fresh=SOME)
PARTIES = [party(0.1, supporters=SOME), party(0.3, outside=TRUE), party(0.9, member=FALSE)]


def test_a_treaty_is_left_at_the_rate_of_the_equation_and_its_parties_share_it() -> None:
    terms = leaving.leaving_terms(LEAVING, PACT, PARTIES)
    shares = leaving.shares(LEAVING, PARTIES)
    found = [leaving.leaving_chance(terms, share) for share in shares]
    for w in range(WORLDS):
        r = {name: getattr(LEAVING, name)[w] for name in type(RULES.leaving).model_fields}
        odds = r["leave"] + r["defence"] - r["major"] + r["outside"] - 0.1 * r["audience"]
        odds += r["supporters"] * SOME[w] + r["fresh"] * SOME[w]
        odds -= r["affinity"] * (AFFINITY[w] - r["mean_affinity"])
        first = exp(r["supporters"] * SOME[w] - 0.1 * r["audience"])
        other = exp(r["outside"] - 0.3 * r["audience"])
        for row, weight in enumerate((first, other, 0.0)):
            expected = 1 - (1 - chance(odds)) ** (weight / (first + other) / 12)
            assert found[row][w] == pytest.approx(expected, rel=1e-9)


def test_together_the_parties_leave_as_often_as_the_treaty_is_left() -> None:
    terms = leaving.leaving_terms(LEAVING, PACT, PARTIES)
    found = [leaving.leaving_chance(terms, s) for s in leaving.shares(LEAVING, PARTIES)]
    none = np.prod([1 - each for each in found], axis=0)
    assert none == pytest.approx(1 - leaving.leaving_chance(terms, np.ones(WORLDS)))


def test_new_supporters_of_an_autocrat_make_leaving_about_six_times_as_likely() -> None:
    before = leaving.leaving_terms(LEAVING, PACT, [party(0.1), party(0.1)])
    after = leaving.leaving_terms(LEAVING, PACT, [party(0.1, supporters=TRUE), party(0.1)])
    ones = np.ones(WORLDS)
    times = leaving.leaving_chance(after, ones) / leaving.leaving_chance(before, ones)
    assert 5 < np.mean(times) < 7.5


def test_two_democracies_leave_less_than_once_in_a_thousand_years() -> None:
    usual = replace(PACT, affinity=np.full(WORLDS, 0.75), fresh=FALSE)
    terms = leaving.leaving_terms(LEAVING, usual, [party(0.6), party(0.8)])
    assert np.mean(12 * leaving.leaving_chance(terms, np.ones(WORLDS))) < 0.001


@pytest.mark.parametrize("new_supporters", [True, False])
def test_no_chance_to_leave_exceeds_its_bound(new_supporters: bool) -> None:
    parties = PARTIES if new_supporters else PARTIES[1:]
    most = leaving.leaving_chances_at_most(LEAVING, PACT, parties, new_supporters=new_supporters)
    terms = leaving.leaving_terms(LEAVING, PACT, parties)
    for share, bound in zip(leaving.shares(LEAVING, parties), most, strict=True):
        assert (leaving.leaving_chance(terms, share) <= bound * (1 + 1e-12)).all()


def test_the_bound_of_a_party_that_others_outweigh_is_the_lower() -> None:
    two = [party(0.1), party(0.9)]
    first, second = leaving.leaving_chances_at_most(LEAVING, PACT, two, new_supporters=False)
    assert (first > second).all()


def test_supporters_are_new_for_two_years() -> None:
    changed = np.array([-np.inf, 1.0, 5.0])
    assert is_recent(changed, 25, 24).tolist() == [False, False, True]
    assert is_recent(changed, 24, 24).tolist() == [False, True, True]
