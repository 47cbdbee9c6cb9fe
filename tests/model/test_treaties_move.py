"""Treaties are concluded and left at the rates given, and only where they can be."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest

from sim.model.arrays import rows_in_any_world
from sim.model.decision_log import DecisionLog
from sim.model.decisions.possible_pacts import deepest_pact, opposed
from sim.model.decisions.treaty_moves import TreatyMoves
from sim.model.model import AllianceModel
from sim.model.phases.acts import accede
from sim.model.places import EVERYWHERE, CasePlaces
from sim.model.recording.history import History
from sim.model.simulate import simulate
from sim.model.theory.formation import Cell, PairFacts
from sim.scenario.schema.scenario import Scenario
from tests.model.compare_histories import counted, joined, same, same_history
from tests.worlds import MOVING, actor, changed, quarrel, real, shock, tangle, treaty

QUIET = {"rivalries__feud__onset__rival": 0.0, "rivalries__feud__onset__member": 0.0}
WORLDS = np.arange(20)
EAGER = {**MOVING, "rules__formation__pace": 10.0, "rules__formation__defence_other": 0.02}
RESTLESS = {**MOVING, "rules__leaving__leave": -1.0, "rules__supporters__change": 0.5}


def calm(**changes: Any) -> Scenario:
    """Return the quarrel without disputes, so that treaties alone move."""
    return quarrel(**QUIET | changes)


def signed(history: History, kind: str) -> Any:
    """Return how many pacts of a kind were signed, (world,)."""
    subjects = {s for s in history.events["subject"] if str(s).startswith(f"new_{kind}_")}
    none = np.zeros(len(history.worlds["world"]))
    return sum((counted(history, "signed", subject=str(s)) for s in sorted(subjects)), none)


# -- rates ---------------------------------------------------------------------------------------


def test_a_planted_rate_comes_back() -> None:
    flat = {
        **MOVING,
        "rules__formation__affinity": 0.0,
        "rules__formation__counter": 0.0,
        **{f"rules__formation__{kind}_other": 0.05 for kind in ("defence", "consultation")},
        **{f"rules__formation__defence_{cell}": 0.05 for cell in ("near", "major", "near_major")},
        "rules__formation__defence_rivals": 0.05,
    }
    history = simulate(calm(months=12, **flat), 0, 600)
    expected = 0.05 * (10 - 3) * 600  # of ten pairs three are bound by a defence pact
    assert abs(signed(history, "defence").sum() - expected) < 3 * np.sqrt(expected)


def test_a_faster_pace_brings_more_pacts_and_pace_nothing_none() -> None:
    slow, fast = (
        simulate(calm(months=12, **EAGER | {"rules__formation__pace": pace}), 0, 300)
        for pace in (1.0, 10.0)
    )
    still = simulate(calm(months=12, **EAGER | {"rules__formation__pace": 0.0}), 0, 300)
    assert signed(fast, "defence").sum() > 3 * signed(slow, "defence").sum() > 0
    assert not counted(still, "signed").any()


def test_nearer_in_votes_more_pacts() -> None:
    near = {f"actors__{code}__ideal_point": 0.0 for code in ("rival", "member", "backer")}
    apart, close = (simulate(calm(months=12, **EAGER, **votes), 0, 300) for votes in ({}, near))
    assert signed(close, "defence").sum() > 1.2 * signed(apart, "defence").sum()


def test_two_that_a_pact_binds_conclude_no_second_one_of_its_class() -> None:
    history = simulate(calm(months=24, **EAGER), 0, 300)
    for code in ("new_defence_member_patron", "new_defence_patron_friend"):
        assert not counted(history, "signed", subject=code).any()
    assert (counted(history, "signed", subject="new_defence_rival_patron") <= 1).all()


def test_enemies_in_a_war_conclude_nothing() -> None:
    attack = {"shocks__attack": shock("dispute", 1, "rival"), "rules__war__settles": 0.0}
    history = simulate(quarrel(months=8, **attack, **EAGER), 0, 100)
    model = AllianceModel(quarrel(months=8, **attack, **EAGER), 0, 20)
    for _ in range(3):
        model.step()
    state = model.context.state
    fights = state.rivalries["feud"].war.on
    assert fights.any()
    assert (opposed(state, 0, 1) >= fights).all()
    model.close()
    assert not counted(history, "signed", subject="new_defence_rival_member").any()


def test_a_deeper_pact_replaces_a_lesser_one_of_the_two() -> None:
    talks = treaty("rival", "patron", obligations=["consultation"])
    common = {**EAGER, "rules__formation__defence_major": 0.05}
    scenario = calm(months=12, treaties__talks=talks, **common)
    history = simulate(scenario, 0, 200)
    pact = counted(history, "signed", subject="new_defence_rival_patron")
    replaced = counted(history, "replaced", subject="talks")
    assert pact.sum() > 3
    assert np.array_equal(pact > 0, replaced > 0)


# -- the same in any block -----------------------------------------------------------------------


@pytest.mark.parametrize("size", [1, 5])
def test_worlds_with_moving_treaties_are_the_same_in_blocks_of_any_size(size: int) -> None:
    scenario, worlds = tangle(months=6, **EAGER | RESTLESS), 8
    parts = [
        simulate(scenario, first, min(size, worlds - first)) for first in range(0, worlds, size)
    ]
    whole = simulate(scenario, 0, worlds)
    assert counted(whole, "signed").any()
    assert counted(whole, "notice").any()
    assert same_history(joined(parts), whole)


def test_with_the_reasons_logged_every_treaty_is_concluded_and_left_as_without() -> None:
    scenario = tangle(months=8, **EAGER | RESTLESS)
    model = AllianceModel(scenario, 0, 12)
    model.context.state.log = DecisionLog()
    for _ in range(8):
        model.step()
    logged = model.history()
    model.close()
    plain = simulate(scenario, 0, 12)
    assert same(logged.worlds, plain.worlds)
    assert counted(plain, "signed").any()


def test_switched_off_nothing_is_concluded_left_or_changed() -> None:
    off = {"mechanisms__treaties_move": False, "mechanisms__governments_change": False}
    history = simulate(tangle(months=8, **EAGER | RESTLESS | off), 0, 50)
    assert not {"signed", "notice", "left", "new_supporters"} & {*history.events["event"]}


def test_what_binds_is_in_every_month_as_if_it_were_determined_anew() -> None:
    model = AllianceModel(tangle(months=8, **EAGER | RESTLESS), 0, 20)
    state = model.context.state
    for _ in range(8):
        model.step()
        for code, each in state.treaties.items():
            anew = each.binding(state.month, state.rules.honour.signed_only)
            assert np.array_equal(state.binding[code], anew)
    assert any(each.was_left.any() for each in state.treaties.values())
    model.close()


def test_no_chance_exceeds_the_bound_by_which_its_draw_is_passed_over() -> None:
    model = AllianceModel(tangle(months=8, **EAGER | RESTLESS), 0, 20)
    state, checked = model.context.state, 0
    for month in range(8):
        model.step()
        joins = WORLDS[month : month + 1]
        accede(model.context, state.treaties["league"], state.codes.index("friend"), joins)
        moves = model.context.treaty_moves
        moves.decide()
        for possible in (moves.notices, moves.pacts):
            for row in rows_in_any_world(possible.possible):
                chance, _ = possible.weigh(row, EVERYWHERE)
                bound = possible.bounds.most(row, WORLDS)
                most = np.where(possible.arises(row, EVERYWHERE), bound, 1.0)
                assert (chance <= most * (1 + 1e-12)).all()
                checked += int((most < 1).any())
    model.close()
    assert checked > 200


def test_what_is_possible_is_in_every_month_as_if_it_were_found_anew() -> None:
    lesser = treaty("rival", "patron", obligations=["nonaggression"], ends=date(2024, 11, 1))
    model = AllianceModel(tangle(months=8, treaties__lesser=lesser, **EAGER | RESTLESS), 0, 20)
    state, moves = model.context.state, model.context.treaty_moves
    for _ in range(8):
        model.step()
        moves.decide()
        anew = TreatyMoves(state)
        anew.decide()
        for known, found in ((moves.notices, anew.notices), (moves.pacts, anew.pacts)):
            assert sorted(known.keys) == sorted(found.keys)
            for key in found.keys:
                row, own = found.keys.index(key), known.keys.index(key)
                assert np.array_equal(known.possible[own], found.possible[row])
                chance = known.weigh(own, EVERYWHERE)[0]
                assert np.array_equal(chance, found.weigh(row, EVERYWHERE)[0])
    model.close()


def test_cases_are_weighed_as_every_world_is() -> None:
    model = AllianceModel(tangle(months=8, **EAGER | RESTLESS), 0, 20)
    for _ in range(8):
        model.step()
    moves = model.context.treaty_moves
    moves.decide()
    for possible in (moves.notices, moves.pacts):
        rows = np.repeat(np.array(rows_in_any_world(possible.possible)), 20)
        worlds = np.tile(WORLDS, len(rows) // 20)
        chances, terms = possible.weigh(rows, CasePlaces(worlds))
        for row in rows_in_any_world(possible.possible):
            chance, of_all = possible.weigh(row, EVERYWHERE)
            assert np.array_equal(chances[rows == row], chance)
            for name, term in of_all.items():
                assert np.array_equal(np.broadcast_to(terms[name], rows.shape)[rows == row], term)
    model.close()


# -- leaving -------------------------------------------------------------------------------------


def test_parties_leave_and_their_treaty_binds_no_longer() -> None:
    history = simulate(calm(months=12, **RESTLESS), 0, 100)
    left = counted(history, "left") > 0
    assert left.any()
    assert history.worlds["left_league"].any()
    assert not (history.worlds["left_league"] & history.worlds["in_force_league"]).any()
    assert np.array_equal(
        history.worlds["pact_left"],
        np.any([history.worlds[f"left_{code}"] for code in ("pact", "league", "oath")], axis=0),
    )


def test_where_notice_is_due_nothing_ends_before_it_has_passed() -> None:
    notice = {f"treaties__{code}__notice": 6 for code in ("pact", "league", "oath")}
    history = simulate(calm(months=12, **RESTLESS, **notice), 0, 100)
    months = {
        event: history.events["month"][history.events["event"] == event].min()
        for event in ("notice", "left")
    }
    assert months["left"] >= months["notice"] + 6


def test_democracies_stay() -> None:
    names = ("rival", "member", "patron", "backer", "friend")
    public = {f"actors__{name}__polyarchy": 0.9 for name in names}
    usual = {**MOVING, "rules__leaving__leave": -2.0}
    some, none = (
        simulate(calm(months=12, **usual, **more), 0, 300).worlds["pact_left"].mean()
        for more in ({}, public)
    )
    assert none < some / 2


# -- facts ---------------------------------------------------------------------------------------


def test_pairs_of_2024_stand_as_they_were_counted() -> None:
    model = AllianceModel(real("pact"), 0, 2)
    state = model.context.state
    cells = {frozenset(state.codes[row] for row in pair.actors): pair for pair in state.pairs}

    def of(one: str, other: str) -> Any:
        return cells[frozenset((one, other))]

    assert of("russia", "china").facts.cell == "near_major"
    assert of("rok", "japan").facts.cell == "near_major"  # a common enemy: no rivals
    assert of("ukraine", "nato_europe").facts.cell == "near_major"
    assert of("china", "japan").facts.cell == "rivals"
    assert of("dprk", "rok").facts == PairFacts(Cell.RIVALS, major=False, common_enemy=False)
    assert of("usa", "ukraine").facts.cell == "major"
    assert of("rok", "ukraine").facts.cell == "other"
    assert of("japan", "nato_europe").facts.common_enemy
    assert not of("russia", "usa").facts.common_enemy
    assert deepest_pact(state, of("china", "ukraine")).tolist() == [2, 2]
    model.close()


def test_an_actor_without_ties_is_near_nobody() -> None:
    alone = actor(0.03, (0, 0))
    model = AllianceModel(changed(quarrel(), actors__hermit=alone), 0, 1)
    state = model.context.state
    cells = {pair.facts.cell for pair in state.pairs if state.codes.index("hermit") in pair.actors}
    model.close()
    assert cells == {"other", "major"}
