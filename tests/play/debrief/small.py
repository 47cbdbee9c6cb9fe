"""A small game for the tests of the debrief: five months of the pact, and a handful of moves."""

from __future__ import annotations

import atexit
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from sim.analysis.stories.replay import WorldRecord, resimulate
from sim.experiment.run import RunOptions
from sim.play.debrief.build import Debrief, build_debrief
from sim.play.debrief.page import render_debrief
from sim.play.debrief.request import Bet, DebriefRequest
from sim.play.debrief.runs import Simulation
from sim.play.debrief.sides import PlayedGame, open_game
from sim.scenario.schema.past import MoveSpec

WORLD, MONTHS, WHOLE = 3, 5, 7
CHALLENGE = MoveSpec(month=2, what="challenge", who="dprk", towards="usa", about="usa_dprk")
SIDE_STEP = MoveSpec(month=3, what="restrain", who="russia", towards="dprk", level=1)
NUCLEAR = MoveSpec(month=4, what="provocation", who="dprk", about="nuclear", level=2)
MOVES = (
    MoveSpec(month=1, what="restrain", who="usa", towards="rok", level=1),
    MoveSpec(month=2, what="restrain", who="usa", towards="rok", level=1),
    CHALLENGE,
    SIDE_STEP,
    NUCLEAR,
    MoveSpec(month=5, what="resist climb", who="japan", towards="china", about="china_japan"),
)
BETS = (Bet("war_wider", (10.0, 40.0, 25.0)), Bet("provocations_dprk", (5.0, 500.0)))
ORDINARY, FORKED = 40, 20


def write_game(
    folder: Path,
    moves: Iterable[MoveSpec] = MOVES,
    *,
    base: str = "pact.toml",
    months: int = MONTHS,
    more: str = "",
) -> Path:
    """Write the scenario file of a game, and return it."""
    head = f'extends = "{base}"\ntitle = "Our <game>"\nmonths = {WHOLE}\n{more}\n'
    lines = [head, f"[past]\nworld = {WORLD}\nmonths = {months}\n"]
    for move in moves:
        named = {name: value for name, value in move.model_dump().items() if value != ""}
        lines.append("[[past.moves]]")
        lines += [
            f'{name} = "{value}"' if isinstance(value, str) else f"{name} = {value}"
            for name, value in named.items()
        ]
    file = folder / "our_game.toml"
    file.write_text("\n".join(lines) + "\n", "utf-8")
    return file


@cache
def small_folder() -> Path:
    """Return a folder of this process, in which its runs are stored."""
    folder = mkdtemp(prefix="debrief-")
    atexit.register(rmtree, folder, ignore_errors=True)
    return Path(folder)


@cache
def small_game() -> PlayedGame:
    """Return the game."""
    return open_game(write_game(small_folder()))


@cache
def small_record() -> WorldRecord:
    """Return the world that was played."""
    return resimulate(small_game().scenario, WORLD)


def simulation() -> Simulation:
    """Return where runs are stored: in this process, with the others."""
    return Simulation(small_folder() / "results", RunOptions(workers=1))


def _other_room() -> Path:
    """Return the game of another room, which took two decisions only."""
    folder = small_folder() / "other"
    folder.mkdir(exist_ok=True)
    return write_game(folder, MOVES[:2]).rename(folder / "room_b.toml")


@cache
def small_debrief() -> Debrief:
    """Return the debrief of the game."""
    turned = (CHALLENGE.model_copy(update={"level": 0}),)
    request = DebriefRequest(
        small_game().loaded.file, ORDINARY, FORKED, turned, BETS, beside=(_other_room(),)
    )
    return build_debrief(request, simulation())


@cache
def small_page() -> Path:
    """Return the page of the debrief."""
    file = small_folder() / "debrief.html"
    file.write_text(render_debrief(small_debrief()), "utf-8")
    return file
