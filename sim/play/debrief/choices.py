"""What a class can choose for its debrief: moves that can be turned, and outcomes to bet on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sim.analysis.stories.replay import resimulate
from sim.model.measures.registry import Measure, MeasureKind, list_measures
from sim.play.debrief.sides import open_game
from sim.play.debrief.surprises import PlayedMove, list_moves
from sim.play.debrief.words import name_level
from sim.scenario.load import load_scenario
from sim.scenario.playable import load_playable
from sim.scenario.schema.past import MoveSpec


@dataclass(frozen=True)
class TurnChoice:
    """A move that can be turned.

    Attributes:
        number: its number in the file, from 1.
        move: the move as it was played.
        when: the month in words, such as "Aug 2025".
        seat: the code of the actor that decided.
        text: what was decided, in a sentence.
        chance: the chance that the model gave it.
        odds: the same in words.
        others: what could have been decided instead: level and words.
    """

    number: int
    move: MoveSpec
    when: str
    seat: str
    text: str
    chance: float
    odds: str
    others: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class BetQuestion:
    """An outcome on which a class can bet before the game.

    Attributes:
        measure: the name of the measure.
        text: the question.
    """

    measure: str
    text: str


def list_turns(file: Path) -> list[TurnChoice]:
    """Return the moves of a game that can be turned, the least likely first.

    Raises:
        ScenarioError: the file cannot be used.
        RequestError: nothing was played in it.
    """
    game = open_game(file)
    moves = list_moves(resimulate(game.scenario, game.past.world), game.past)
    taken = sorted((each for each in moves if each.choice), key=lambda each: -each.bits)
    return [_offer(each) for each in taken]


def _offer(played: PlayedMove) -> TurnChoice:
    move = played.move
    highest = min(load_playable()[move.what].highest, move.level + 3)
    levels = (level for level in range(highest + 1) if level != move.level)
    return TurnChoice(
        played.number,
        move,
        played.when,
        move.who,
        played.text,
        played.chance,
        played.odds,
        tuple((level, name_level(move.what, level)) for level in levels),
    )


def list_bet_questions(file: Path) -> list[BetQuestion]:
    """Return the headlines of a scenario as questions, played or not.

    Raises:
        ScenarioError: the file cannot be used.
    """
    scenario = load_scenario(file).scenario
    known = {measure.name: measure for measure in list_measures(scenario)}
    asked = [known[name] for name in scenario.headlines if name in known]
    return [BetQuestion(each.name, _ask(each)) for each in asked]


def _ask(measure: Measure) -> str:
    if measure.kind is MeasureKind.HAPPENED:
        return f"In how many of a hundred worlds: {measure.phrase}?"
    unit = measure.short_with_unit.removeprefix(measure.short)
    return f"In a typical world: {measure.phrase}{unit}?"
