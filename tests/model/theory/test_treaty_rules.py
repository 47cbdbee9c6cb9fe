"""The rules of formation and of leaving give what a scalar restatement gives."""

from __future__ import annotations

from dataclasses import fields, replace
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


def rate_of(two: PairFacts, promise: int, lesser: Any = FALSE) -> tuple[Any, Any]:
    """Return the measured chance a year and the usual affinity, None where it plays no part."""
    rates = formation.rates_of(two, promise)
    assert rates is not None
    rate = np.where(lesser, *(getattr(FORMATION, name) for name in (rates.lesser, rates.alone)))
    return rate, None if rates.usual is None else getattr(FORMATION, rates.usual)


POSSIBLE = [
    (cell, promise)
    for cell in Cell
    for promise in formation.CLASSES
    if formation.rates_of(facts(cell), promise)
]


@pytest.mark.parametrize(("cell", "promise"), POSSIBLE)
def test_a_pact_s_chance_is_that_of_its_cell_shifted_by_affinity_and_a_rival_s_pact(
    cell: Cell, promise: int
) -> None:
    rate, usual = rate_of(facts(cell), promise, SOME)
    nearer = np.zeros(WORLDS) if usual is None else AFFINITY - usual
    terms = formation.formation_terms(FORMATION, rate, nearer, SOME)
    found = formation.formation_chance(FORMATION, rate, terms)
    for w in range(WORLDS):
        mean = getattr(FORMATION, f"mean_{cell}")[w]
        shift = 0.0 if promise == CONSULTATION else AFFINITY[w] - mean
        odds = log(rate[w] / (1 - rate[w])) + FORMATION.affinity[w] * shift
        odds += log(FORMATION.pace[w]) + FORMATION.counter[w] * SOME[w]
        assert found[w] == pytest.approx(monthly(chance(odds)), rel=1e-9)


def test_what_was_never_concluded_has_no_rate() -> None:
    rivals = facts(Cell.RIVALS, major=True)
    assert formation.rates_of(rivals, DEFENCE) is None
    assert formation.rates_of(rivals, CONSULTATION) is not None
    far = {cell for cell in Cell if formation.rates_of(facts(cell), NONAGGRESSION) is None}
    assert far == {Cell.MAJOR, Cell.OTHER}


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
    rate, _ = rate_of(two, CONSULTATION, lesser)
    assert np.array_equal(rate, getattr(FORMATION, name))
    defence, _ = rate_of(two, DEFENCE, lesser)
    assert np.array_equal(defence, FORMATION.defence_near_major)


def test_at_pace_nothing_nothing_is_concluded() -> None:
    rules = quarrel(rules__formation__pace=0.0).rules.formation
    still = SampledGroup(rules, "rules.formation", STREAMS)
    terms = formation.formation_terms(still, still.defence_near, AFFINITY, TRUE)
    assert not formation.formation_chance(still, still.defence_near, terms).any()


@pytest.mark.parametrize(("cell", "promise"), POSSIBLE)
def test_no_chance_of_a_pact_exceeds_its_bound(cell: Cell, promise: int) -> None:
    rate, usual = rate_of(facts(cell, enemy=True), promise, SOME)
    nothing = np.zeros(WORLDS)
    least, nearer, most = (
        nothing if usual is None else end - usual for end in (nothing, AFFINITY, nothing + 1)
    )
    highest = formation.formation_chance_at_most(FORMATION, rate, least, most)
    terms = formation.formation_terms(FORMATION, rate, nearer, SOME)
    assert (formation.formation_chance(FORMATION, rate, terms) <= highest).all()


# -- leaving -------------------------------------------------------------------------------------


def party(polyarchy: float, **more: Any) -> PartyFacts:
    """Return facts about one party, (world,) each."""
    usual = PartyFacts(TRUE, FALSE, FALSE, np.full(WORLDS, polyarchy))
    return replace(usual, **more)


def parties(*each: PartyFacts) -> PartyFacts:
    """Return facts about several parties as tables, (party, world)."""
    names = [field.name for field in fields(PartyFacts)]
    return PartyFacts(**{name: np.array([getattr(one, name) for one in each]) for name in names})


def chances(together: PartyFacts) -> list[Any]:
    """Return the chance that each of the parties leaves, (world,) each."""
    terms = leaving.leaving_terms(LEAVING, PACT, together)
    return [
        leaving.leaving_chance(terms, leaving.own_share(LEAVING, together, own))
        for own in each_own(together)
    ]


def each_own(together: PartyFacts) -> list[Any]:
    """Return for each of the parties which of them it is, (party, world)."""
    return [np.broadcast_to(row[:, None], together.member.shape) for row in np.eye(3, dtype=bool)]


PACT = TreatyFacts(defence=TRUE, major=TRUE, affinity=AFFINITY, fresh=SOME)
PARTIES = parties(party(0.1, supporters=SOME), party(0.3, outside=TRUE), party(0.9, member=FALSE))


def test_a_treaty_is_left_at_the_rate_of_the_equation_and_its_parties_share_it() -> None:
    found = chances(PARTIES)
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
    none = np.prod([1 - each for each in chances(PARTIES)], axis=0)
    assert none == pytest.approx(1 - leaving.leaving_chance(terms, np.ones(WORLDS)))


def test_new_supporters_of_an_autocrat_make_leaving_about_six_times_as_likely() -> None:
    old, new = party(0.1), party(0.1, supporters=TRUE)
    before = leaving.leaving_terms(LEAVING, PACT, parties(old, old))
    after = leaving.leaving_terms(LEAVING, PACT, parties(new, old))
    ones = np.ones(WORLDS)
    times = leaving.leaving_chance(after, ones) / leaving.leaving_chance(before, ones)
    assert 5 < np.mean(times) < 7.5


def test_two_democracies_leave_less_than_once_in_a_thousand_years() -> None:
    usual = replace(PACT, affinity=np.full(WORLDS, 0.75), fresh=FALSE)
    terms = leaving.leaving_terms(LEAVING, usual, parties(party(0.6), party(0.8)))
    assert np.mean(12 * leaving.leaving_chance(terms, np.ones(WORLDS))) < 0.001


def at_most(together: PartyFacts) -> Any:
    return leaving.leaving_chance_at_most(LEAVING, TRUE, TRUE, together)


def test_no_chance_to_leave_exceeds_its_bound() -> None:
    likely = replace(PARTIES, supporters=np.array([TRUE, FALSE, FALSE]))
    for chance_now in chances(PARTIES):
        assert (chance_now <= at_most(likely) * (1 + 1e-12)).all()


def test_the_bound_holds_for_those_that_stay_when_others_have_left() -> None:
    together = parties(party(0.1), party(0.9), party(0.5))
    staying = replace(together, member=np.array([FALSE, TRUE, TRUE]))
    for chance_now in chances(staying):
        assert (chance_now <= at_most(together) * (1 + 1e-12)).all()


def test_democracies_have_the_lower_bound() -> None:
    public, mixed = (parties(party(least), party(0.9)) for least in (0.9, 0.1))
    assert (at_most(public) < at_most(mixed)).all()


def test_supporters_are_new_for_two_years() -> None:
    changed = np.array([-np.inf, 1.0, 5.0])
    assert is_recent(changed, 25, 24).tolist() == [False, False, True]
    assert is_recent(changed, 24, 24).tolist() == [False, True, True]
