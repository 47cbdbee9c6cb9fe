"""The records of a world are consistent: months and totals follow from the events."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from sim.model.entities.rivalry import FORCE, NONE, WAR
from sim.model.entities.war import OPEN_WAR
from sim.model.measures.registry import list_measures
from sim.model.model import AllianceModel
from sim.model.recording.history import History
from sim.model.simulate import simulate
from tests import worlds
from tests.model.compare_histories import counted, same_history, story
from tests.worlds import EAGER, tangle

WORLDS = 150
TANGLE = tangle(**EAGER, rules__war__nuclear_use=0.1, rules__war__front_speed=0.4)
ENDS = {"let_pass", "yield", "dies_down", "peace", "victory", "ceasefire"}
RISES = {"challenge", "climb", "war"}


@cache
def recorded() -> History:
    """The tangle's history."""
    return simulate(TANGLE, 0, WORLDS)


def test_every_kind_of_event_is_recorded() -> None:
    aid = {"called", "honoured", "reneged", "helps", "sends", "entrapped", "joins"}
    other = {"resist", "home_soil", "nuclear_use"}
    assert {*recorded().events["event"]} >= ENDS | RISES | aid | other


def test_where_nothing_happens_there_are_months_and_no_events() -> None:
    calm = {"rivalries__feud": worlds.rivalry("rival", "member", onset=(0.0, 0.0)), "months": 2}
    history = simulate(worlds.quarrel(**calm), 0, 3)
    assert {len(column) for column in history.events.values()} == {0}
    assert (history.months["rung_feud"] == NONE).all()


def test_the_rung_of_a_month_is_where_its_last_event_left_it() -> None:
    for rivalry in TANGLE.rivalries:
        rungs = recorded().months[f"rung_{rivalry}"].reshape(WORLDS, -1)
        for world in range(WORLDS):
            assert rungs[world].tolist() == _rungs(rivalry, world), (rivalry, world)


def test_a_climb_is_one_rung() -> None:
    for world in range(WORLDS):
        before = dict.fromkeys(TANGLE.rivalries, NONE)
        for _, event, _, _, subject, level in story(recorded().events, world):
            if event == "climb":
                assert level == before[subject] + 1 < WAR
            before[subject] = NONE if event in ENDS else max(level, before.get(subject, NONE))


def test_events_stand_in_order_of_world_and_month() -> None:
    events = recorded().events
    when = list(zip(events["world"], events["month"], strict=True))
    assert when == sorted(when)


def test_months_stand_in_order_of_world_and_month() -> None:
    months = recorded().months
    assert months["world"].tolist() == np.repeat(np.arange(WORLDS), TANGLE.months).tolist()
    assert months["month"].tolist() == [*range(1, TANGLE.months + 1)] * WORLDS


def test_what_was_recorded_can_be_read_at_any_time_and_is_let_go_of_at_the_end() -> None:
    model = AllianceModel(TANGLE, 0, 20)
    for _ in range(3):
        model.step()
    early, chronicle = model.history(), model.context.chronicle
    assert same_history(model.history(), early)
    assert same_history(chronicle.finish(early.worlds), early)
    assert not any(chronicle._months)
    with pytest.raises(AttributeError):
        chronicle.record_month()


def test_the_columns_of_worlds_are_the_measures() -> None:
    named = [measure.name for measure in list_measures(TANGLE)]
    assert [*recorded().worlds] == ["world", *named]
    assert {measure.given for measure in list_measures(TANGLE)} <= {"", *named}


@pytest.mark.parametrize("rivalry", TANGLE.rivalries)
def test_disputes_and_wars_are_those_recorded(rivalry: str) -> None:
    _is(f"disputes_{rivalry}", counted(recorded(), "challenge", subject=rivalry))
    _is(f"war_{rivalry}", counted(recorded(), "war", subject=rivalry) > 0)


@pytest.mark.parametrize("rivalry", TANGLE.rivalries)
def test_what_follows_a_dispute_is_that_recorded(rivalry: str) -> None:
    disputed = recorded().worlds[f"disputed_{rivalry}"]
    assert np.array_equal(disputed, counted(recorded(), "challenge", subject=rivalry) > 0)
    assert np.array_equal(recorded().worlds[f"war_disputed_{rivalry}"], disputed & _war(rivalry))
    forced = [_forced(rivalry, world) for world in range(WORLDS)]
    _is(f"force_disputed_{rivalry}", np.array(forced))


@pytest.mark.parametrize("rivalry", TANGLE.rivalries)
def test_a_new_war_spreads_where_another_actor_enters_after_it_broke_out(rivalry: str) -> None:
    _is(f"spread_{rivalry}", np.array([_spread(rivalry, world) for world in range(WORLDS)]))


@pytest.mark.parametrize("treaty", ["pact", "league", "oath", "bond"])
def test_the_fate_of_a_treaty_is_that_recorded(treaty: str) -> None:
    called, honoured, reneged = (
        counted(recorded(), event, subject=treaty) for event in ("called", "honoured", "reneged")
    )
    assert np.array_equal(called, honoured + reneged)
    _is(f"invoked_{treaty}", called > 0)
    _is(f"honoured_{treaty}", honoured > 0)
    _is(f"reneged_{treaty}", reneged > 0)
    last = recorded().months[f"invoked_{treaty}"].reshape(WORLDS, -1)[:, -1]
    assert np.array_equal(last, called)


@pytest.mark.parametrize("actor", TANGLE.actors)
def test_the_fate_of_an_actor_is_that_recorded(actor: str) -> None:
    sent = counted(recorded(), "sends", actor=actor, level=OPEN_WAR)
    _is(f"entered_{actor}", sent + counted(recorded(), "joins", actor=actor) > 0)
    _is(f"entrapped_{actor}", counted(recorded(), "entrapped", actor=actor) > 0)
    refused = counted(recorded(), "reneged", towards=actor) > 0
    _is(f"abandoned_{actor}", refused)
    _is(f"called_{actor}", counted(recorded(), "called", actor=actor) > 0)
    _is(f"abandoned_called_{actor}", refused)


def test_totals_are_the_sums_of_their_parts() -> None:
    _is("war_any", counted(recorded(), "war") > 0)
    _is("disputes", counted(recorded(), "challenge"))
    _is("nuclear_use", counted(recorded(), "nuclear_use") > 0)
    entered = [recorded().worlds[f"entered_{actor}"] for actor in TANGLE.actors]
    _is("war_wider", np.any(entered, axis=0))
    spread = [recorded().worlds[f"spread_{rivalry}"] for rivalry in TANGLE.rivalries]
    _is("spread_any", np.any(spread, axis=0))


def _is(measure: str, expected: np.ndarray[tuple[int], np.dtype[np.int64 | np.bool_]]) -> None:
    assert np.array_equal(recorded().worlds[measure], expected), measure
    assert expected.any() or measure not in ("war_feud", "invoked_pact", "entered_patron")


def _war(rivalry: str) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Return where a new war broke out."""
    found: np.ndarray[tuple[int], np.dtype[np.bool_]] = recorded().worlds[f"war_{rivalry}"]
    return found


def _forced(rivalry: str, world: int) -> bool:
    """Return whether a challenge, a climb or a war of one world was at the level of force."""
    return any(
        subject == rivalry and event in RISES and level >= FORCE
        for _, event, _, _, subject, level in story(recorded().events, world)
    )


def _spread(rivalry: str, world: int) -> bool:
    """Return whether an actor entered after a war broke out in one world, told by its events."""
    new = False
    for _, event, _, _, subject, level in story(recorded().events, world):
        if subject == rivalry:
            new |= event == "war"
            if new and event in {"joins", "sends"} and level == OPEN_WAR:
                return True
    return False


def _rungs(rivalry: str, world: int) -> list[int]:
    """Return the rung at the end of every month, followed through the events of one world."""
    under_way = any(war.rivalry == rivalry for war in TANGLE.wars.values())
    rungs = [WAR if under_way else NONE] * TANGLE.months
    for month, event, _, _, subject, level in story(recorded().events, world):
        if subject == rivalry and event in RISES | ENDS:
            now = NONE if event in ENDS else level
            rungs[month - 1 :] = [now] * len(rungs[month - 1 :])
    return rungs
