"""Games with random orders: never refused, and simulated anew the same."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from sim.play.acts import Simulated, act_text, read_act
from sim.play.game import Game, Orders
from sim.play.sheet import Question, Sheet
from sim.play.simulation import Step, advance, replay_digest
from sim.scenario.schema.scenario import Scenario
from tests.worlds import real, tangle


def _pick(question: Question, random: Random) -> int:
    return random.randrange(len(question.options))


def _fill_in(sheet: Sheet, random: Random) -> dict[str, int]:
    taken = random.sample(sheet.initiatives, min(1, len(sheet.initiatives)))
    return {each.id: _pick(each, random) for each in (*sheet.standing, *taken)}


def _decide(game: Game, orders: Orders, seats: tuple[str, ...], random: Random) -> Orders:
    """Return what comes in before the next bell; a question in four is left unanswered."""
    if not game.questions:
        present = tuple(seat for seat in seats if random.random() < 0.8)
        sent = [sheet for sheet in game.sheets if sheet.seat in present]
        return Orders({sheet.seat: _fill_in(sheet, random) for sheet in sent}, {}, present)
    answers = {
        each.id: _pick(each, random) if random.random() < 0.75 else None for each in game.questions
    }
    return replace(orders, answers={**orders.answers, **answers})


def _play(scenario: Scenario, seed: int) -> int:
    """Play a game at random; return the number of its crises."""
    random, crises = Random(seed), 0
    step = Step(scenario, seed, tuple(scenario.actors))
    game = advance(step)
    while not game.is_over:
        crises += len(game.questions)
        step = replace(step, game=game, orders=_decide(game, step.orders, step.seats, random))
        step = replace(step, standing={**step.standing, **step.orders.sheets})
        game = advance(step)
        assert read_act(act_text(Simulated(game))) == Simulated(game)
        if not game.questions:
            step = replace(step, moves=step.moves + game.moves)
    assert replay_digest(replace(step, game=game)) == game.digest
    assert len({move[:5] for move in step.moves}) == len(step.moves)  # each decided once
    return crises


@pytest.mark.slow
@pytest.mark.parametrize(
    ("scenario", "seed"),
    [(real("pact").model_copy(update={"months": 5}), 4), (tangle(months=5), 2)],
    ids=["pact", "tangle"],
)
def test_a_random_game_is_simulated_anew_the_same(scenario: Scenario, seed: int) -> None:
    assert _play(scenario, seed) > 0
