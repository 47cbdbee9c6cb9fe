"""The council: vetoes, their effects, the responses to them, and sanctions."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest

from sim.model.arrays import Vector
from sim.model.entities.provoker import STRATEGIC_CLASSES
from sim.model.phases import council as council_phase
from sim.model.simulate import simulate
from sim.model.state import State
from sim.model.theory.quantal_response import logistic
from tests.model.compare_histories import counted
from tests.model.institutions.market import still
from tests.model.institutions.month_by_month import after, watched
from tests.model.institutions.timing import NEVER, first, when
from tests.model.paired_worlds import CLEAR, paired, rise
from tests.worlds import shock, treaty

ALONE: dict[str, Any] = {
    "rivalries__chill": None,
    "rivalries__cool": None,
    "actors__buyer__munitions__production": 0.9,
}
"""No member is a rival of the proposer, and the buyer has no deficit and no reliance."""
ARMED: dict[str, Any] = {
    "wars__front__support": {"leader": {"side": "enemy", "aid": "materiel", "source": "judgement"}}
}
"""The proposer arms the enemy of the buyer."""
TRUCE: dict[str, Any] = {"shocks__truce": shock("ceasefire", 3, on="front")}

UNANIMOUS: dict[str, Any] = {"rules__council__veto": -40.0, **ALONE}
BLOCKED: dict[str, Any] = {"rules__council__veto": 40.0, "rules__council__abstains": 0.0}
TESTED: dict[str, Any] = {"provokers__seller__icbm": 0.4, "provokers__seller__ballistic": 0.09}
"""Strategic tests in most months."""


# -- who vetoes -------------------------------------------------------------------------------


def test_who_neither_relies_on_the_target_nor_quarrels_with_the_proposer_has_no_reason_to() -> None:
    state = after(still(**ALONE), 300, 2)
    rules = state.rules.council
    for who in ("buyer", "broker"):
        assert _veto(state, who) == pytest.approx(logistic(rules.veto) * (1 - rules.abstains))
        assert _veto(state, who).max() < 0.13
    assert not simulate(still(**UNANIMOUS), 0, 300).worlds["vetoes_board"].any()


def test_where_every_permanent_member_proposes_nobody_vetoes() -> None:
    alone = still(**TESTED, **BLOCKED, councils__board__permanent=("leader",))
    history = simulate(alone, 0, 50)
    assert history.worlds["drafts_board"].any()
    assert not history.worlds["vetoes_board"].any()
    assert not history.months["cover_board"].any()


def test_who_relies_on_the_target_vetoes() -> None:
    state = after(still(rivalries__chill=None), 300, 2)
    relies = state.institutions.exchanges["arms"].reliance
    assert relies.min() > 0
    assert (_veto(state, "buyer") > _veto(after(still(**ALONE), 300, 2), "buyer")).all()
    assert np.corrcoef(relies, _veto(state, "buyer"))[0, 1] > 0.3


def test_whose_enemy_the_proposer_arms_in_a_war_vetoes_and_nobody_else_for_that() -> None:
    plain, armed = after(still(**ALONE), 300, 2), after(still(**ALONE | ARMED), 300, 2)
    assert (_veto(armed, "buyer") > _veto(plain, "buyer")).all()
    assert np.array_equal(_veto(armed, "broker"), _veto(plain, "broker"))


def test_distance_in_votes_alone_makes_nobody_veto() -> None:
    near, far = (after(still(actors__broker__ideal_point=vote), 300, 2) for vote in (1.5, -2.0))
    assert np.array_equal(_veto(near, "broker"), _veto(far, "broker"))


def test_the_further_from_the_proposer_the_more_it_joins_a_veto() -> None:
    vetoes = [
        counted(simulate(still(**TESTED, **ARMED, actors__broker__ideal_point=vote), 0, 1500),
                "veto", actor="broker")
        for vote in (1.5, -2.0)
    ]  # fmt: skip
    assert rise(*vetoes) > CLEAR


def test_protecting_the_target_and_obstructing_the_proposer_add_up() -> None:
    for alone, both in (
        (still(), still(**ARMED)),
        (still(**ALONE | ARMED), still(**ARMED)),
    ):
        before, now = (_veto(after(scenario, 300, 2), "buyer") for scenario in (alone, both))
        assert (now > before).all()


def test_a_rupture_lasts_as_long_as_the_war_that_made_it_and_then_mends() -> None:
    scenario = still(**ARMED, **TRUCE, rules__council__mending_half_life=6.0, months=12)
    buyer = list(scenario.actors).index("buyer")
    for _, now, state in watched(scenario, 20):
        broken = now.board.rupture[now.board.voters.index(buyer)]
        expected = 1.0 if now.on["front"].all() else 0.5 ** ((state.month - 2) / 6)
        assert broken == pytest.approx(np.full(20, expected)), state.month


def test_an_enemy_armed_by_another_than_the_proposer_breaks_nothing() -> None:
    other = {"broker": {"side": "enemy", "aid": "materiel", "source": "judgement"}}
    state = after(still(wars__front__support=other), 20, 2)
    assert not state.institutions.councils["board"].rupture.any()


@pytest.mark.parametrize(
    ("pledge", "shielded"),
    [
        ({}, True),
        ({"ends": date(2020, 1, 1)}, False),
        ({"concluded": False}, False),
        ({"signed": date(2025, 1, 1)}, False),
        ({"obligations": ("consultation",)}, False),
    ],
    ids=["in force", "lapsed", "not concluded", "not yet signed", "consultation"],
)
def test_who_is_bound_to_aid_the_proposer_vetoes_nothing(
    pledge: dict[str, Any], shielded: bool
) -> None:
    bound = {"treaties__oath": treaty("leader", "broker") | pledge}
    assert np.array_equal(_veto(after(still(**BLOCKED, **bound), 50, 2), "broker") == 0,
                          np.full(50, shielded))  # fmt: skip


def test_who_is_against_a_draft_and_does_not_rely_on_the_target_may_abstain() -> None:
    often, seldom = (after(still(rules__council__abstains=share), 200, 2) for share in (0.1, 0.9))
    assert (_veto(seldom, "broker") < _veto(often, "broker")).all()


def test_a_veto_is_easier_in_company() -> None:
    alone, together = paired(
        still(**TESTED, rules__council__company=0.0), 1500, rules__council__company=3.0
    )
    counts = (counted(history, "veto", actor="broker") for history in (alone, together))
    assert rise(*counts) > CLEAR


# -- what a veto stops ------------------------------------------------------------------------


def test_one_veto_stops_a_draft_whatever_the_others_vote() -> None:
    history = simulate(still(**TESTED, councils__board__votes_needed=1), 0, 500)
    drafted, vetoed, adopted = (when(history, event) for event in ("draft", "veto", "adopted"))
    assert len(vetoed) > 300
    assert not vetoed & adopted
    assert drafted == vetoed | adopted
    both = when(history, "veto", "buyer") & when(history, "veto", "broker")
    assert vetoed - both


@pytest.mark.parametrize(("votes", "passes"), [(5.0, True), (4.9, False)])
def test_a_draft_that_nobody_vetoes_needs_the_votes(votes: float, passes: bool) -> None:
    history = simulate(still(**TESTED, **UNANIMOUS, councils__board__other_votes=votes), 0, 100)
    assert history.worlds["drafts_board"].min() > 0
    assert not history.worlds["vetoes_board"].any()
    expected = history.worlds["drafts_board"] * passes
    assert np.array_equal(history.worlds["adopted_board"], expected)


def test_who_is_against_a_draft_and_abstains_is_a_vote_less() -> None:
    torn = {"rules__council__veto": 40.0, "rules__council__abstains": 1.0, **ALONE}
    for votes, passes in ((7, True), (6, False)):
        history = simulate(still(**TESTED, **torn, councils__board__other_votes=votes), 0, 50)
        assert not history.worlds["vetoes_board"].any()
        assert history.worlds["adopted_board"].any() == passes


# -- when a draft comes -----------------------------------------------------------------------


def test_no_test_no_draft() -> None:
    quiet = {"provokers__seller__sub_threshold": 1.0, "rules__council__proposal": 9.0}
    none = {f"provokers__seller__{kind}": 0.0 for kind in ("ballistic", *STRATEGIC_CLASSES)}
    assert not simulate(still(**quiet, **none), 0, 50).worlds["drafts_board"].any()
    off = still(
        rules__council__proposal=9.0, mechanisms__provocation=False, mechanisms__calming_down=False
    )
    assert not simulate(off, 0, 50).worlds["drafts_board"].any()


def test_a_strategic_test_brings_a_draft_more_often_than_others_do() -> None:
    drafted, tested = np.zeros(2), np.zeros(2)
    for before, now, _ in watched(still(), 300):
        tabled = now.board.drafts > before.board.drafts
        strategic = np.any([now.seller_provoker.counts[kind] for kind in STRATEGIC_CLASSES], axis=0)
        other = (now.seller_provoker.counts["ballistic"] > 0) & ~strategic
        drafted += [(tabled & tests).sum() for tests in (strategic, other)]
        tested += [strategic.sum(), other.sum()]
    strategic_share, other_share = drafted / tested
    assert strategic_share > 3 * other_share > 0


def test_after_a_veto_drafts_are_fewer() -> None:
    undaunted, daunted = paired(
        still(**TESTED, **BLOCKED, rules__council__last_veto=0.0),
        500,
        rules__council__last_veto=5.0,
    )
    assert rise(undaunted.worlds["drafts_board"], daunted.worlds["drafts_board"]) < -CLEAR


# -- what is done about a veto ----------------------------------------------------------------


@pytest.mark.parametrize("event", ["workaround", "autonomous_sanctions"])
def test_the_proposers_act_on_their_own_only_after_a_veto(event: str) -> None:
    eager = {"rules__council__workaround": 0.3, "rules__council__autonomous": 0.9}
    history = simulate(still(**TESTED, **eager), 0, 500)
    vetoed, acted = first(history, "veto"), first(history, event)
    assert (acted < NEVER).mean() > 0.3
    assert (acted >= vetoed).all()
    assert not counted(simulate(still(**TESTED, **eager, **UNANIMOUS), 0, 200), event).any()


def test_a_veto_is_answered_by_sanctions_of_one_s_own_at_most_once() -> None:
    history = simulate(still(**TESTED, rules__council__autonomous=1.0), 0, 500)
    vetoed, own = when(history, "veto"), counted(history, "autonomous_sanctions")
    counts = np.bincount([world for world, _ in vetoed], minlength=500)
    assert (own <= counts).all()
    assert own.sum() > 0.9 * counts.sum()


def test_a_workaround_is_founded_once_and_makes_good_part_of_what_is_lost() -> None:
    watched_over = {"rules__council__workaround": 1.0, "rules__council__workaround_gain": 0.5}
    history = simulate(still(**TESTED, **BLOCKED, **watched_over), 0, 200)
    assert (counted(history, "workaround") == 1).mean() > 0.9
    without, with_it = paired(still(**TESTED, **BLOCKED, rules__council__workaround=0.0), 300,
                              **watched_over)  # fmt: skip
    better = with_it.worlds["enforcement_board"] - without.worlds["enforcement_board"]
    assert (better[with_it.worlds["workaround_board"]] > 0).all()


# -- helpers ----------------------------------------------------------------------------------


def _veto(state: State, who: str) -> Vector:
    """Return the current chance that a member would veto a draft."""
    council = state.institutions.councils["board"]
    stances = council_phase._find_stances(state, council)
    return stances.vetoes[council.voters.index(state.codes.index(who))]
