"""The page of a debrief: one HTML file to keep, which fetches nothing."""

from __future__ import annotations

import shlex
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from markupsafe import Markup

from sim.experiment.storage.atomic import require_absent, write_file
from sim.output import format_count
from sim.play.debrief.build import Debrief, build_debrief
from sim.play.debrief.lines import LOOKS
from sim.play.debrief.request import DebriefRequest
from sim.play.debrief.runs import Simulation
from sim.play.debrief.words import format_month
from sim.report.page.page import PAGE_FOLDER, build_script, load_template
from sim.scenario.schema.past import MoveSpec
from sim.steps import announce

_FOLDER = Path(__file__).parent
_FIGURES_SHOWN = 4
"""Figures that are not folded: those in which the game is furthest from the middle."""
_TABLE_ROWS = 60
_DEFAULT_SIMULATION = Simulation()


def write_debrief(
    request: DebriefRequest,
    file: Path,
    simulation: Simulation = _DEFAULT_SIMULATION,
    *,
    force: bool = False,
) -> Debrief:
    """Write the page of a debrief, and return what it shows.

    Raises:
        RequestError: the file exists and `force` is not set, or the request makes no sense.
        ScenarioError: the file of the game cannot be used.
        ResultsError: a results folder cannot be read or written.
        SimulationError: no world could be simulated.
    """
    if not force:
        require_absent(file, "--force overwrites it", "--html")
    debrief = build_debrief(request, simulation)
    write_file(file, render_debrief(debrief).encode(), overwrite=True)
    return debrief


def render_debrief(debrief: Debrief) -> str:
    """Return the page of a debrief as HTML."""
    script = build_script()
    announce("Drawing figures", of=2 * len(debrief.figures))
    return load_template(_FOLDER, "debrief.html").render(
        debrief=debrief,
        scenario=debrief.game.scenario,
        extent=describe_extent(debrief),
        silent=list(_list_silent(debrief)),
        shown=debrief.figures[:_FIGURES_SHOWN],
        folded=debrief.figures[_FIGURES_SHOWN:],
        rows=_TABLE_ROWS,
        looks=[f"{name} ({look})" for name, look in zip(debrief.beside, LOOKS, strict=False)],
        contents=list(_list_contents(debrief)),
        lines=[render_line(fork.turn) for fork in debrief.forks],
        commands=list_commands(debrief),
        file=debrief.game.loaded.file.name,
        download=_as_link(debrief.game.text),
        script=Markup(script),
        digest=b64encode(sha256(script.encode()).digest()).decode(),
        style=Markup(
            (PAGE_FOLDER / "page.css").read_text("utf-8")
            + (_FOLDER / "debrief.css").read_text("utf-8")
        ),
    )


def describe_extent(debrief: Debrief) -> str:
    """Return in a sentence which world was played, how far, and by how many moves."""
    game = debrief.game
    last = format_month(game.whole, game.months)
    moves = format_count(len(game.past.moves), "decision")
    return (
        f"World {game.past.world}, {format_count(game.months, 'month')} to {last}, {moves} taken "
        f"by hand; beside {debrief.worlds:,} worlds of the same scenario in which nothing was."
    )


def render_line(move: MoveSpec) -> str:
    """Return a move as it stands in a scenario file."""
    named = {name: getattr(move, name) for name in ("what", "who", "towards", "about")}
    entries = [f'{name} = "{value}"' for name, value in named.items() if value]
    return f"{{ {', '.join([f'month = {move.month}', *entries, f'level = {move.level}'])} }}"


def list_commands(debrief: Debrief) -> list[str]:
    """Return the commands that make the page again, and go on from the game."""
    request, file = debrief.request, debrief.game.loaded.file.name
    options: list[object] = [
        word
        for turn in request.turns
        for word in ("--turn", f"{find_number(debrief, turn)}={turn.level}")
    ]
    options += [word for other in request.beside for word in ("--beside", other.name)]
    options += ["--without", request.without] if request.without else []
    world = debrief.game.past.world
    return [
        shlex.join(map(str, words))
        for words in (
            ["sim", "debrief", file, *options],
            ["sim", "tell", file, "--world", world],
            ["sim", "run", file],
        )
    ]


def find_number(debrief: Debrief, turn: MoveSpec) -> int:
    """Return the number in the file of the move that a turn replaces, from 1; 0 without one."""
    alike = turn.model_dump(exclude={"level"})
    numbers = (
        number
        for number, move in enumerate(debrief.game.past.moves, start=1)
        if move.model_dump(exclude={"level"}) == alike
    )
    return next(numbers, 0)


def _as_link(text: str) -> str:
    """Return a file as an address that holds it."""
    return f"data:application/toml;base64,{b64encode(text.encode()).decode()}"


def _list_silent(debrief: Debrief) -> Iterator[str]:
    """Yield the names of the actors that the model played throughout."""
    moved = {delegation.code for delegation in debrief.delegations}
    for code, actor in debrief.game.whole.actors.items():
        if code not in moved:
            yield actor.name


def _list_contents(debrief: Debrief) -> Iterator[tuple[str, str]]:
    """Yield the anchor and the name of every section, in the order of the page."""
    sections: dict[tuple[str, str], Any] = {
        ("in-short", "In short"): True,
        ("your-line", "Month by month"): debrief.figures,
        ("surprises", "Surprises"): debrief.delegations,
        ("treaty", "The treaty"): debrief.treaty,
        ("forks", "Forks"): debrief.forks,
        ("bets", "Your bets"): debrief.bets,
        ("story", "What happened"): True,
        ("file", "Your file"): True,
    }
    yield from (entry for entry, present in sections.items() if present)
