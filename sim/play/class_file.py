"""The scenario file that a class takes home: its world and every decision it made."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from sim.experiment.storage.atomic import write_file
from sim.play.game import MONTHS_OF_QUARTER, Move
from sim.play.moves import by_hand
from sim.play.questions import months_in_words
from sim.play.room import Room
from sim.scenario.schema.scenario import Scenario

_HEAD = """\
# A game that a class played, as a scenario: world {world:,} of {name}, with every decision that a
# delegation took. What no delegation decided, the model decided.
#
# sim tell FILE --world {world}     the story of the game; it is that of world {world}
# sim run FILE                  what else could have followed from the last month on
# Change a level in a line, and the same commands answer what would have been otherwise.

extends = {extends}
title = {title}

[past]
world = {world}
months = {months}
moves = [
"""


def render_class_file(room: Room) -> str:
    """Return the game of a room as a scenario file: `extends` and a `[past]`.

    `sim run`, `compare`, `tell`, `explore` and `debrief` work on it.
    """
    scenario = Scenario.model_validate_json(room.setup.scenario)
    setup, months = room.setup, MONTHS_OF_QUARTER * max(room.quarter - 1, 0)
    head = _HEAD.format(
        world=setup.world,
        name=setup.name,
        extends=json.dumps(setup.file),
        title=json.dumps(f"{scenario.title}: a class's game"),
        months=min(months, scenario.months),
    )
    return head + "".join(_lines(scenario, by_hand(room.moves))) + "]\n"


def _lines(scenario: Scenario, moves: Iterable[Move]) -> Iterator[str]:
    """Yield the moves, one a line, month after month."""
    for month, group in groupby(sorted(moves, key=lambda move: move.month), lambda it: it.month):
        yield f"  # {months_in_words(scenario, range(month, month + 1))}\n"
        for move in group:
            fields = move._asdict().items()
            entries = (f"{name} = {json.dumps(value)}" for name, value in fields if value != "")
            yield f"  {{ {', '.join(entries)} }},\n"


def save_class_file(room: Room, log: Path) -> Path:
    """Write the scenario file of a room next to the log of the class, and return it.

    Raises:
        ResultsError: it cannot be written.
    """
    file = log.with_name(f"{log.stem}-{room.code}.toml")
    write_file(file, render_class_file(room).encode(), overwrite=True)
    return file
