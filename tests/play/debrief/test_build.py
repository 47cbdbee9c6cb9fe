"""A debrief as a whole: the treaty, the forks and the bets of the small game."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sim.analysis.stories.replay import resimulate
from sim.errors import RequestError
from sim.experiment.storage.results import Results
from sim.play.debrief import forks
from sim.play.debrief.build import build_debrief
from sim.play.debrief.choices import list_bet_questions, list_turns
from sim.play.debrief.forks import check_turns, pick_turns
from sim.play.debrief.request import Bet, DebriefRequest
from sim.play.debrief.runs import Effect, Simulation, find_effect
from sim.play.debrief.sides import counterpart_side, ordinary_side
from sim.play.debrief.surprises import list_moves
from sim.scenario.load import LoadedScenario
from sim.scenario.schema.past import MoveSpec
from sim.scenario.schema.scenario import Scenario
from tests.play.debrief.small import (
    CHALLENGE,
    FORKED,
    MONTHS,
    MOVES,
    NUCLEAR,
    ORDINARY,
    SIDE_STEP,
    WHOLE,
    simulation,
    small_debrief,
    small_game,
    small_record,
)


def test_the_game_is_one_line_through_ordinary_worlds() -> None:
    debrief = small_debrief()
    assert debrief.worlds == ORDINARY
    assert debrief.figures
    for figure in debrief.figures:
        assert len(figure.table) == MONTHS
        assert {"your world", "p05", "median", "p95"} <= set(figure.table[0])
    record = small_record()
    tension = next(each for each in debrief.figures if each.name == "line-tension_dprk")
    assert [row["your world"] for row in tension.table] == pytest.approx(
        record.month_columns["tension_dprk"].tolist()
    )
    assert "your world ends" in tension.title
    assert "middle 90%" in tension.finding


def test_another_room_stands_beside_the_game() -> None:
    debrief = small_debrief()
    assert debrief.beside == ("room_b",)
    [count] = {len(standing.others) for standing in debrief.standings}
    assert count == 1
    assert {"yes", "no"} & {standing.others[0] for standing in debrief.standings}
    for figure in debrief.figures:
        assert "room_b" in figure.table[0]


def test_every_headline_has_a_standing() -> None:
    debrief = small_debrief()
    named = {standing.measure.name for standing in debrief.standings}
    assert named == set(debrief.game.whole.headlines)


def test_the_treaty_is_taken_away_with_the_same_moves_and_draws() -> None:
    treaty = small_debrief().treaty
    assert treaty
    assert treaty.pair.names == ("your game", "your game without the treaty")
    assert treaty.pair.short == "Without the treaty"
    assert not any("two worlds" in sentence for sentence in treaty.pair.divergence)
    assert treaty.effect.pairs == ORDINARY
    constructed = {each.name for each in treaty.pair.outcomes if each.constructed}
    assert "Russia-DPRK treaty invoked" in constructed
    assert treaty.finding.startswith(treaty.pair.finding)


def test_without_a_choice_the_rarest_moves_of_two_seats_are_turned() -> None:
    moves = list_moves(small_record(), small_game().past)
    one, other = pick_turns(moves, WHOLE)
    rarest = min((each for each in moves if each.choice), key=lambda each: each.chance)
    assert one == rarest.move.model_copy(update={"level": 0})
    assert one.who != other.who


def test_what_seldom_turns_a_history_is_turned_last() -> None:
    moves = list_moves(small_record(), small_game().past)
    minor = [replace(each, choice=None) if each.move.what != "restrain" else each for each in moves]
    assert {turn.what for turn in pick_turns(minor, WHOLE)} <= {"restrain"}
    assert pick_turns(moves, WHOLE)[0].what != "restrain"


def test_moves_near_the_end_are_turned_only_where_there_are_no_others() -> None:
    moves = list_moves(small_record(), small_game().past)
    assert pick_turns(moves, 2)[0].month == CHALLENGE.month
    assert pick_turns(moves, 0) == pick_turns(moves, WHOLE)


def test_a_fork_ends_with_its_line_and_what_the_line_decides_is_no_finding(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Nowhere(Simulation):
        def run(self, loaded: LoadedScenario) -> Any:
            ran.append(loaded.scenario)

    def find_nothing(_base: Results, _other: Results, decided: set[str]) -> Effect:
        return Effect((), " ".join(decided), (), 0)

    ran: list[Scenario] = []
    monkeypatch.setattr(forks, "find_effect", find_nothing)
    tests = list_moves(small_record(), small_game().past)[4:5]
    [fork] = forks.build_forks(small_game(), small_record(), tests, (), 9, Nowhere())
    assert not fork.chosen
    assert (fork.own, fork.other) == ("2", "0")
    assert "nuclear_test_dprk" in fork.effect.construction
    base, other = (scenario.past for scenario in ran)
    assert base
    assert other
    assert base.months == other.months == NUCLEAR.month
    assert {move.month for move in base.moves} == {1, 2, 3, 4}
    assert set(base.moves) - set(other.moves) == {NUCLEAR}


def test_what_a_line_decides_is_named_and_not_among_the_findings() -> None:
    ordinary = simulation().run(ordinary_side(small_game(), ORDINARY))
    side = counterpart_side(small_game(), None, ORDINARY)
    assert side
    effect = find_effect(simulation().run(side), ordinary, {"war_wider"})
    assert effect.construction == (
        "By the changed line itself, not a finding: third-party intervention in any war."
    )
    assert not any("hird-party" in sentence for sentence in effect.sentences)


def test_a_fork_that_was_chosen_has_pairs_of_worlds() -> None:
    [fork] = small_debrief().forks
    assert fork.chosen
    assert fork.effect.pairs == FORKED
    assert fork.title == "Jul 2024: whether the DPRK challenges the United States"
    assert fork.finding[0].islower() or fork.finding[0].isdigit()


def test_a_turn_of_the_first_line_leads_to_another_game() -> None:
    turn = CHALLENGE.model_copy(update={"level": 0})
    past = small_game().past
    moves = tuple(turn if move == CHALLENGE else move for move in past.moves)
    changed = small_game().scenario.model_copy(
        update={"past": past.model_copy(update={"moves": moves})}
    )
    other = resimulate(changed, past.world)
    assert other.events != small_record().events
    assert [event for event in other.events if event.month == 1] == [
        event for event in small_record().events if event.month == 1
    ]


@pytest.mark.parametrize(
    ("turn", "message"),
    [
        (CHALLENGE, "was decided so in the game; name another level"),
        (CHALLENGE.model_copy(update={"level": 4}), "level 4 is not possible; allowed: 0 to 1"),
        (MOVES[-1].model_copy(update={"level": 0}), "nobody had to decide it in the game"),
    ],
)
def test_a_turn_that_changes_nothing_is_refused(turn: MoveSpec, message: str) -> None:
    with pytest.raises(RequestError, match=message):
        check_turns(small_game(), small_record(), [turn])


def test_more_than_two_forks_are_refused() -> None:
    turns = [SIDE_STEP.model_copy(update={"level": 0})] * 3
    with pytest.raises(RequestError, match="3 forks are too many for one debrief; allowed: 2"):
        check_turns(small_game(), small_record(), turns)


def test_bets_are_set_beside_frequencies_the_widest_off_first() -> None:
    bets = small_debrief().bets
    assert [bet.distance for bet in bets] == sorted((bet.distance for bet in bets), reverse=True)
    wider = next(bet for bet in bets if bet.name.startswith("Third-party"))
    assert (wider.median, wider.guesses) == (25.0, (10.0, 25.0, 40.0))
    assert "your middle guess was 25% (10 to 40)" in wider.sentence


@pytest.mark.parametrize(
    ("bet", "message"),
    [
        (Bet("war_wide", (1.0,)), "bet on 'war_wide': there is no such outcome\n.*'war_wider'"),
        (Bet("war_wider", ()), "bet on war_wider: has no guess"),
        (Bet("war_wider", (101.0,)), "bet on war_wider: 101 is no guess\n.*0 to 100"),
        (Bet("provocations_dprk", (-1.0,)), "provocations_dprk: -1 is no guess\n.*0 or more"),
    ],
)
def test_a_bet_that_cannot_be_settled_is_refused_before_anything_is_simulated(
    bet: Bet, message: str, tmp_path: Path
) -> None:
    request = DebriefRequest(small_game().loaded.file, bets=(bet,))
    with pytest.raises(RequestError, match=message):
        build_debrief(request, simulation())


def test_the_moves_are_offered_the_least_likely_first_with_what_else_could_be_decided() -> None:
    offered = list_turns(small_game().loaded.file)
    assert sorted(each.number for each in offered) == [1, 2, 3, 4, 5]
    assert [each.chance for each in offered] == sorted(each.chance for each in offered)
    challenge = next(each for each in offered if each.move == CHALLENGE)
    assert challenge.others == ((0, "no challenge"),)


def test_bets_are_offered_on_yes_or_no_headlines() -> None:
    asked = list_bet_questions(Path("pact"))
    assert asked[0].text.startswith("In how many of a hundred worlds: ")
    assert "war_wider" in {each.measure for each in asked}
    texts = {each.measure: each.text for each in asked}
    assert texts["munitions_arms_2023"].startswith("In a typical world: munitions delivered")
    assert texts["munitions_arms_2023"].endswith("million rounds?")
