"""Where nothing has changed since the record was made, disputes go as the record says."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.model.entities.rivalry import DISPLAY, FORCE, THREAT, WAR
from sim.model.recording.history import History
from sim.model.simulate import simulate
from sim.scenario.files.layers import Tree
from sim.scenario.schema.scenario import Scenario
from tests import oracle
from tests.model.compare_histories import counted
from tests.model.opening_chances import Eve
from tests.worlds import number, quarrel, rivalry, shock, treaty

WORLDS = 20_000


def alone(**changes: Any) -> Scenario:
    """Return the quarrel with no promise to anybody."""
    return quarrel(treaties={}, **changes)


@pytest.mark.parametrize("who", ["rival", "member"])
def test_without_allies_a_rival_challenges_as_in_the_record(who: str) -> None:
    eve = Eve(alone())
    recent = eve.context.state.rules.challenge.recent_dispute
    usual = 1 - (1 - 0.6) ** 2  # that either began a dispute in twelve months
    record = oracle.log_odds(oracle.monthly(0.6))
    assert eve.challenge(who) == pytest.approx(record - recent * usual)


@pytest.mark.parametrize("who", ["rival", "member"])
def test_without_allies_a_rival_resists_and_climbs_as_in_the_record(who: str) -> None:
    eve = Eve(alone())
    assert eve.resist(who) == pytest.approx(oracle.log_odds(0.6))
    assert eve.climb(who) == pytest.approx(oracle.log_odds(0.4))


def test_a_dispute_in_the_last_twelve_months_makes_another_likelier() -> None:
    eve = Eve(alone())
    before = eve.challenge("rival")
    feud = eve.context.state.rivalries["feud"]
    for opened, likelier in ((1 - 12, True), (1 - 13, False)):
        feud.opened[:] = opened
        assert (eve.challenge("rival") > before).all() == likelier


def test_a_promise_of_peace_makes_a_challenge_less_likely() -> None:
    peace = {"truce": treaty("rival", "member", obligations=["nonaggression"])}
    assert (Eve(quarrel(treaties=peace)).challenge("rival") < Eve(alone()).challenge("rival")).all()


def test_as_many_challenges_are_resisted_as_in_the_record() -> None:
    history = simulate(alone(months=1), 0, WORLDS)
    challenged, resisted = (counted(history, event).sum() for event in ("challenge", "resist"))
    assert resisted + counted(history, "let_pass").sum() == challenged
    assert resisted / challenged == pytest.approx(0.6, abs=4 * np.sqrt(0.24 / challenged))


def test_challenges_open_at_the_rungs_of_the_record() -> None:
    record = {"rules__challenge__opening_force": 0.5, "rules__challenge__opening_display": 0.3}
    history = simulate(alone(months=1, **record), 0, WORLDS)
    opened = np.array([counted(history, "challenge", level=rung).sum() for rung in (2, 3, 4)])
    assert (THREAT, DISPLAY, FORCE) == (2, 3, 4)
    assert opened / opened.sum() == pytest.approx([0.2, 0.3, 0.5], abs=2 / np.sqrt(opened.sum()))


OPENING = {"threat": 0.1, "display": 0.7, "force": 0.2}


def opens(**shares: float) -> Tree:
    """Return the feud with shares of its own, which a world may draw anew."""
    return rivalry("rival", "member") | {"opening": {n: number(s) for n, s in shares.items()}}


def test_a_rivalry_with_openings_of_its_own_opens_so() -> None:
    history = simulate(alone(months=1, rivalries__feud=opens(**OPENING)), 0, WORLDS)
    opened = np.array([counted(history, "challenge", level=rung).sum() for rung in (2, 3, 4)])
    assert opened / opened.sum() == pytest.approx([0.1, 0.7, 0.2], abs=2 / np.sqrt(opened.sum()))


def test_drawn_openings_add_up_to_one_in_every_world() -> None:
    drawn = {"threat": number(0.2, 0.0, 0.6), "display": number(0.5, 0.2, 1.0)}
    feud = rivalry("rival", "member") | {"opening": drawn | {"force": number(0.3, 0.0, 0.9)}}
    opening = Eve(alone(rivalries__feud=feud)).context.state.rivalries["feud"].opening
    assert opening is not None
    display, force = opening
    assert (display >= 0).all()
    assert (force >= 0).all()
    assert (display + force <= 1).all()
    assert np.ptp(display) > 0.1


def test_openings_that_say_what_the_rules_say_change_nothing() -> None:
    record = {"rules__challenge__opening_force": 0.5, "rules__challenge__opening_display": 0.3}
    pooled = simulate(alone(months=12, **record), 0, 200)
    own = opens(threat=0.2, display=0.3, force=0.5)
    same = simulate(alone(months=12, rivalries__feud=own, **record), 0, 200)
    np.testing.assert_array_equal(pooled.months["rung_feud"], same.months["rung_feud"])


def test_where_both_would_challenge_one_is_first_and_a_coin_says_who() -> None:
    both = rivalry("rival", "member", onset=(0.999, 0.999))
    history = simulate(alone(months=1, rivalries__feud=both), 0, WORLDS)
    firsts = [counted(history, "challenge", actor=who) for who in ("rival", "member")]
    assert np.sum(firsts, axis=0).max() == 1
    assert firsts[0].sum() / np.sum(firsts) == pytest.approx(0.5, abs=2 / np.sqrt(np.sum(firsts)))


def test_two_who_fight_each_other_in_one_war_open_no_other_quarrel() -> None:
    spite = {"rivalries__spite": rivalry("rival", "patron", onset=(0.999, 0.999))}
    attack = {"shocks__attack": shock("dispute", 1, "rival"), "rules__war__settles": 0.0}
    history = simulate(quarrel(**spite, **attack, months=6), 0, 1000)
    fighting = _sent(history) & (_rungs(history) == WAR)
    challenged = [counted(history, "challenge", subject="spite", month=m) > 0 for m in range(1, 7)]
    after = np.stack(challenged, axis=1)[:, 1:]
    assert after[~fighting[:, :-1]].any()
    assert not after[fighting[:, :-1] & fighting[:, 1:]].any()


def _sent(history: History) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    """Return whether the patron has gone to war by each month, (world, month)."""
    sent = [counted(history, "sends", actor="patron", month=m, level=3) for m in range(1, 7)]
    return np.cumsum(sent, axis=0).T > 0


def _rungs(history: History) -> np.ndarray[tuple[int, int], np.dtype[np.int8]]:
    return history.months["rung_feud"].reshape(-1, 6)
