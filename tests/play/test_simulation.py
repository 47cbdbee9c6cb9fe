"""A game is simulated bell by bell: the same from the same orders, and the model's own without."""

from __future__ import annotations

from dataclasses import replace

from sim.model.simulate import simulate
from sim.play.game import Game, Move, Orders, count_quarters, months_of
from sim.play.moves import as_specs
from sim.play.simulation import Step, advance, digest, play_game, replay_digest
from tests.play.conftest import ANSWER, WORLD, ShortGame
from tests.worlds import changed


def test_the_quarters_are_the_months_of_the_scenario(short: ShortGame) -> None:
    longer = short.scenario.model_copy(update={"months": 7})
    assert count_quarters(longer) == 3
    assert [list(months_of(longer, quarter)) for quarter in (1, 2, 3, 4)] == [
        [1, 2, 3],
        [4, 5, 6],
        [7],
        [],
    ]


def test_the_opening_day_has_sheets_for_all_and_nothing_else(short: ShortGame) -> None:
    game = short.opening
    assert [sheet.seat for sheet in game.sheets] == list(short.seats)
    assert (game.quarter, game.quarters, game.month) == (1, 2, 0)
    assert (game.questions, game.moves, game.news, game.gauges) == ((), (), (), ())


def test_without_orders_the_world_is_that_of_the_model(short: ShortGame) -> None:
    game = play_game(short.scenario, WORLD, {1: Orders(), 2: Orders()}, short.seats)
    assert game.is_over
    assert game.digest == digest(simulate(short.scenario, WORLD, 1))


def test_an_order_brings_a_crisis_to_whom_it_concerns(short: ShortGame) -> None:
    game = short.in_crisis
    assert [question.id for question in game.questions] == [ANSWER]
    assert (game.quarter, game.month, game.sheets) == (1, 1, ())
    texts = [news.text for news in game.news]
    assert "South Korea opens a dispute with the DPRK, with an armed incident" in "".join(texts)
    assert not {"resist", "let_pass"} & {news.event for news in game.news}  # it is not decided yet


def test_who_is_not_there_is_not_asked(short: ShortGame) -> None:
    orders = replace(short.unanswered, present=("rok",))
    step = replace(short.step(short.opening, 1), orders=orders)
    assert not advance(step).questions


def test_the_answer_is_carried_out(short: ShortGame) -> None:
    game = short.after_one
    texts = "".join(news.text for news in game.news)
    assert "The DPRK makes no military answer, and the matter rests." in texts
    assert Move(1, "resist challenge", "dprk", "rok", "korea", 0) in game.moves
    assert (game.quarter, game.month, game.questions) == (2, 3, ())


def test_an_initiative_is_carried_out_once_and_a_standing_order_every_month(
    short: ShortGame,
) -> None:
    moves = short.after_one.moves
    challenge = [(m.month, m.level) for m in moves if m[1:4] == ("challenge", "rok", "dprk")]
    assert challenge == [(1, 1), (2, 0), (3, 0)]
    assert [m.level for m in moves if m.what == "opening"] == [2]
    hold = {m.month for m in moves if m.what == "climb" and m.who == "rok" and m.level == 0}
    assert hold == {1, 2, 3}
    assert {move.who for move in moves} == {"rok", "dprk"}


def test_bell_by_bell_is_the_same_game_as_in_one_go(short: ShortGame) -> None:
    again = play_game(short.scenario, WORLD, short.orders, short.seats)
    assert again == short.after_two
    assert again.is_over


def test_a_game_stops_where_nobody_has_answered(short: ShortGame) -> None:
    game = play_game(short.scenario, WORLD, {1: short.unanswered}, short.seats)
    assert game == short.in_crisis


def test_an_answer_left_to_the_model_is_not_asked_again(short: ShortGame) -> None:
    left = replace(short.orders[1], answers={ANSWER: None})
    game = play_game(short.scenario, WORLD, {1: left}, short.seats)
    assert (game.quarter, game.questions) == (2, ())
    assert Move(1, "resist challenge", "dprk", "rok", "korea", None) in game.moves


def test_standing_orders_are_preset_in_the_next_quarter(short: ShortGame) -> None:
    presets = {
        question.id: question.default
        for sheet in short.after_one.sheets
        for question in sheet.standing
    }
    assert presets["standing:climb:rok"] == 1
    assert presets["standing:climb:dprk"] == 0


def test_a_game_is_verified_in_one_go(short: ShortGame) -> None:
    def anew(game: Game, moves: tuple[Move, ...] = (), **more: object) -> str:
        step = Step(short.scenario, WORLD, short.seats, game, moves)
        return replay_digest(replace(step, **more))  # type: ignore[arg-type]

    assert anew(short.opening) == short.opening.digest
    assert anew(short.in_crisis, orders=short.orders[1]) == short.in_crisis.digest
    assert anew(short.after_one, short.after_one.moves) == short.after_one.digest
    assert anew(short.after_one, ()) != short.after_one.digest
    assert not replay_digest(Step(short.scenario, WORLD, short.seats))


def test_another_world_or_another_number_is_another_history(short: ShortGame) -> None:
    specs = as_specs(short.after_one.moves)
    assert {spec.level for spec in specs} == {0, 1, 2}
    other = changed(short.scenario, rules__war__settles=0.9)
    digests = {
        digest(simulate(scenario, world, 1))
        for scenario, world in ((short.scenario, WORLD), (short.scenario, 18), (other, WORLD))
    }
    assert len(digests) == 3
