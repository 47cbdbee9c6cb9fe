"""The debrief of a room: what its class wrote, guessed and chose, as a job for a pool."""

from __future__ import annotations

from pathlib import Path

from sim.experiment.run import RunOptions
from sim.play.class_file import render_class_file
from sim.play.debrief.request import MAX_TURNS, ORDINARY_WORLDS, Bet, DebriefRequest
from sim.play.debrief.runs import Simulation
from sim.play.room import Room
from sim.scenario.schema.past import MoveSpec


def request_debrief(
    room: Room, file: Path, worlds: int = ORDINARY_WORLDS, without: Path | None = None
) -> DebriefRequest:
    """Return the debrief of a room, whose scenario file is written to `file`.

    Guesses on the answers to crises are left out: they are on what a delegation does, not on how
    often something happens.
    """
    file.write_text(render_class_file(room), encoding="utf-8")
    turns = tuple(_turn(fork.month, fork.key, fork.level) for fork in room.forks)[-MAX_TURNS:]
    return DebriefRequest(file, worlds, turns=turns, bets=_collect_bets(room), without=without)


def make_page(request: DebriefRequest, out: Path) -> str:
    """Return the page of a debrief as HTML, with its runs below `out`, all in this process.

    Raises:
        SimError: as `build_debrief` does.
    """
    from sim.play.debrief.build import build_debrief  # noqa: PLC0415  the engine takes a while to load
    from sim.play.debrief.page import render_debrief  # noqa: PLC0415

    return render_debrief(build_debrief(request, Simulation(out, RunOptions(workers=1))))


def _turn(month: int, key: tuple[str, str, str, str], level: int) -> MoveSpec:
    what, who, towards, about = key
    return MoveSpec(month=month, what=what, who=who, towards=towards, about=about, level=level)


def _collect_bets(room: Room) -> tuple[Bet, ...]:
    """Return the guesses on each outcome, in the order of the room's questions."""
    guesses: dict[str, list[float]] = {}
    for bet in room.bets.values():
        guesses.setdefault(bet.subject, []).append(bet.value)
    return tuple(
        Bet(measure, tuple(guesses[measure])) for measure in room.setup.bets if measure in guesses
    )
