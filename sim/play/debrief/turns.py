"""Forks as they are asked for on the command line: the number of a decision, and another level."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from sim.errors import RequestError
from sim.play.debrief.sides import PlayedGame, open_game
from sim.scenario.schema.past import MoveSpec

_FORM = re.compile(r"(\d{1,6})=(\d{1,3})")


def read_turns(file: Path, texts: Iterable[str]) -> tuple[MoveSpec, ...]:
    """Return the turned moves of a game that texts such as `14=0` name.

    Raises:
        ScenarioError: the file cannot be used.
        RequestError: nothing was played in it, or a text names no decision of it.
    """
    texts = list(texts)
    if not texts:
        return ()
    game = open_game(file)
    return tuple(_read_turn(game, text) for text in texts)


def _read_turn(game: PlayedGame, text: str) -> MoveSpec:
    form = _FORM.fullmatch(text.strip())
    if not form:
        raise RequestError(
            f"--turn {text}: is not of the form N=LEVEL, such as 14=0\n"
            "    sim debrief GAME --moves lists the decisions by number"
        )
    number, level = map(int, form.groups())
    moves = game.past.moves
    if not 1 <= number <= len(moves):
        raise RequestError(
            f"--turn {text}: there is no decision {number}\n    allowed: 1 to {len(moves)}; "
            "--moves lists them"
        )
    return moves[number - 1].model_copy(update={"level": level})
